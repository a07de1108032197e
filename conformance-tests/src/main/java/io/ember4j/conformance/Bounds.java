package io.ember4j.conformance;

import io.ember4j.DType;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The specification's accuracy bounds, in ULP, from the resource {@code bounds.txt}: for each
 * function in one operation, and composed from primitives that keep their own bounds.
 */
final class Bounds {
  static final String COMPOSED = "composed/";

  /**
   * A line of the table.
   *
   * @param float32 bound in one operation
   * @param float64 bound in one operation
   * @param composed32 bound of the composed form; NaN where there is none
   * @param composed64 bound of the composed form; NaN where there is none
   * @param reason what makes the composed form less accurate
   */
  record Row(double float32, double float64, double composed32, double composed64, String reason) {}

  private static final Map<String, Row> ROWS = load();

  private Bounds() {}

  /** Returns all rows by function. */
  static Map<String, Row> rows() {
    return ROWS;
  }

  /** Returns the names of the functions. */
  static Set<String> names() {
    return ROWS.keySet();
  }

  /** Returns whether there is a bound of this name; {@code composed/} may stand before it. */
  static boolean isKnown(String function) {
    boolean composed = function.startsWith(COMPOSED);
    Row row = ROWS.get(composed ? function.substring(COMPOSED.length()) : function);
    return row != null && !(composed && Double.isNaN(row.composed32()));
  }

  /**
   * Returns the bound.
   *
   * @throws IllegalArgumentException if there is none of this name
   */
  static double of(String function, DType dtype) {
    if (!isKnown(function)) {
      throw new IllegalArgumentException("bounds.txt has no line for " + function);
    }
    boolean single = dtype == DType.FLOAT32;
    if (function.startsWith(COMPOSED)) {
      Row row = ROWS.get(function.substring(COMPOSED.length()));
      return single ? row.composed32() : row.composed64();
    }
    Row row = ROWS.get(function);
    return single ? row.float32() : row.float64();
  }

  private static Map<String, Row> load() {
    try (InputStream stream = Bounds.class.getResourceAsStream("bounds.txt");
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      return parse(reader.lines().toList());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read bounds.txt", e);
    }
  }

  static Map<String, Row> parse(List<String> lines) {
    Map<String, Row> rows = new TreeMap<>();
    for (String line : lines) {
      if (line.startsWith("#")) {
        continue;
      }
      String[] words = line.split("\\s+", 6);
      if (words.length != 6) {
        throw new IllegalArgumentException("bounds.txt: not six columns: " + line);
      }
      Row row =
          new Row(number(words[1]), number(words[2]), number(words[3]), number(words[4]), words[5]);
      if (rows.put(words[0], row) != null) {
        throw new IllegalArgumentException("bounds.txt: twice: " + words[0]);
      }
    }
    return rows;
  }

  private static double number(String text) {
    return text.equals("-") ? Double.NaN : Double.parseDouble(text);
  }
}
