package io.ember4j.backend.pure;

import io.ember4j.DType;

/**
 * The numbers of a dtype that its logarithms are made of.
 *
 * <p>Source: {@code backend-pure/tools/error_functions.py log}, for float64 with {@code --dtype
 * float64}.
 */
final class LogConstants {

  /** log(2) rounded is off by 0.03 ULP only. */
  private static final LogConstants FLOAT32 =
      new LogConstants(
          23,
          Float.MIN_NORMAL,
          Float.floatToRawIntBits(2f / 3),
          Float.floatToRawIntBits(4),
          Float.floatToRawIntBits(0x1.8p23f),
          new Split(0x1.62e430p-1, 0),
          new double[] {
            -0x1.0p-1,
            0x1.555506p-2,
            -0x1.fffefcp-3,
            0x1.99d03cp-3,
            -0x1.559c40p-3,
            0x1.1ed712p-3,
            -0x1.f333aap-4,
            0x1.1e63dcp-3,
            -0x1.07c6b4p-3,
          });

  private static final LogConstants FLOAT64 =
      new LogConstants(
          52,
          Double.MIN_NORMAL,
          Double.doubleToRawLongBits(2.0 / 3),
          Double.doubleToRawLongBits(4),
          Double.doubleToRawLongBits(0x1.8p52),
          new Split(0x1.62e42fefa39efp-1, 0x1.abc9e3b39803fp-56),
          new double[] {
            -0x1.0p-1,
            0x1.5555555555538p-2,
            -0x1.fffffffffff39p-3,
            0x1.99999999a00ccp-3,
            -0x1.5555555578af4p-3,
            0x1.2492492096e67p-3,
            -0x1.ffffffd66cae9p-4,
            0x1.c71c742aa58d7p-4,
            -0x1.9999a47b4d4c3p-4,
            0x1.745cafcd608edp-4,
            -0x1.5553c38ff859dp-4,
            0x1.3b1e5b53e67a7p-4,
            -0x1.24b53bac99821p-4,
            0x1.105fa85d9e604p-4,
            -0x1.fc339730c936ep-5,
            0x1.f06bd572ff12dp-5,
            -0x1.e8010d6092aeap-5,
            0x1.52eb121d471b7p-5,
            -0x1.e1dff58f79b42p-6,
            0x1.5f3a175de81e9p-4,
            -0x1.97ec66fc3a82ap-4,
          });

  private final int fractionBits;
  private final double smallestNormal;
  private final long twoThirds;
  private final long four;
  private final long integers;
  private final Split ln2;
  private final double[] rest;

  private LogConstants(
      int fractionBits,
      double smallestNormal,
      long twoThirds,
      long four,
      long integers,
      Split ln2,
      double[] rest) {
    this.fractionBits = fractionBits;
    this.smallestNormal = smallestNormal;
    this.twoThirds = twoThirds;
    this.four = four;
    this.integers = integers;
    this.ln2 = ln2;
    this.rest = rest;
  }

  /** Returns the numbers for the dtype of a value. */
  static LogConstants of(Value x) {
    return x.code().dtype() == DType.FLOAT32 ? FLOAT32 : FLOAT64;
  }

  /** Returns how many bits a significand has after its leading one. */
  int fractionBits() {
    return fractionBits;
  }

  double smallestNormal() {
    return smallestNormal;
  }

  /** Returns the bits of 2/3. */
  long twoThirds() {
    return twoThirds;
  }

  /** Returns the bits of 4. */
  long four() {
    return four;
  }

  /** Returns which bits are the sign and the exponent. */
  long exponent() {
    return -1L << fractionBits;
  }

  /** Returns a number whose lowest bits count integers. */
  double integers() {
    return Math.scalb(1.5, fractionBits);
  }

  /** Returns the bits of {@link #integers}. */
  long integersBits() {
    return integers;
  }

  /** Returns log(2); the low part is 0 where it makes no difference. */
  Split ln2() {
    return ln2;
  }

  /** Returns (log(1 + f) - f) / f² for |f| &lt;= 1/3, ascending. */
  double[] rest() {
    return rest;
  }
}
