package io.ember4j.conformance;

import io.ember4j.DType;
import io.ember4j.RandomKey;
import io.ember4j.Tensor;
import io.ember4j.activation.Activations;
import io.ember4j.nn.AlphaDropout;
import io.ember4j.nn.Dropout;
import io.ember4j.nn.Layer;
import io.ember4j.nn.RReLU;
import java.util.Arrays;
import java.util.List;

/** RN: what is random in training is the same on every backend. */
final class RandomRules {
  private static final int[] SIZES = {1, 15, 16, 17, 1000};
  private static final double[] RATES = {0.1, 0.3, 0.5, 0.75};

  private RandomRules() {}

  static List<Rule> rules() {
    return List.of(
        new Rule(
            "RN-1.dropout-mask",
            "Dropout with a key sets element i to 0 where the key's uniform number i is below the"
                + " rate, and multiplies the others by 1 / (1 - rate).",
            "SELECT and LT with a constant operand, or where an element stands",
            subject -> dropoutMask()),
        new Rule(
            "RN-2.alpha-dropout-mask",
            "AlphaDropout drops the same elements as Dropout with the same key, in both dtypes, for"
                + " every rate.",
            "SELECT and LT with a constant operand, or where an element stands",
            subject -> alphaDropoutMask()),
        new Rule(
            "RN-3.rrelu-slopes",
            "rrelu in training multiplies element i below 0 by lower + u (upper - lower), u the"
                + " key's uniform number i; at inference by the mean slope.",
            "the function prelu with a weight for every element",
            subject -> rreluSlopes()),
        new Rule(
            "RN-4.new-mask",
            "A layer draws a new mask at each call in training; one with a seed repeats them from"
                + " the start when it is made anew.",
            "checked by the api: nothing a backend does should change it",
            subject -> newMask()),
        new Rule(
            "RN-5.edges",
            "Rate 0 and inference change nothing; rate 1 gives 0 everywhere, also for infinities"
                + " and NaN; dropped infinities and NaN are gone.",
            "SELECT computes with what it does not choose",
            subject -> edges()),
        new Rule(
            "RN-6.moments",
            "Dropout keeps the mean; AlphaDropout keeps mean 0 and variance 1; random slopes lie in"
                + " their bounds and average to their mean.",
            "the factors 1 / (1 - p), a and b",
            subject -> moments()));
  }

  private static double[] uniform(RandomKey key, int size) {
    double[] uniform = new double[size];
    key.fillUniform(uniform);
    return uniform;
  }

  private static void dropoutMask() {
    for (DType dtype : DType.values()) {
      for (int size : SIZES) {
        for (double rate : RATES) {
          RandomKey key = new RandomKey(42, size);
          double[] values = Naive.random(dtype, size, 3, 11);
          double[] uniform = uniform(key, size);
          double factor = dtype.round(1 / (1 - rate));
          double[] expected = new double[size];
          for (int i = 0; i < size; i++) {
            expected[i] = uniform[i] < rate ? 0 : dtype.round(values[i] * factor);
          }
          try (Tensor x = Checks.tensor(dtype, values, size);
              Tensor y = new Dropout(rate).forward(x, key)) {
            Checks.same("Dropout(" + rate + ")", dtype, new long[] {size}, expected, y);
            Tensor same = new Dropout(rate, true, 1).forward(x, key);
            Checks.isTrue(same == x, "Dropout in place returned another tensor");
            Checks.same("Dropout in place", dtype, new long[] {size}, expected, x);
          }
        }
      }
    }
  }

  private static void alphaDropoutMask() {
    RandomKey key = new RandomKey(-7, 3);
    double[] uniform = uniform(key, 1000);
    double[] all = Arrays.copyOf(RATES, RATES.length + 1);
    all[RATES.length] = Math.nextUp(uniform[500]); // rounds to a number that is not above it
    for (DType dtype : DType.values()) {
      for (int size : SIZES) {
        for (double rate : all) {
          try (Tensor x = Tensor.full(1, dtype, size);
              Tensor y = new Dropout(rate).forward(x, key);
              Tensor z = new AlphaDropout(rate).forward(x, key)) {
            double[] dropout = y.toDoubleArray();
            double[] alpha = z.toDoubleArray();
            for (int i = 0; i < size; i++) {
              boolean dropped = uniform[i] < rate;
              Checks.isTrue(
                  (dropout[i] == 0) == dropped && (alpha[i] < 0) == dropped,
                  "dropout with rate %s, %s[%d] at %d: uniform %s, expected %s, got %s and %s",
                  rate,
                  dtype,
                  size,
                  i,
                  uniform[i],
                  dropped ? "dropped" : "kept",
                  dropout[i],
                  alpha[i]);
            }
          }
        }
      }
    }
  }

  private static void rreluSlopes() {
    for (DType dtype : DType.values()) {
      for (int size : SIZES) {
        RandomKey key = new RandomKey(5, size);
        double[] values = Naive.random(dtype, size, 3, 12);
        double[] uniform = uniform(key, size);
        double[] expected = new double[size];
        double[] bounds = new double[size];
        double[] mean = new double[size];
        double meanSlope = dtype.round((0.1 + 0.4) / 2);
        for (int i = 0; i < size; i++) {
          double slope = 0.1 + uniform[i] * (0.4 - 0.1);
          expected[i] = values[i] > 0 ? values[i] : values[i] * slope;
          bounds[i] = values[i] > 0 ? 0 : 8 * Naive.unit(dtype) * Math.abs(values[i]);
          mean[i] = values[i] > 0 ? values[i] : dtype.round(values[i] * meanSlope);
        }
        long[] shape = {size};
        try (Tensor x = Checks.tensor(dtype, values, size);
            Tensor y = Activations.rrelu(x, 0.1, 0.4, key);
            Tensor z = Activations.rrelu(x, 0.1, 0.4)) {
          Checks.within("rrelu in training", dtype, shape, expected, bounds, y.toDoubleArray());
          Checks.same("rrelu at inference", dtype, shape, mean, z);
          double[] trained = y.toDoubleArray();
          Activations.rrelu_(x, 0.1, 0.4, key);
          Checks.same("rrelu in place", dtype, shape, trained, x);
        }
      }
    }
  }

