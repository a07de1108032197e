package io.ember4j.conformance;

import io.ember4j.DType;
import io.ember4j.Ops;
import io.ember4j.ShapeException;
import io.ember4j.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** RD: reductions along any axes, and what they do at the edges; {@link SumRules} has the rest. */
final class ReductionRules {
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  private ReductionRules() {}

  static List<Rule> rules() {
    return List.of(
        new Rule(
            "RD-1.every-axis-set",
            "sum, max, min and mean along every set of axes of shapes of rank 0 to 4, with and"
                + " without keepDims, agree with a loop over all elements.",
            "reduce reads [outer, n, inner] wrongly, or copy with permuted strides does",
            subject -> everyAxisSet()),
        new Rule(
            "RD-2.var",
            "var along every set of axes is the mean squared deviation, within (n + 4) units of"
                + " rounding, with the divisor n or n - correction.",
            "reduce, or sub with an operand that broadcasts",
            subject -> variance()),
        new Rule(
            "RD-3.argmax",
            "argmax gives the first of equal largest elements, or the first NaN.",
            "download order, or NaN taken for small",
            subject -> argmax()),
        new Rule(
            "RD-4.nan-wins",
            "max and min are NaN if any element is NaN, wherever it stands.",
            "the native reduction compares with < or >, which drops NaN",
            subject -> nanWins()),
        new Rule(
            "RD-5.infinities",
            "max, min and sum of infinities are as IEEE 754 has it: max of only -infinity is"
                + " -infinity, infinity - infinity is NaN.",
            "the accumulator of max starts at the lowest finite number instead of an element",
            subject -> infinities()),
        new Rule(
            "RD-6.nothing",
            "The sum over no elements is 0 and the mean NaN; max and min over no elements are"
                + " refused; reducing an empty tensor to an empty one works.",
            "reduce with n = 0 leaves the result as it was",
            subject -> nothing()));
  }

  private static void everyAxisSet() {
    List<long[]> shapes = new ArrayList<>(Naive.shapes(3, 1, 2, 3));
    Naive.shapes(4, 2, 3).stream().filter(shape -> shape.length == 4).forEach(shapes::add);
    for (long[] shape : shapes) {
      for (DType dtype : DType.values()) {
        double[] values = new double[Naive.size(shape)];
        for (int i = 0; i < values.length; i++) {
          values[i] = i * 37 % 101 - 50; // all different for up to 101 elements
        }
        try (Tensor x = Checks.tensor(dtype, values, shape)) {
          for (int set = 1; set < 1 << shape.length; set++) {
            boolean keep = (set + shape.length) % 2 == 0;
            alongAxes(dtype, shape, values, x, keep, NaiveReduction.axes(set, shape.length));
          }
          alongAxes(dtype, shape, values, x, false);
          alongAxes(dtype, shape, values, x, true);
        }
      }
    }
  }

  private static void alongAxes(
      DType dtype, long[] shape, double[] values, Tensor x, boolean keep, int... axes) {
    NaiveReduction naive = NaiveReduction.of(shape, axes);
    double[] sums = naive.reduce(values, 0, Double::sum);
    double[] means = Arrays.stream(sums).map(s -> dtype.round(s / naive.count())).toArray();
    double[] largest = naive.reduce(values, -INFINITY, Math::max);
    double[] smallest = naive.reduce(values, INFINITY, Math::min);
    long[] result = naive.resultShape(keep);
    String along = " along " + Arrays.toString(axes) + " of " + Arrays.toString(shape);
    compare("sum" + along, dtype, result, sums, Ops.sum(x, keep, axes));
    compare("max" + along, dtype, result, largest, Ops.max(x, keep, axes));
    compare("min" + along, dtype, result, smallest, Ops.min(x, keep, axes));
    compare("mean" + along, dtype, result, means, Ops.mean(x, keep, axes));
  }

  private static void compare(
      String what, DType dtype, long[] shape, double[] expected, Tensor result) {
    try (result) {
      Checks.same(what, dtype, shape, expected, result);
    }
  }

  private static void variance() {
    for (long[] shape : Naive.shapes(3, 1, 2, 5)) {
      for (DType dtype : DType.values()) {
        double[] values = Naive.random(dtype, Naive.size(shape), 3, 7);
        for (int set = 1; set < 1 << shape.length; set++) {
          int[] axes = NaiveReduction.axes(set, shape.length);
          NaiveReduction naive = NaiveReduction.of(shape, axes);
          int correction = naive.count() > 1 ? set % 2 : 0;
          double[] expected = naive.variance(values, correction);
          // The terms are at most 36, and the mean is off by n units of 3.
          double[] bounds =
              Naive.count(expected.length, (naive.count() + 4) * Naive.unit(dtype) * 72, 0);
          try (Tensor x = Checks.tensor(dtype, values, shape);
              Tensor var = Ops.var(x, correction, set % 3 == 0, axes)) {
            String what = "var along " + Arrays.toString(axes) + " of " + Arrays.toString(shape);
            long[] result = naive.resultShape(set % 3 == 0);
            Checks.form(what, dtype, result, var);
            Checks.within(what, dtype, result, expected, bounds, var.toDoubleArray());
          }
        }
      }
    }
  }

