package io.ember4j.conformance;

import io.ember4j.DType;
import java.util.Locale;

/**
 * Collects what is wrong with one computed array: the number of wrong elements and the worst of
 * them, told with everything one needs to try it.
 */
final class Findings {
  private final String what;
  private final DType dtype;
  private final int size;
  private int wrong;
  private double worst = -1;
  private String account = "";

  /** Starts for the result of {@code what}, such as a function's name, of {@code size} elements. */
  Findings(String what, DType dtype, int size) {
    this.what = what;
    this.dtype = dtype;
    this.size = size;
  }

  /** Fails at once if the result has not the size that was asked for. */
  void checkSize(int actual) {
    if (actual != size) {
      throw new RuleViolation(
          what + " " + dtype + ": " + size + " elements expected, got " + actual);
    }
  }

  /** Notes that an element must have these bits; all NaN are one. */
  void same(int index, String input, double expected, double actual) {
    if (!Ulp.sameBits(expected, actual)) {
      add(index, input, Ulp.show(expected, dtype), actual, Double.POSITIVE_INFINITY, 0);
    }
  }

  /** Notes that an element must equal; zeros of both signs are one, and so are all NaN. */
  void equal(int index, String input, double expected, double actual) {
    if (expected != actual && !Ulp.sameBits(expected, actual)) {
      add(index, input, Ulp.show(expected, dtype), actual, Double.POSITIVE_INFINITY, 0);
    }
  }

  /** Notes that an element must be within the bound of the exact value; returns its error. */
  double near(int index, String input, Exact expected, double actual, double bound) {
    double error = Ulp.error(actual, expected);
    if (!(error <= bound)) {
      add(index, input, Ulp.show(expected.nearest(), dtype), actual, error, bound);
    }
    return error;
  }

  /** Notes an element that is wrong by {@code error} where {@code bound} is allowed. */
  void add(int index, String input, String expected, double actual, double error, double bound) {
    wrong++;
    if (error > worst) {
      worst = error;
      account =
          "index "
              + index
              + ": input "
              + input
              + ", expected "
              + expected
              + ", actual "
              + Ulp.show(actual, dtype)
              + (Double.isInfinite(error) ? "" : ", off by " + ulps(error) + " ULP")
              + ", bound "
              + (bound == 0 ? "exact" : ulps(bound) + " ULP");
    }
  }

  /** Throws if anything was noted. */
  void check() {
    if (wrong > 0) {
      throw new RuleViolation(
          what + " " + dtype + ", size " + size + ": " + wrong + " wrong, the worst at " + account);
    }
  }

  static String ulps(double value) {
    return String.format(Locale.ROOT, value < 1000 ? "%.3f" : "%.3g", value)
        .replaceFirst("\\.?0+$", "");
  }
}
