package io.ember4j.conformance;

/**
 * Rounds results of double arithmetic down or up, so that the exact result lies between the two.
 *
 * <p>Each operation comes with its error, exact minus rounded, of which only the sign counts: 0
 * where the result is exact, NaN where it is not known which way it was rounded.
 */
final class Directed {
  /** Below this magnitude an error may be too small for a double. */
  private static final double SMALL = 0x1p-900;

  private Directed() {}

  /** Returns the largest double that is not above the exact result. */
  static double down(double rounded, double error) {
    return error >= 0 ? rounded : Math.nextDown(rounded);
  }

  /** Returns the smallest double that is not below the exact result. */
  static double up(double rounded, double error) {
    return error <= 0 ? rounded : Math.nextUp(rounded);
  }

  /** Returns the error of a + b (Knuth). */
  static double sumError(double a, double b) {
    double sum = a + b;
    if (!Double.isFinite(sum)) {
      return overflowError(a, b);
    }
    double part = sum - a;
    return (a - (sum - part)) + (b - part);
  }

  /** Returns the error of a * b. */
  static double productError(double a, double b) {
    double product = a * b;
    if (!Double.isFinite(product)) {
      return overflowError(a, b);
    }
    if (a == 0 || b == 0) {
      return 0;
    }
    return Math.abs(product) < SMALL ? Double.NaN : Math.fma(a, b, -product);
  }

  /** Returns a number with the sign of the error of a / b; b is not 0. */
  static double quotientError(double a, double b) {
    double quotient = a / b;
    if (!Double.isFinite(quotient)) {
      return overflowError(a, b);
    }
    if (a == 0 || Double.isInfinite(b)) {
      return 0;
    }
    boolean isSmall = Math.abs(quotient) < SMALL || Math.abs(a) < SMALL;
    return isSmall ? Double.NaN : Math.fma(-quotient, b, a) * Math.signum(b);
  }

  /** Returns a number with the sign of the error of the square root of a number above or at 0. */
  static double rootError(double a) {
    if (a == 0 || Double.isInfinite(a)) {
      return 0;
    }
    double root = Math.sqrt(a);
    return a < SMALL ? Double.NaN : Math.fma(-root, root, a);
  }

  /** An infinite result is exact if an operand is infinite; else the operation overflowed. */
  private static double overflowError(double a, double b) {
    return Double.isFinite(a) && Double.isFinite(b) ? Double.NaN : 0;
  }
}
