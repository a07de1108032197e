package io.ember4j.conformance;

import io.ember4j.DType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Exact values of a function of whole rows (the softmax family, glu), read once. */
record RowTable(
    String name, DType dtype, String function, Map<String, Object> parameters, List<Row> rows) {
  private static final Map<String, RowTable> CACHE = new ConcurrentHashMap<>();

  /** One row of the input and its exact result. */
  @SuppressWarnings("ArrayRecordComponent") // read only, never compared
  record Row(double[] x, Exact[] y) {
    /** Returns whether nothing in it is NaN or infinite, on either side. */
    boolean isFinite() {
      for (double value : x) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
          return false;
        }
      }
      return true;
    }
  }

  /** Returns the named table. */
  static RowTable get(String name, DType dtype) {
    return CACHE.computeIfAbsent(name + " " + dtype, key -> parse(TableFile.load(name, dtype)));
  }

  static RowTable parse(TableFile file) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < file.lines().size(); i++) {
      int line = file.firstLine() + i;
      String[] parts = file.lines().get(i).split(" \\| ", -1);
      if (parts.length != 2) {
        throw file.error(line, "expected x1 x2 ... | y1 y2 ...", null);
      }
      rows.add(new Row(file.inputs(parts[0], " ", line), file.outputs(parts[1], " ", line)));
    }
    return new RowTable(
        file.name(),
        file.dtype(),
        file.function(),
        ReferenceTable.values(file.parameters()),
        List.copyOf(rows));
  }
}
