package io.ember4j.conformance;

import io.ember4j.DType;
import io.ember4j.activation.Activation;
import io.ember4j.activation.Activations;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** PR-11: a softmax is a distribution, whatever its length. */
final class SoftmaxSumRules {
  private static final double[] TEMPERATURES = {1, 0.5};

  /** The length of a row that no other rule has. */
  static final int OWN_LENGTH = 331;

  private static final int[] LENGTHS = {1, 2, 17, 67, OWN_LENGTH, 1000, 4098};

  private SoftmaxSumRules() {}

  static List<Rule> rules() {
    return List.of(
        new Rule(
            "PR-11.softmax-sums",
            "The elements of softmax along its axis, also with a temperature, sum to 1 within the sum"
                + " of their bounds, at sizes around SIMD widths.",
            "the sum over the slice: its tail, and what it adds at the seams of blocks",
            SoftmaxSumRules::sums));
  }

  private static void sums(Subject subject) {
    for (DType dtype : DType.values()) {
      for (int length : LENGTHS) {
        double[] x = Data.spread(dtype, length, -6, 6, 91);
        for (double temperature : TEMPERATURES) {
          sum(subject, dtype, x, temperature);
        }
      }
    }
  }

  private static void sum(Subject subject, DType dtype, double[] x, double temperature) {
    Activation softmax = Activations.get("softmax", Map.of("temperature", temperature));
    double[] actual = softmax.apply(Data.tensor(dtype, x)).toDoubleArray();
    new Findings(softmax.toString(), dtype, x.length).checkSize(actual.length);
    double bound = subject.ulpBound("softmax", dtype);
    Rounded[] exact = new NaiveSoftmax(x, temperature, false, bound).values();
    double errors = Arrays.stream(exact).mapToDouble(Rounded::error).sum();
    // The last term is for what the sum of this check may lose itself, in double.
    double allowed =
        errors * Naive.unit(dtype)
            + 3 * x.length * Ulp.smallest(dtype)
            + x.length * Naive.unit(DType.FLOAT64);
    double sum = Arrays.stream(actual).sum();
    Checks.within(
        "the sum of " + softmax + " of " + x.length + " elements",
        dtype,
        new long[0],
        new double[] {1},
        new double[] {allowed},
        new double[] {sum});
  }
}
