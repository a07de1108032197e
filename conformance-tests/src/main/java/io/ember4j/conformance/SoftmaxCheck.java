package io.ember4j.conformance;

import io.ember4j.DType;

/**
 * Compares one row of the softmax family with the exact row, norm-wise: an element may be off by
 *
 * <pre>
 * bound * u * (n + 8 + 2 d) * size + 3 s
 * </pre>
 *
 * where u is half of epsilon, n the length of the row, d how far the element lies below the row's
 * largest (after the temperature), and s the smallest number above 0. {@code size} is the exact
 * element for softmax, and the larger of its magnitude and 1 for log_softmax, where d does not
 * count.
 */
final class SoftmaxCheck {
  /** So far below the largest, an element is 0 in any dtype. */
  private static final double FAR = 2000;

  private final Subject subject;
  private final String label;
  private final DType dtype;
  private final boolean logarithm;
  private final Findings findings;
  private final double bound;
  private double worst;
  private String where = "no finite row";

  SoftmaxCheck(Subject subject, String label, DType dtype, boolean logarithm, int size) {
    this.subject = subject;
    this.label = label;
    this.dtype = dtype;
    this.logarithm = logarithm;
    this.findings = new Findings(label, dtype, size);
    this.bound = subject.ulpBound(label, dtype);
  }

  /** Checks a row; {@code scaled} is what the exponentials are taken of: x over temperature. */
  void row(String name, double[] scaled, Exact[] exact, double[] actual) {
    findings.checkSize(actual.length);
    double max = Double.NEGATIVE_INFINITY;
    for (double x : scaled) {
      max = Math.max(max, x);
    }
    for (int i = 0; i < actual.length; i++) {
      Exact expected = exact[i];
      String input = "element " + i + " of " + name;
      if (expected.isRepresentable() && isSpecial(expected.base())) {
        findings.same(i, input, expected.base(), actual[i]);
        continue;
      }
      double ratio = ratio(expected, actual[i], scaled.length, Math.abs(scaled[i] - max));
      if (ratio > worst) {
        worst = ratio;
        where = input;
      }
      if (!(ratio <= bound)) {
        findings.add(
            i,
            input,
            Ulp.show(expected.nearest(), dtype),
            actual[i],
            Ulp.error(actual[i], expected),
            Findings.ulps(bound) + " norm-wise (it is " + Findings.ulps(ratio) + ")");
      }
    }
  }

  /** Records the worst ratio, then throws if a row was wrong. */
  void check() {
    subject.measured(label, dtype, worst, where);
    findings.check();
  }

  private double ratio(Exact expected, double actual, int n, double below) {
    double error = Ulp.error(actual, expected);
    if (error <= 0.5) {
      return 0;
    }
    double unit = Ulp.epsilon(dtype) / 2;
    double magnitude = Math.abs(expected.base());
    double size = logarithm ? Math.max(magnitude, 1) : magnitude;
    double weight = n + 8 + (logarithm ? 0 : 2 * Math.min(below, FAR));
    double off = error * expected.spacing() - 3 * Ulp.smallest(dtype);
    return off <= 0 ? 0 : off / (unit * weight * size);
  }

  private static boolean isSpecial(double value) {
    return value == 0 || Double.isNaN(value) || Double.isInfinite(value);
  }
}
