package io.ember4j.nn;

import io.ember4j.ParameterException;
import java.util.List;
import java.util.Map;

/** Writes JSON that people can read: an entry on each line. */
final class JsonText {
  private final StringBuilder text = new StringBuilder();

  private JsonText() {}

  /**
   * Returns the value as JSON that ends its line.
   *
   * @throws ParameterException if it has a part that JSON has no form for
   */
  static String of(Object value) {
    JsonText json = new JsonText();
    json.append(value, "\n");
    return json.text.append('\n').toString();
  }

  /** Appends a value; {@code newLine} has the indentation of the line on which it starts. */
  private void append(Object value, String newLine) {
    if (value instanceof Map<?, ?> map) {
      appendObject(map, newLine);
    } else if (value instanceof List<?> list) {
      appendArray(list, newLine);
    } else if (value instanceof String string) {
      text.append(Json.quote(string));
    } else if (value instanceof Boolean || isExact(value)) {
      text.append(value);
    } else {
      throw new ParameterException(
          "the value " + value + " cannot be saved; use strings, finite numbers and booleans");
    }
  }

  /** Returns whether it is a number that reads back as it is. */
  private static boolean isExact(Object value) {
    return value instanceof Long
        || value instanceof Integer
        || (value instanceof Double number && Double.isFinite(number))
        || (value instanceof Float narrow && Float.isFinite(narrow));
  }

  private void appendObject(Map<?, ?> map, String newLine) {
    String separator = "";
    text.append('{');
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      text.append(separator).append(newLine).append("  ");
      text.append(Json.quote(String.valueOf(entry.getKey()))).append(": ");
      append(entry.getValue(), newLine + "  ");
      separator = ",";
    }
    text.append(map.isEmpty() ? "" : newLine).append('}');
  }

  private void appendArray(List<?> list, String newLine) {
    String separator = "";
    text.append('[');
    for (Object element : list) {
      text.append(separator).append(newLine).append("  ");
      append(element, newLine + "  ");
      separator = ",";
    }
    text.append(list.isEmpty() ? "" : newLine).append(']');
  }
}
