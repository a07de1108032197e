package io.ember4j.cli;

import io.ember4j.conformance.AccuracyJudge;
import io.ember4j.conformance.ExactValues;
import io.ember4j.conformance.Oracle;
import java.util.ArrayList;
import java.util.List;

/** Exact results of evenly spaced rows along the axis of a workload. */
final class ExpectedRows implements Expected {
  /** No more elements than this are evaluated exactly. */
  static final int MAX_ELEMENTS = 131_072;

  private static final int MAX_ROWS = 2_000;

  /** A row of the data, where it lies among the rows, and its exact results. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Row(int number, double[] x, ExactValues exact) {}

  private final int inner;
  private final int total;
  private final List<Row> rows = new ArrayList<>();

  private ExpectedRows(int inner, int total) {
    this.inner = inner;
    this.total = total;
  }

  static ExpectedRows of(Workload workload, double[] data, Oracle oracle) {
    int extent = workload.extent();
    int total = data.length / extent;
    int count = Math.min(total, Math.min(MAX_ROWS, MAX_ELEMENTS / extent));
    var expected = new ExpectedRows(workload.inner(), total);
    for (int i = 0; i < count; i++) {
      int number = count == 1 ? 0 : (int) ((total - 1L) * i / (count - 1));
      double[] x = gather(data, extent, number, workload.inner());
      expected.rows.add(new Row(number, x, oracle.at(x)));
    }
    return expected;
  }

  /** Whether every row is compared. */
  boolean isComplete() {
    return rows.size() == total;
  }

  /** What the sample is, for the foot of the table. */
  String describe() {
    return String.format("of %,d of %,d rows, evenly spaced", rows.size(), total);
  }

  @Override
  public Verdict compare(double[] actual, AccuracyJudge judge) {
    double worst = 0;
    boolean accepted = true;
    for (Row row : rows) {
      double[] results = gather(actual, row.exact().size(), row.number(), inner);
      for (int i = 0; i < results.length; i++) {
        worst = Math.max(worst, row.exact().error(i, results[i]));
      }
      accepted &= judge.accepts(row.x(), row.exact(), results);
    }
    return new Verdict(worst, accepted);
  }

  /** The elements of one row: they stand {@code inner} apart. */
  private static double[] gather(double[] values, int extent, int number, int inner) {
    double[] row = new double[extent];
    int first = number / inner * extent * inner + number % inner;
    for (int i = 0; i < extent; i++) {
      row[i] = values[first + i * inner];
    }
    return row;
  }
}
