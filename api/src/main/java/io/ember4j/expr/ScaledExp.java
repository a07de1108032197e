package io.ember4j.expr;

/**
 * An exponential, kept as {@code mantissa * 2^exponent} so that it can be multiplied before it
 * underflows.
 *
 * <p>With k = round(z / ln 2) and r = z - k ln 2, the mantissa is e<sup>r</sup> = 1 + r + r²/2 + r³
 * p(r). The first three terms are summed in double-double.
 *
 * <p>Special cases: z must be finite and |z| at most {@link #LIMIT}; a NaN gives a NaN mantissa.
 *
 * <p>Accuracy: the mantissa's relative error stays below 2<sup>-60</sup>.
 *
 * @param mantissa e<sup>r</sup>, between 0.7 and 1.42
 * @param exponent k
 */
record ScaledExp(DoubleDouble mantissa, int exponent) {

  /** The largest argument; beyond it every function here has long reached its limit. */
  static final double LIMIT = 800;

  private static final double INVERSE_LN2 = 0x1.71547652b82fep0;

  /** ln 2 to 40 bits, so that its products with k are exact. */
  private static final double LN2_HIGH = 0x1.62e42fefa2p-1;

  private static final double LN2_LOW = 0x1.9ef35793c7673p-41;

  /** (e<sup>r</sup> - 1 - r - r²/2) / r³, from {@code api/tools/special_functions.py}. */
  private static final double[] REMAINDER = {
    0x1.5555555555555p-3, 0x1.5555555555555p-5, 0x1.1111111111111p-7,
    0x1.6c16c16c16c17p-10, 0x1.a01a01a0196aep-13, 0x1.a01a01a019b64p-16,
    0x1.71de3a5aa6f3ap-19, 0x1.27e4fb7a271ecp-22, 0x1.ae642c871071fp-26,
    0x1.1eed7a04130cdp-29, 0x1.61bfa26897079p-33, 0x1.94328811e7eb4p-37,
  };

  /** Returns e<sup>z</sup>. */
  static ScaledExp of(double z) {
    return of(new DoubleDouble(z, 0));
  }

  /** Returns e<sup>z</sup>. */
  static ScaledExp of(DoubleDouble z) {
    double k = Math.rint(z.high() * INVERSE_LN2);
    DoubleDouble r =
        DoubleDouble.sum(Math.fma(-k, LN2_HIGH, z.high()), Math.fma(-k, LN2_LOW, z.low()));
    DoubleDouble square = DoubleDouble.product(r.high(), r.high());
    double cubic = square.high() * r.high() * Polynomial.evaluate(REMAINDER, r.high());
    double tail = Math.fma(r.high(), r.low(), 0.5 * square.low()) + cubic;
    DoubleDouble linear = DoubleDouble.orderedSum(1, r.high());
    DoubleDouble quadratic = DoubleDouble.orderedSum(linear.high(), 0.5 * square.high());
    double low = linear.low() + quadratic.low() + (r.low() + tail);
    return new ScaledExp(DoubleDouble.orderedSum(quadratic.high(), low), (int) k);
  }

  /** Returns the exponential itself, which may underflow. */
  DoubleDouble unscaled() {
    return mantissa.scaledBy(power(exponent / 2)).scaledBy(power(exponent - exponent / 2));
  }

  /** Returns {@code factor * quotient * 2^exponent}; a subnormal result is rounded at the end. */
  double scale(double factor, DoubleDouble quotient) {
    return quotient.timesRounded(factor) * power(exponent / 2) * power(exponent - exponent / 2);
  }

  private static double power(int exponent) {
    return Double.longBitsToDouble((long) (Double.MAX_EXPONENT + exponent) << 52);
  }
}
