package io.ember4j.nn;

import io.ember4j.ParameterException;
import java.util.List;
import java.util.Map;

/** Writes JSON that people can read: an entry on each line. */
final class JsonText {
  private final StringBuilder text = new StringBuilder();

  private final int maxDepth;

  private JsonText(int maxDepth) {
    this.maxDepth = maxDepth;
  }

  /**
   * Returns the value as JSON that ends its line, and that {@link Json#read(String, int)} reads.
   *
   * @throws ParameterException if it has a part that JSON has no form for, or is deeper
   */
  static String of(Object value, int maxDepth) {
    JsonText json = new JsonText(maxDepth);
    json.append(value, "\n", 0);
    return json.text.append('\n').toString();
  }

  /** Appends a value; {@code newLine} has the indentation of the line on which it starts. */
  private void append(Object value, String newLine, int depth) {
    if (depth > maxDepth) {
      throw new ParameterException(
          "lists, maps and containers are nested deeper than "
              + maxDepth
              + " levels, which cannot be saved; flatten them");
    }
    if (value instanceof Map<?, ?> map) {
      appendObject(map, newLine, depth);
    } else if (value instanceof List<?> list) {
      appendArray(list, newLine, depth);
    } else if (value instanceof String string) {
      text.append(Json.quote(string));
    } else if (value instanceof Float narrow && Float.isFinite(narrow)) {
      text.append((double) narrow); // its shortest decimal would be read as another Double
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
        || (value instanceof Double number && Double.isFinite(number));
  }

  private void appendObject(Map<?, ?> map, String newLine, int depth) {
    String separator = "";
    text.append('{');
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      text.append(separator).append(newLine).append("  ");
      text.append(Json.quote(key(entry.getKey()))).append(": ");
      append(entry.getValue(), newLine + "  ", depth + 1);
      separator = ",";
    }
    text.append(map.isEmpty() ? "" : newLine).append('}');
  }

  private static String key(Object key) {
    if (key instanceof String name) {
      return name;
    }
    throw new ParameterException(
        "the key " + key + " of a map cannot be saved; use strings as keys");
  }

  private void appendArray(List<?> list, String newLine, int depth) {
    String separator = "";
    text.append('[');
    for (Object element : list) {
      text.append(separator).append(newLine).append("  ");
      append(element, newLine + "  ", depth + 1);
      separator = ",";
    }
    text.append(list.isEmpty() ? "" : newLine).append(']');
  }
}
