package io.ember4j.conformance;

import io.ember4j.DType;
import io.ember4j.Ops;
import io.ember4j.Tensor;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;

/** RD, second part: how exact sums are, and that they repeat. */
final class SumRules {
  private static final int[][] LAYOUTS = {{1, 1}, {3, 1}, {1, 3}, {2, 17}};

  private SumRules() {}

  static List<Rule> rules() {
    return List.of(
        new Rule(
            "RD-7.whole-numbers",
            "Sums of small whole numbers are exact, whatever the order, at sizes around SIMD"
                + " widths.",
            "reduce leaves out the last elements, or reads across slices",
            subject -> wholeNumbers()),
        new Rule(
            "RD-8.bound",
            "A sum of n numbers is within n units of rounding (2^-24 in float32, 2^-53 in float64)"
                + " of the sum of their magnitudes.",
            "the accumulator has fewer bits than the dtype",
            subject -> bound()),
        new Rule(
            "RD-9.repeats",
            "The same reduction of the same values gives the same bits every time, on every"
                + " thread.",
            "the order of a sum depends on the number of threads or on memory addresses",
            subject -> repeats()));
  }

  private static void wholeNumbers() {
    for (DType dtype : DType.values()) {
      for (int n : Naive.TAILS) {
        for (int[] layout : LAYOUTS) {
          long[] shape = {layout[0], n, layout[1]};
          double[] values = new double[Naive.size(shape)];
          for (int i = 0; i < values.length; i++) {
            values[i] = 1 + i % 7 + i % 2;
          }
          NaiveReduction naive = NaiveReduction.of(shape, 1);
          double[] expected = naive.reduce(values, 0, Double::sum);
          try (Tensor x = Checks.tensor(dtype, values, shape);
              Tensor sum = Ops.sum(x, 1)) {
            String what = "sum along axis 1 of " + Arrays.toString(shape);
            Checks.same(what, dtype, naive.resultShape(false), expected, sum);
          }
        }
      }
    }
  }

  private static void bound() {
    for (DType dtype : DType.values()) {
      for (int n : Naive.TAILS) {
        for (int[] layout : LAYOUTS) {
          boundOf(dtype, layout[0], n, layout[1]);
        }
      }
    }
  }

  private static void boundOf(DType dtype, int outer, int n, int inner) {
    long[] shape = {outer, n, inner};
    double[] values = Naive.random(dtype, outer * n * inner, 1, n);
    for (int i = 0; i < values.length; i += 5) {
      values[i] = dtype.round(values[i] * (i % 2 == 0 ? 1e4 : -1e4));
    }
    long[] result = {outer, inner};
    double[] expected = new double[outer * inner];
    double[] bounds = new double[outer * inner];
    for (int at = 0; at < expected.length; at++) {
      BigDecimal sum = BigDecimal.ZERO;
      double magnitudes = 0;
      for (int j = 0; j < n; j++) {
        double value = values[(at / inner * n + j) * inner + at % inner];
        sum = sum.add(new BigDecimal(value));
        magnitudes += Math.abs(value);
      }
      expected[at] = sum.doubleValue();
      bounds[at] = n * Naive.unit(dtype) * magnitudes;
    }
    try (Tensor x = Checks.tensor(dtype, values, shape);
        Tensor sum = Ops.sum(x, 1)) {
      String what = "sum along axis 1 of " + Arrays.toString(shape);
      Checks.within(what, dtype, result, expected, bounds, sum.toDoubleArray());
    }
  }

  private static void repeats() throws InterruptedException {
    for (DType dtype : DType.values()) {
      for (int n : new int[] {17, 1000, 4098, 100_000}) {
        double[] values = Naive.random(dtype, n, 1e3, n);
        long[] shape = {};
        double[] first;
        try (Tensor x = Checks.tensor(dtype, values, n)) {
          first = sum(x);
          Threads.run(
              4,
              i -> {
                for (int again = 0; again < 20; again++) {
                  Checks.same("sum again", dtype, shape, first, sum(x));
                }
              });
        }
        try (Tensor equal = Checks.tensor(dtype, values, n)) {
          Checks.same("sum of equal values", dtype, shape, first, sum(equal));
        }
      }
    }
  }

  private static double[] sum(Tensor x) {
    try (Tensor sum = Ops.sum(x)) {
      return sum.toDoubleArray();
    }
  }
}
