package io.ember4j.conformance;

import io.ember4j.DType;

/**
 * Measures errors in units in the last place (ULP) of the correctly rounded result.
 *
 * <p>Below the smallest normal number the unit is the spacing of the subnormal numbers. Where the
 * exact value is beyond the largest number, the infinity of its sign is right; an infinity returned
 * for a value within range counts as the number that would come next.
 */
final class Ulp {
  private Ulp() {}

  /**
   * Returns how far the result is from the exact value: 0.5 or less for a correctly rounded one,
   * infinity where one is NaN or infinite and the other is not. The sign of a zero is ignored.
   */
  static double error(double actual, Exact exact) {
    if (Double.isNaN(exact.base()) || Double.isInfinite(exact.base())) {
      return Double.compare(actual, exact.base()) == 0 ? 0 : Double.POSITIVE_INFINITY;
    }
    if (Double.isNaN(actual)) {
      return Double.POSITIVE_INFINITY;
    }
    double steps;
    if (Double.isInfinite(actual)) {
      if (actual == exact.nearest()) {
        return 0;
      }
      double largest = largest(exact.dtype());
      steps =
          (Math.copySign(largest, actual) - exact.base()) / exact.spacing()
              + Math.copySign(spacing(largest, exact.dtype()) / exact.spacing(), actual);
    } else {
      steps = (actual - exact.base()) / exact.spacing();
    }
    return Math.abs(steps - exact.fraction());
  }

  /** Returns the unit in the last place of the number; that of the largest for an infinity. */
  static double spacing(double value, DType dtype) {
    if (Double.isNaN(value)) {
      return Double.NaN;
    }
    double finite = Math.min(Math.abs(value), largest(dtype));
    return dtype == DType.FLOAT32 ? Math.ulp((float) finite) : Math.ulp(finite);
  }

  /** Returns the largest finite number. */
  static double largest(DType dtype) {
    return dtype == DType.FLOAT32 ? Float.MAX_VALUE : Double.MAX_VALUE;
  }

  /** Returns the smallest number above 0. */
  static double smallest(DType dtype) {
    return dtype == DType.FLOAT32 ? Float.MIN_VALUE : Double.MIN_VALUE;
  }

  /** Returns the distance from 1 to the next number. */
  static double epsilon(DType dtype) {
    return dtype == DType.FLOAT32 ? Math.ulp(1f) : Math.ulp(1.0);
  }

  /** Returns the number in hexadecimal, in as many digits as the dtype has. */
  static String hex(double value, DType dtype) {
    return dtype == DType.FLOAT32 ? Float.toHexString((float) value) : Double.toHexString(value);
  }

  /** Returns the number in decimal and in hexadecimal, such as {@code 0.1 (0x1.99999ap-4)}. */
  static String show(double value, DType dtype) {
    if (Double.isNaN(value) || Double.isInfinite(value) || value == 0) {
      return Double.toString(value);
    }
    String decimal = dtype == DType.FLOAT32 ? Float.toString((float) value) : "" + value;
    return decimal + " (" + hex(value, dtype) + ")";
  }

  /** Returns whether the two have the same bits; all NaN count as one. */
  static boolean sameBits(double a, double b) {
    return Double.doubleToLongBits(a) == Double.doubleToLongBits(b);
  }
}
