package io.ember4j.conformance;

import io.ember4j.DType;
import io.ember4j.GradientException;
import io.ember4j.GradientTape;
import io.ember4j.Tensor;
import io.ember4j.train.Losses;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** TP-11: losses and their gradients. */
final class TapeLossRules {
  /** What softplus and sigmoid may be off as parts of a composed form, in ULP. */
  private static final double COMPOSED = 16;

  private static final double INFINITY = Double.POSITIVE_INFINITY;

  private TapeLossRules() {}

  static List<Rule> rules() {
    return List.of(
        new Rule(
            "TP-11.cross-entropy",
            "Cross entropy of classes and of distributions and its gradient are within the"
                + " running error, which starts at the bound of log_softmax, for logits of any size;"
                + " a class of probability 0 adds nothing, also where its logit is -infinity.",
            "log_softmax of extreme rows, and SELECT where the target is 0",
            TapeLossRules::crossEntropy),
        new Rule(
            "TP-11.squared-error",
            "The mean squared error and its gradient are within the running error.",
            "SUM over all elements",
            subject -> squaredError()),
        new Rule(
            "TP-11.binary-cross-entropy",
            "Binary cross entropy of logits and its gradient are within the running error, which"
                + " starts at the composed bound of softplus and sigmoid, for logits of any size and"
                + " at the infinities.",
            "the functions log1pexp and sigmoid, and SELECT where a weight is 0",
            subject -> binary()));
  }

  /** Compares a loss and its gradient; the target is a constant. */
  private static void check(
      String what,
      DType dtype,
      Function<Tensor, Tensor> loss,
      long[] shape,
      double[] logits,
      Rounded value,
      Function<Rounded, Rounded[]> gradient) {
    try (Tensor x = Checks.tensor(dtype, logits, shape)) {
      Taped taped = Taped.of((d, n) -> new double[] {-1.5}, t -> loss.apply(t[0]), x);
      long[] scalar = {};
      Checks.isTrue(taped.shape().length == 0, "%s is not a scalar", what);
      Rounded.check(what, dtype, scalar, new Rounded[] {value}, taped.value());
      Rounded[] expected = gradient.apply(Rounded.of(-1.5));
      Rounded.check("gradient of " + what, dtype, shape, expected, taped.gradients().get(0));
    }
  }

  private static void crossEntropy(Subject subject) {
    double[][] rows = {
      {0.5, -1, 2, 0.25},
      {1e4, -1e4, 0, 3},
      {-1e30, 1e30, 5, 7},
      {88, 89, 90, 91},
      {-200, -300, -250, -200.5},
      {-INFINITY, 1, 2, 3},
      {4, 4, 4, 4},
      {1, -INFINITY, -INFINITY, -INFINITY}
    };
    int[] classes = {2, 1, 0, 3, 1, 1, 0, 0};
    double[] soft = new double[32];
    for (int i = 0; i < 32; i++) {
      boolean gone = Double.isInfinite(rows[i / 4][i % 4]);
      soft[i] = gone || i % 5 == 0 ? 0 : 0.125 * (i % 4 + 1);
    }
    for (DType dtype : DType.values()) {
      double bound = subject.ulpBound("log_softmax", dtype);
      double[] logits =
          Arrays.stream(rows).flatMapToDouble(Arrays::stream).map(dtype::round).toArray();
      crossEntropy(dtype, logits, soft, bound, classes);
      // Alone too, as one large loss hides the others.
      for (int i = 0; i < 8; i++) {
        double[] row = Arrays.copyOfRange(logits, 4 * i, 4 * i + 4);
        double[] target = Arrays.copyOfRange(soft, 4 * i, 4 * i + 4);
        crossEntropy(dtype, row, target, bound, i % 4); // of the last, -infinity
      }
    }
  }

  private static void crossEntropy(
      DType dtype, double[] logits, double[] soft, double bound, int... classes) {
    long[] shape = {classes.length, 4};
    double[] hard = new double[soft.length];
    for (int i = 0; i < classes.length; i++) {
      hard[4 * i + classes[i]] = 1;
    }
    check(
        "cross entropy of classes",
        dtype,
        x -> Losses.crossEntropy(x, classes),
        shape,
        logits,
        crossEntropy(logits, hard, bound),
        u -> crossEntropyGradient(logits, hard, bound, u));
    try (Tensor target = Checks.tensor(dtype, soft, shape);
        Tensor x = Checks.tensor(dtype, logits, shape)) {
      check(
          "cross entropy of distributions",
          dtype,
          t -> Losses.crossEntropy(t, target),
          shape,
          logits,
          crossEntropy(logits, soft, bound),
          u -> crossEntropyGradient(logits, soft, bound, u));
      try (GradientTape tape = GradientTape.record()) {
        Tensor loss = Losses.crossEntropy(x, target);
        Checks.refuses(
            GradientException.class, "target", () -> tape.gradient(loss, target), "depend");
      }
    }
  }

