package io.ember4j.conformance;

import io.ember4j.DType;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A file of reference values: what its header says, and its lines, not yet parsed. */
record TableFile(
    String name,
    DType dtype,
    String function,
    Map<String, String> parameters,
    List<String> lines,
    int firstLine) {

  /** Reads the table's file from the resources of this package. */
  static TableFile load(String name, DType dtype) {
    String file = "reference/" + name + (dtype == DType.FLOAT32 ? ".f32.csv" : ".f64.csv");
    try (InputStream stream = TableFile.class.getResourceAsStream(file)) {
      if (stream == null) {
        throw new IllegalArgumentException("there is no reference table " + file);
      }
      BufferedReader reader =
          new BufferedReader(new InputStreamReader(stream, StandardCharsets.US_ASCII));
      return parse(name, dtype, reader.lines().toList());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the reference table " + file, e);
    }
  }

  /** Splits header and rows, and checks that the header fits. */
  static TableFile parse(String name, DType dtype, List<String> all) {
    Map<String, String> header = new LinkedHashMap<>();
    int row = 0;
    while (row < all.size() && all.get(row).startsWith("# ")) {
      String[] parts = all.get(row).substring(2).split(": ", 2);
      if (parts.length != 2 || header.put(parts[0], parts[1]) != null) {
        throw new IllegalArgumentException(
            name + ":" + (row + 1) + ": not a new \"# key: value\": " + all.get(row));
      }
      row++;
    }
    if (!dtype.toString().equals(header.get("dtype"))) {
      throw new IllegalArgumentException(
          name + ": its dtype is " + header.get("dtype") + ", not " + dtype);
    }
    if (!header.containsKey("columns")) {
      if (row == all.size() || !all.get(row).equals("x,y")) {
        throw new IllegalArgumentException(name + ":" + (row + 1) + ": expected the line x,y");
      }
      row++;
    }
    if (row == all.size()) {
      throw new IllegalArgumentException(name + ": no rows");
    }
    return new TableFile(
        name,
        dtype,
        require(header, "function", name),
        parameters(require(header, "parameters", name), name),
        List.copyOf(all.subList(row, all.size())),
        row + 1);
  }

  private static String require(Map<String, String> header, String key, String name) {
    String value = header.get(key);
    if (value == null) {
      throw new IllegalArgumentException(name + ": its header has no " + key);
    }
    return value;
  }

  private static Map<String, String> parameters(String text, String name) {
    Map<String, String> parameters = new LinkedHashMap<>();
    if (!text.equals("none")) {
      for (String pair : text.split(", ", -1)) {
        String[] parts = pair.split("=", 2);
        if (parts.length != 2) {
          throw new IllegalArgumentException(name + ": parameter \"" + pair + "\" has no =");
        }
        parameters.put(parts[0], parts[1]);
      }
    }
    return parameters;
  }

  /** Returns the numbers of a list of x, each one of the dtype. */
  double[] inputs(String text, String separator, int line) {
    String[] parts = text.split(separator, -1);
    double[] values = new double[parts.length];
    for (int i = 0; i < parts.length; i++) {
      values[i] = input(parts[i], line);
    }
    return values;
  }

  private double input(String text, int line) {
    return switch (text) {
      case "nan" -> Double.NaN;
      case "inf" -> Double.POSITIVE_INFINITY;
      case "-inf" -> Double.NEGATIVE_INFINITY;
      default -> {
        double value;
        try {
          value = Double.parseDouble(text);
        } catch (NumberFormatException e) {
          throw error(line, "\"" + text + "\" is not a number", e);
        }
        if (!text.contains("0x") || dtype.round(value) != value) {
          throw error(line, "\"" + text + "\" is not a hexadecimal " + dtype, null);
        }
        yield value;
      }
    };
  }

  /** Returns the exact values of a list of y. */
  Exact[] outputs(String text, String separator, int line) {
    List<Exact> values = new ArrayList<>();
    for (String part : text.split(separator, -1)) {
      try {
        values.add(Exact.parse(part, dtype));
      } catch (NumberFormatException e) {
        throw error(line, "\"" + part + "\" is not a number", e);
      }
    }
    return values.toArray(Exact[]::new);
  }

  IllegalArgumentException error(int line, String what, Throwable cause) {
    return new IllegalArgumentException(name + "." + dtype + ":" + line + ": " + what, cause);
  }
}
