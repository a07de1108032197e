package io.ember4j.backend.pure;

/** Instructions that are no bytecode of their own, for one element; masks are 0 or 1. */
final class Scalar {
  private Scalar() {}

  static int lt(float a, float b) {
    return a < b ? 1 : 0;
  }

  static int lt(double a, double b) {
    return a < b ? 1 : 0;
  }

  static int le(float a, float b) {
    return a <= b ? 1 : 0;
  }

  static int le(double a, double b) {
    return a <= b ? 1 : 0;
  }

  static int eq(float a, float b) {
    return a == b ? 1 : 0;
  }

  static int eq(double a, double b) {
    return a == b ? 1 : 0;
  }

  static int ne(float a, float b) {
    return a != b ? 1 : 0;
  }

  static int ne(double a, double b) {
    return a != b ? 1 : 0;
  }

  /** As bits: C2 has no conditional move for numbers, and a branch it cannot foresee costs 4 ns. */
  static float select(int mask, float a, float b) {
    int whole = -mask;
    return Float.intBitsToFloat(
        (Float.floatToRawIntBits(a) & whole) | (Float.floatToRawIntBits(b) & ~whole));
  }

  static double select(int mask, double a, double b) {
    long whole = -mask;
    return Double.longBitsToDouble(
        (Double.doubleToRawLongBits(a) & whole) | (Double.doubleToRawLongBits(b) & ~whole));
  }

  /** Correctly rounded: the square root in double precision has more than twice the digits. */
  static float sqrt(float a) {
    return (float) Math.sqrt(a);
  }

  static double sqrt(double a) {
    return Math.sqrt(a);
  }

  static int toBits(float a) {
    return Float.floatToRawIntBits(a);
  }

  static long toBits(double a) {
    return Double.doubleToRawLongBits(a);
  }

  static float fromBits(int bits) {
    return Float.intBitsToFloat(bits);
  }

  static double fromBits(long bits) {
    return Double.longBitsToDouble(bits);
  }
}