  private static NaiveSoftmax row(double[] logits, int row, double bound) {
    double[] x = Arrays.copyOfRange(logits, 4 * row, 4 * row + 4);
    return new NaiveSoftmax(x, 1, true, bound);
  }

  private static Rounded crossEntropy(double[] logits, double[] target, double bound) {
    Rounded.Sum sum = new Rounded.Sum();
    for (int i = 0; i < logits.length; i++) {
      Rounded l = row(logits, i / 4, bound).values()[i % 4];
      sum.add(target[i] == 0 ? Rounded.of(0) : l.times(Rounded.of(target[i])).negate());
    }
    return sum.total().dividedBy(logits.length / 4.0);
  }

  private static Rounded[] crossEntropyGradient(
      double[] logits, double[] target, double bound, Rounded upstream) {
    Rounded[] gradient = new Rounded[logits.length];
    for (int row = 0; row < logits.length / 4; row++) {
      Rounded[] u = new Rounded[4];
      for (int i = 0; i < 4; i++) {
        Rounded share = upstream.dividedBy(logits.length / 4.0);
        u[i] = share.times(Rounded.of(target[4 * row + i])).negate();
      }
      Rounded[] ofRow = row(logits, row, bound).gradient(u);
      System.arraycopy(ofRow, 0, gradient, 4 * row, 4);
    }
    return gradient;
  }

  private static void squaredError() {
    for (DType dtype : DType.values()) {
      for (long[] shape : new long[][] {{1}, {17}, {3, 5}, {2, 3, 67}, {}}) {
        int n = Naive.size(shape);
        double[] x = Naive.random(dtype, n, 3, 101);
        double[] t = Naive.random(dtype, n, 3, 102);
        Rounded.Sum sum = new Rounded.Sum();
        Rounded[] differences = new Rounded[n];
        for (int i = 0; i < n; i++) {
          differences[i] = Rounded.of(x[i]).minus(Rounded.of(t[i]));
          sum.add(differences[i].times(differences[i]));
        }
        try (Tensor target = Checks.tensor(dtype, t, shape)) {
          check(
              "mean squared error",
              dtype,
              tensor -> Losses.meanSquaredError(tensor, target),
              shape,
              x,
              sum.total().dividedBy(n),
              u -> scaled(u.dividedBy(n).times(2), differences));
        }
      }
    }
  }

  private static Rounded[] scaled(Rounded factor, Rounded... values) {
    return Arrays.stream(values).map(factor::times).toArray(Rounded[]::new);
  }

  private static void binary() {
    double[] x = {
      0, -0.5, 2, 30, -30, 100, -100, 1e4, -1e4, 1e4, -1e4, INFINITY, -INFINITY, 7, 1e-30, -3
    };
    double[] t = {1, 0, 0.25, 1, 1, 0, 0, 1, 0, 0, 1, 1, 0, 0.5, 0.125, 1};
    checkBinary(x, t);
    for (int i = 0; i < x.length; i++) {
      checkBinary(new double[] {x[i]}, new double[] {t[i]});
    }
    // Certain, and wrong.
    checkBinary(new double[] {INFINITY, -INFINITY, 1}, new double[] {0, 1, 0});
  }

  private static void checkBinary(double[] logits, double[] t) {
    long[] shape = {logits.length};
    for (DType dtype : DType.values()) {
      double[] x = Arrays.stream(logits).map(dtype::round).toArray();
      try (Tensor target = Checks.tensor(dtype, t, shape)) {
        Rounded.Sum sum = new Rounded.Sum();
        Rounded[] slopes = new Rounded[x.length];
        for (int i = 0; i < x.length; i++) {
          Rounded yes = Rounded.of(t[i]);
          Rounded no = Rounded.of(1).minus(yes);
          sum.add(weighted(yes, softplus(-x[i])).plus(weighted(no, softplus(x[i]))));
          slopes[i] = weighted(no, sigmoid(x[i])).minus(weighted(yes, sigmoid(-x[i])));
        }
        check(
            "binary cross entropy",
            dtype,
            tensor -> Losses.binaryCrossEntropyWithLogits(tensor, target),
            shape,
            x,
            sum.total().dividedBy(x.length),
            u -> scaled(u.dividedBy(x.length), slopes));
      }
    }
  }

  private static Rounded weighted(Rounded weight, Rounded value) {
    return weight.value() == 0 ? Rounded.of(0) : weight.times(value);
  }

  private static Rounded softplus(double x) {
    double value = Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
    return new Rounded(value, 2 * COMPOSED * value);
  }

  private static Rounded sigmoid(double x) {
    double value = x < 0 ? Math.exp(x) / (1 + Math.exp(x)) : 1 / (1 + Math.exp(-x));
    return new Rounded(value, 2 * COMPOSED * value);
  }
}
