package io.ember4j.conformance;

import io.ember4j.DType;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/**
 * Exact values of an elementwise function at many points, read once.
 *
 * @param name the table's name: the function and, if not the defaults, its parameters
 * @param dtype the dtype of x, and the one to which parameters were rounded
 * @param function the function's name
 * @param parameters the parameters as a user gives them, numbers or strings
 * @param x the points, NaN and the infinities first
 * @param y the exact values
 */
@SuppressWarnings("ArrayRecordComponent") // read only, never compared
record ReferenceTable(
    String name,
    DType dtype,
    String function,
    Map<String, Object> parameters,
    double[] x,
    Exact[] y) {
  private static final Map<String, ReferenceTable> CACHE = new ConcurrentHashMap<>();

  /** Returns the named table. */
  static ReferenceTable get(String name, DType dtype) {
    return CACHE.computeIfAbsent(name + " " + dtype, key -> parse(TableFile.load(name, dtype)));
  }

  static ReferenceTable parse(TableFile file) {
    int rows = file.lines().size();
    double[] x = new double[rows];
    Exact[] y = new Exact[rows];
    for (int i = 0; i < rows; i++) {
      int line = file.firstLine() + i;
      String[] parts = file.lines().get(i).split(",", -1);
      if (parts.length != 2) {
        throw file.error(line, "expected x,y, got " + file.lines().get(i), null);
      }
      x[i] = file.inputs(parts[0], " ", line)[0];
      y[i] = file.outputs(parts[1], " ", line)[0];
    }
    return new ReferenceTable(
        file.name(), file.dtype(), file.function(), values(file.parameters()), x, y);
  }

  /** Returns the parameters, those that are numbers as numbers. */
  static Map<String, Object> values(Map<String, String> texts) {
    Map<String, Object> values = new LinkedHashMap<>();
    texts.forEach(
        (name, text) ->
            values.put(name, text.matches("[a-z]+") ? text : (Object) Double.valueOf(text)));
    return values;
  }

  /** Returns the rows that the filter keeps. */
  ReferenceTable where(RowFilter filter) {
    int[] kept = IntStream.range(0, x.length).filter(i -> filter.keeps(x[i], y[i])).toArray();
    return new ReferenceTable(
        name,
        dtype,
        function,
        parameters,
        Arrays.stream(kept).mapToDouble(i -> x[i]).toArray(),
        Arrays.stream(kept).mapToObj(i -> y[i]).toArray(Exact[]::new));
  }

  /** Decides which rows to keep. */
  interface RowFilter {
    boolean keeps(double x, Exact y);
  }

  int size() {
    return x.length;
  }
}
