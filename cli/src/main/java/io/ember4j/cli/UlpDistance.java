package io.ember4j.cli;

import io.ember4j.DType;

/** Counts the steps from one number of a dtype to another. */
final class UlpDistance {
  private UlpDistance() {}

  /**
   * The largest distance between elements at the same place; infinity if only one is NaN. The two
   * zeros are one, and so are all NaN.
   */
  static double largest(double[] a, double[] b, DType dtype) {
    double largest = 0;
    for (int i = 0; i < a.length; i++) {
      largest = Math.max(largest, between(a[i], b[i], dtype));
    }
    return largest;
  }

  static double between(double a, double b, DType dtype) {
    if (Double.isNaN(a) || Double.isNaN(b)) {
      return Double.isNaN(a) && Double.isNaN(b) ? 0 : Double.POSITIVE_INFINITY;
    }
    if (dtype == DType.FLOAT32) {
      return Math.abs(order((float) a) - order((float) b));
    }
    long x = order(a);
    long y = order(b);
    boolean fits = (x < 0) == (y < 0);
    return fits ? Math.abs(x - y) : Math.abs((double) x) + Math.abs((double) y);
  }

  /** The number's place in the order of all, 0 for the zeros. */
  private static long order(float value) {
    int bits = Float.floatToIntBits(value);
    return bits < 0 ? (long) Integer.MIN_VALUE - bits : bits;
  }

  private static long order(double value) {
    long bits = Double.doubleToLongBits(value);
    return bits < 0 ? Long.MIN_VALUE - bits : bits;
  }
}
