package io.ember4j.conformance;

import io.ember4j.DType;
import io.ember4j.Ops;
import io.ember4j.Tensor;
import java.util.Arrays;
import java.util.List;

/** TP-4: gradients of reductions. */
final class TapeReductionRules {
  private static final List<long[]> SHAPES =
      List.of(new long[] {17}, new long[] {3, 4}, new long[] {2, 3, 5}, new long[] {2, 3, 1, 4});

  private TapeReductionRules() {}

  static List<Rule> rules() {
    return List.of(
        new Rule(
            "TP-4.sum-mean",
            "The gradient of a sum is the upstream at every element, bit for bit; that of a mean is"
                + " the upstream over the number of elements, along every set of axes.",
            "a copy with strides of 0, by which the upstream is repeated",
            subject -> sums()),
        new Rule(
            "TP-4.max-min",
            "The gradient of max and min goes to the elements that are equal to the result, in equal"
                + " shares, and is 0 elsewhere; where a slice holds NaN, it is NaN throughout.",
            "MAX, MIN or SUM along inner axes; EQ and SELECT with NaN",
            subject -> extremes()),
        new Rule(
            "TP-4.var",
            "The gradient of var is 2 (x - mean) / (n - correction) times the upstream, within"
                + " the running error, for corrections 0 and 1.",
            "SUM along the axes, and the mean as an operand of SUB",
            subject -> variances()));
  }

  /** A reduction of one shape along some axes. */
  private interface Reducing {
    Tensor reduce(Tensor x, boolean keepDims, int... axes);
  }

  /** What the gradient of element i must be. */
  private interface Expected {
    Rounded[] of(DType dtype, NaiveReduction reduction, double[] x, double[] upstream);
  }

  private static void sums() {
    check("sum", TapeReductionRules::plain, Ops::sum, (dtype, r, x, u) -> Rounded.of(u));
    check(
        "mean",
        TapeReductionRules::plain,
        Ops::mean,
        (dtype, r, x, u) ->
            Arrays.stream(u)
                .mapToObj(v -> Rounded.of(v).dividedBy(r.count()))
                .toArray(Rounded[]::new));
    for (DType dtype : DType.values()) {
      try (Tensor none = Checks.tensor(dtype, new double[0], 2, 0)) {
        Taped.of(Taped.Upstream.RANDOM, t -> Ops.sum(t[0], 1), none);
      }
    }
  }

  private static double[] plain(DType dtype, int size) {
    return Naive.random(dtype, size, 3, 61);
  }

  /** Few different values, so that many are equal. */
  private static double[] tied(DType dtype, int size) {
    double[] values = new double[size];
    for (int i = 0; i < size; i++) {
      values[i] = i * 7 % 5 % 3;
    }
    return values;
  }

  private static double[] withNan(DType dtype, int size) {
    double[] values = tied(dtype, size);
    values[size / 2] = Double.NaN;
    return values;
  }

  private static void extremes() {
    for (boolean max : new boolean[] {true, false}) {
      Reducing reducing = max ? Ops::max : Ops::min;
      double sign = max ? 1 : -1;
      Expected expected = (dtype, r, x, u) -> extreme(r, sign, x, u);
      String name = max ? "max" : "min";
      check(name, TapeReductionRules::plain, reducing, expected);
      check(name + " with ties", TapeReductionRules::tied, reducing, expected);
      check(name + " with NaN", TapeReductionRules::withNan, reducing, expected);
    }
  }

  private static Rounded[] extreme(NaiveReduction r, double sign, double[] x, double[] u) {
    double[] signed = Arrays.stream(x).map(v -> sign * v).toArray();
    double[] most = repeat(r, r.reduce(signed, Double.NEGATIVE_INFINITY, Math::max));
    double[] equal = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      equal[i] = signed[i] == most[i] ? 1 : 0;
    }
    double[] ties = repeat(r, r.reduce(equal, 0, Double::sum));
    Rounded[] expected = new Rounded[x.length];
    for (int i = 0; i < x.length; i++) {
      expected[i] =
          Double.isNaN(most[i])
              ? Rounded.of(Double.NaN)
              : equal[i] == 0 ? Rounded.of(0) : Rounded.of(u[i]).dividedBy(ties[i]);
    }
    return expected;
  }

  private static void variances() {
    for (int correction : new int[] {0, 1}) {
      check(
          "var with correction " + correction,
          TapeReductionRules::plain,
          (x, keep, axes) -> Ops.var(x, correction, keep, axes),
          (dtype, r, x, u) -> variance(r, correction, x, u));
    }
  }

  private static Rounded[] variance(NaiveReduction r, int correction, double[] x, double[] u) {
    double[] sums = repeat(r, r.reduce(x, 0, Double::sum));
    double[] magnitudes = repeat(r, r.reduce(x, 0, (sum, v) -> sum + Math.abs(v)));
    Rounded[] expected = new Rounded[x.length];
    for (int i = 0; i < x.length; i++) {
      Rounded sum = new Rounded(sums[i], (r.count() - 1) * magnitudes[i]);
      Rounded deviation = Rounded.of(x[i]).minus(sum.dividedBy(r.count()));
      expected[i] = deviation.times(2).dividedBy(r.count() - correction).times(Rounded.of(u[i]));
    }
    return expected;
  }

  private static double[] repeat(NaiveReduction r, double... results) {
    return Naive.broadcast(results, r.resultShape(true), r.shape());
  }

  private static void check(
      String name, Taped.Upstream values, Reducing reducing, Expected expected) {
    for (DType dtype : DType.values()) {
      for (long[] shape : SHAPES) {
        double[] x = values.values(dtype, Naive.size(shape));
        try (Tensor tensor = Checks.tensor(dtype, x, shape)) {
          for (int set = 1; set < 1 << shape.length; set++) {
            int[] axes = NaiveReduction.axes(set, shape.length);
            NaiveReduction r = NaiveReduction.of(shape, axes);
            if (r.count() == 1) {
              continue;
            }
            boolean keep = set % 2 == 0;
            Taped taped =
                Taped.of(Taped.Upstream.RANDOM, t -> reducing.reduce(t[0], keep, axes), tensor);
            double[] u = repeat(r, taped.upstream());
            String what = "gradient of " + name + " along " + Arrays.toString(axes);
            double[] actual = taped.gradients().get(0);
            Rounded.check(what, dtype, shape, expected.of(dtype, r, x, u), actual);
          }
        }
      }
    }
  }
}
