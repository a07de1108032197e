package io.ember4j.conformance;

import io.ember4j.DType;
import java.util.Locale;

/**
 * Collects what is wrong with one computed array: the number of wrong elements and the worst of
 * them, told with everything one needs to try it.
 */
final class Findings {
  private static final String EXACT = "exact";

  private final String what;
  private final DType dtype;
  private final int size;
  private int wrong;
  private double worst;
  private Failure.Builder account;

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
          new Failure.Builder()
              .summary("the result has the wrong number of elements")
              .result(what, dtype, size)
              .values(Integer.toString(size), Integer.toString(actual))
              .build());
    }
  }

  /** Notes that an element must have these bits; all NaN are one. */
  void same(int index, String input, double expected, double actual) {
    if (!Ulp.sameBits(expected, actual)) {
      exact(index, input, expected, actual);
    }
  }

  /** Notes that an element must equal; zeros of both signs are one, and so are all NaN. */
  void equal(int index, String input, double expected, double actual) {
    if (expected != actual && !Ulp.sameBits(expected, actual)) {
      exact(index, input, expected, actual);
    }
  }

  private void exact(int index, String input, double expected, double actual) {
    double error = Ulp.error(actual, Exact.special(expected, dtype));
    add(index, input, Ulp.show(expected, dtype), actual, error, EXACT);
  }

  /** Notes that an element must be within the bound of the exact value; returns its error. */
  double near(int index, String input, Exact expected, double actual, double bound) {
    double error = Ulp.error(actual, expected);
    if (!(error <= bound)) {
      String limit = bound == 0 ? EXACT : ulps(bound) + " ULP";
      add(index, input, Ulp.show(expected.nearest(), dtype), actual, error, limit);
    }
    return error;
  }

  /**
   * Notes an element that is wrong.
   *
   * @param expected what it should be, in words or as a number
   * @param error how far off it is, in ULP; infinity where that makes no sense
   * @param bound how far off it may be, null where {@code expected} says so
   */
  void add(int index, String input, String expected, double actual, double error, String bound) {
    wrong++;
    if (account == null || error > worst) {
      worst = error;
      account =
          new Failure.Builder()
              .element(input, index)
              .values(expected, Ulp.show(actual, dtype))
              .distance(error, bound);
    }
  }

  /** Throws if anything was noted. */
  void check() {
    if (wrong > 0) {
      throw new RuleViolation(account.summary(summary()).result(what, dtype, size).build());
    }
  }

  private String summary() {
    return size == 1
        ? "the result is wrong"
        : wrong + " of " + size + " elements are wrong; the one that is off most:";
  }

  static String ulps(double value) {
    return value < 1000
        ? String.format(Locale.ROOT, "%.3f", value).replaceFirst("\\.?0+$", "")
        : String.format(Locale.ROOT, "%.3g", value);
  }
}