  private static void newMask() {
    for (DType dtype : DType.values()) {
      try (Tensor x = Tensor.full(-1, dtype, 1000)) {
        newMask("Dropout", x, new Dropout(0.5, false, 9), new Dropout(0.5, false, 9));
        newMask(
            "AlphaDropout", x, new AlphaDropout(0.5, false, 9), new AlphaDropout(0.5, false, 9));
        newMask("RReLU", x, new RReLU(0.1, 0.3, false, 9), new RReLU(0.1, 0.3, false, 9));
        double[] one = train(new Dropout(0.5), x);
        double[] two = train(new Dropout(0.5), x);
        Checks.isTrue(!Arrays.equals(one, two), "two Dropout layers drew the same mask");
      }
    }
  }

  private static void newMask(String what, Tensor x, Layer layer, Layer again) {
    double[] first = train(layer, x);
    double[] second = train(layer, x);
    Checks.isTrue(!Arrays.equals(first, second), "%s drew the same mask twice", what);
    long[] shape = x.shape().toArray();
    Checks.same(what + " made anew", x.dtype(), shape, first, train(again, x));
    Checks.same(what + " made anew, second call", x.dtype(), shape, second, train(again, x));
  }

  private static double[] train(Layer layer, Tensor x) {
    try (Tensor y = layer.forward(x, true)) {
      return y.toDoubleArray();
    }
  }

  private static void edges() {
    double[] special = {
      Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -0.0, 0, 1, -1
    };
    long[] shape = {special.length};
    double[] zeros = new double[special.length];
    for (DType dtype : DType.values()) {
      try (Tensor x = Checks.tensor(dtype, special, shape)) {
        for (boolean alpha : new boolean[] {false, true}) {
          String what = alpha ? "AlphaDropout" : "Dropout";
          double[] none = train(alpha ? new AlphaDropout(0) : new Dropout(0), x);
          Checks.same(what + " of rate 0", dtype, shape, special, none);
          double[] all = train(alpha ? new AlphaDropout(1) : new Dropout(1), x);
          Checks.same(what + " of rate 1", dtype, shape, zeros, all);
          Layer layer = alpha ? new AlphaDropout(0.5) : new Dropout(0.5);
          try (Tensor y = layer.forward(x)) {
            Checks.same(what + " at inference", dtype, shape, special, y);
          }
        }
      }
      RandomKey key = RandomKey.of(1);
      double[] uniform = uniform(key, 17);
      double[] expected = new double[17];
      for (int i = 0; i < 17; i++) {
        expected[i] = uniform[i] < 0.5 ? 0 : Double.POSITIVE_INFINITY;
      }
      try (Tensor x = Tensor.full(Double.POSITIVE_INFINITY, dtype, 17);
          Tensor y = new Dropout(0.5).forward(x, key)) {
        Checks.same("Dropout of infinities", dtype, new long[] {17}, expected, y);
      }
    }
  }

  private static void moments() {
    int size = 100_000;
    double[] normal = new double[size];
    new RandomKey(1, 1).fillNormal(normal);
    for (DType dtype : DType.values()) {
      try (Tensor ones = Tensor.full(1, dtype, size);
          Tensor x = Checks.tensor(dtype, normal, size);
          Tensor below = Tensor.full(-1, dtype, size)) {
        for (double rate : RATES) {
          double[] dropped = train(new Dropout(rate, false, 4), ones);
          // Five standard deviations of the mean.
          about("mean of Dropout", mean(dropped), 1, 5 * Math.sqrt(rate / (1 - rate) / size));
          double[] alpha = train(new AlphaDropout(rate, false, 4), x);
          double mean = mean(alpha);
          about("mean of AlphaDropout", mean, 0, 0.02);
          double[] squares = Arrays.stream(alpha).map(v -> (v - mean) * (v - mean)).toArray();
          about("variance of AlphaDropout", mean(squares), 1, 0.03);
        }
        double[] slopes = train(new RReLU(0.1, 0.3, false, 4), below);
        about("mean slope of RReLU", -mean(slopes), 0.2, 0.001);
        double least = -Arrays.stream(slopes).max().orElseThrow();
        double most = -Arrays.stream(slopes).min().orElseThrow();
        Checks.isTrue(
            least >= dtype.round(0.1) && most <= dtype.round(0.3) && most - least > 0.19,
            "RReLU(0.1, 0.3) in %s has slopes from %s to %s",
            dtype,
            least,
            most);
      }
    }
  }

  private static double mean(double... values) {
    return Arrays.stream(values).average().orElseThrow();
  }

  private static void about(String what, double actual, double expected, double tolerance) {
    Checks.isTrue(
        Math.abs(actual - expected) <= tolerance,
        "%s: expected %s within %s, got %s",
        what,
        expected,
        tolerance,
        actual);
  }
}