  private static void argmax() {
    double nan = Double.NaN;
    for (DType dtype : DType.values()) {
      argmaxOf(dtype, new double[] {1, 3, 3, 2}, 1);
      argmaxOf(dtype, new double[] {-INFINITY, -INFINITY}, 0);
      argmaxOf(dtype, new double[] {0, -0.0, 0}, 0);
      argmaxOf(dtype, new double[] {1, INFINITY, nan, INFINITY, nan}, 2);
      argmaxOf(dtype, new double[] {nan, 5}, 0);
      argmaxOf(dtype, new double[] {7}, 0);
      double[] grid = {1, 9, 2, 8, 3, 7, 4, 6, 5, 5, 6, 4};
      try (Tensor x = Checks.tensor(dtype, grid, 2, 3, 2)) {
        isIndex(Ops.argmax(x, 0), 1, 0, 1, 0, 1, 0);
        isIndex(Ops.argmax(x, 1), 2, 0, 2, 0);
        isIndex(Ops.argmax(x, -1), 1, 1, 1, 1, 0, 0);
      }
    }
  }

  private static void argmaxOf(DType dtype, double[] values, long expected) {
    try (Tensor x = Checks.tensor(dtype, values, values.length)) {
      isIndex(Ops.argmax(x, 0), expected);
    }
  }

  private static void isIndex(long[] actual, long... expected) {
    Checks.isTrue(
        Arrays.equals(actual, expected),
        "argmax: expected %s, got %s",
        Arrays.toString(expected),
        Arrays.toString(actual));
  }

  private static void nanWins() {
    for (DType dtype : DType.values()) {
      for (int n : Naive.TAILS) {
        for (int inner : new int[] {1, 3}) {
          for (int at : new int[] {0, n / 2, n - 1}) {
            for (double step : new double[] {1, -1}) {
              double[] values = Naive.count(2 * n * inner, 0, step);
              values[at * inner] = Double.NaN;
              extremes(dtype, values, 2, n, inner);
            }
          }
        }
      }
    }
  }

  private static void extremes(DType dtype, double[] values, long... shape) {
    NaiveReduction naive = NaiveReduction.of(shape, 1);
    long[] result = naive.resultShape(false);
    String what = " along axis 1 of " + Arrays.toString(shape);
    try (Tensor x = Checks.tensor(dtype, values, shape)) {
      double[] largest = naive.reduce(values, -INFINITY, Math::max);
      compare("max" + what, dtype, result, largest, Ops.max(x, 1));
      double[] smallest = naive.reduce(values, INFINITY, Math::min);
      compare("min" + what, dtype, result, smallest, Ops.min(x, 1));
    }
  }

  private static void infinities() {
    for (DType dtype : DType.values()) {
      for (int n : Naive.TAILS) {
        double[] values = new double[2 * n];
        Arrays.fill(values, 0, n, -INFINITY);
        Arrays.fill(values, n, 2 * n, INFINITY);
        extremes(dtype, values, 2, n, 1);
        double last = n == 1 ? INFINITY : Double.NaN;
        values[2 * n - 1] = n == 1 ? INFINITY : -INFINITY;
        try (Tensor x = Checks.tensor(dtype, values, 2, n)) {
          double[] expected = {-INFINITY, last};
          compare("sum of infinities", dtype, new long[] {2}, expected, Ops.sum(x, 1));
        }
      }
    }
  }

  private static void nothing() {
    for (DType dtype : DType.values()) {
      double[] none = new double[0];
      for (long[] shape : List.of(new long[] {0}, new long[] {3, 0}, new long[] {3, 0, 2})) {
        int axis = shape.length == 1 ? 0 : 1;
        NaiveReduction naive = NaiveReduction.of(shape, axis);
        long[] result = naive.resultShape(false);
        double[] zeros = new double[Naive.size(result)];
        double[] nans = Naive.count(zeros.length, Double.NaN, 0);
        // Used memory is not zero: what is left in it must not show.
        Tensor.full(5, dtype, result).close();
        try (Tensor x = Checks.tensor(dtype, none, shape)) {
          compare("sum over nothing", dtype, result, zeros, Ops.sum(x, axis));
          compare("mean over nothing", dtype, result, nans, Ops.mean(x, axis));
          String text = Arrays.toString(shape);
          Checks.refuses(ShapeException.class, "max", () -> Ops.max(x, axis), text, "empty");
          Checks.refuses(ShapeException.class, "min", () -> Ops.min(x, axis), text, "empty");
          Checks.refuses(ShapeException.class, "argmax", () -> Ops.argmax(x, axis), text);
        }
      }
      try (Tensor x = Checks.tensor(dtype, none, 0, 3)) {
        long[] empty = {0};
        compare("sum to nothing", dtype, empty, none, Ops.sum(x, 1));
        compare("max to nothing", dtype, empty, none, Ops.max(x, 1));
      }
    }
  }
}
