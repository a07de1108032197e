package io.ember4j.expr;

/**
 * The error function, its complement and the normal distribution.
 *
 * <p>For t &gt;= 0, erfc(t) = e<sup>-t²</sup> p(q) / (1 + 2t), where q = (t - 4) / (t + 4) and p
 * stays between 1 and 1.3. The square is exact in double-double. {@link SpecialFunctions} states
 * the special cases and the accuracy.
 *
 * <p>Source of the form: M. M. Shepherd and J. G. Laframboise, Chebyshev approximation of (1 + 2x)
 * exp(x²) erfc x in 0 &lt;= x &lt; inf, Mathematics of Computation 36 (1981), 249-253.
 */
final class ErrorFunction {

  /** Beyond it erfc underflows. */
  static final double ERFC_LIMIT = 27.5;

  /** Beyond it the normal distribution underflows, even times x. */
  static final double NDTR_LIMIT = 38.8;

  /** Below it erf is summed directly and erfc as 1 - erf; above it the other way round. */
  private static final double ERF_SPLIT = 0.59375;

  private static final DoubleDouble SQRT_HALF =
      new DoubleDouble(0x1.6a09e667f3bcdp-1, -0x1.bdd3413b26456p-55);

  private static final double TWO_OVER_SQRT_PI = 0x1.20dd750429b6dp+0;
  private static final double TWO_OVER_SQRT_PI_LOW = 0x1.1ae3a914fed80p-56;

  /** (erf(x)/x - 2/sqrt(pi)) / x² in powers of x², from {@code api/tools/special_functions.py}. */
  private static final double[] ERF = {
    -0x1.812746b0379e7p-2, 0x1.ce2f21a042be2p-4, -0x1.b82ce31288b48p-6,
    0x1.565bcd0e69ee2p-8, -0x1.c02db3fff8660p-11, 0x1.f9a326dbbc7cep-14,
    -0x1.f4d2547c18973p-17, 0x1.b9e57f6412a76p-20, -0x1.5f50c346e5a0dp-23,
    0x1.f8081408fa81cp-27, -0x1.235a38dcddf75p-30,
  };

  private static final double SCALED_ERFC = 0x1.3ba5916e9fd7fp+0;
  private static final double SCALED_ERFC_LOW = -0x1.ac30edc64d8bcp-55;

  /** p's powers of q from the first on, from {@code api/tools/special_functions.py}. */
  private static final double[] SCALED_ERFC_POWERS = {
    -0x1.1df1ad154a28fp-3, 0x1.f7f5df66fd7e6p-7, 0x1.16ecefcfa5400p-4,
    -0x1.9ddb23c3e924bp-4, 0x1.7fee004e113a0p-4, -0x1.0fb06dfe46db3p-4,
    0x1.3079edf6ae2ebp-5, -0x1.09623885955c8p-6, 0x1.49c6727714f22p-8,
    -0x1.8d4a996717f16p-11, -0x1.a1df1879570cbp-13, 0x1.3be033841dfc4p-13,
    -0x1.995b13f6b0a3fp-16, -0x1.7882d18e29e35p-17, 0x1.7f3e45c1e5061p-18,
    0x1.3926a52c331a6p-22, -0x1.bc665b6377870p-21, 0x1.4adcd53cbbc96p-24,
    0x1.e689355383b88p-24, -0x1.483e5f2f13f5cp-26, -0x1.1d56405fb00c0p-26,
    0x1.cfaa94405e761p-30, 0x1.210c970eb46d4p-29, 0x1.401609bf915e2p-32,
  };

  private ErrorFunction() {}

  static double erf(double x) {
    double t = Math.abs(x);
    if (x == 0 || t > ERFC_LIMIT) {
      return x == 0 ? x : Math.copySign(1, x);
    }
    if (t < ERF_SPLIT) {
      return Math.fma(x, TWO_OVER_SQRT_PI, x * erfTail(x));
    }
    return Math.copySign(complement(erfcOfPositive(t)).value(), x);
  }

  static double erfc(double x) {
    double t = Math.abs(x);
    if (t > ERFC_LIMIT) {
      return x > 0 ? 0 : 2;
    }
    if (t < ERF_SPLIT) {
      return complement(erfNearZero(new DoubleDouble(x, 0))).value();
    }
    if (x < 0) {
      return complement(erfcOfPositive(t)).plus(1).value();
    }
    ScaledExp e = exponential(t, 1);
    return e.scale(1, e.mantissa().times(scaledErfc(new DoubleDouble(t, 0))));
  }

  static double ndtr(double x) {
    return timesNdtr(1, x);
  }

  static double gelu(double x) {
    return timesNdtr(x, x);
  }

  /** Returns {@code factor * ndtr(x)}, where a zero factor keeps its sign. */
  private static double timesNdtr(double factor, double x) {
    if (factor == 0 || x > NDTR_LIMIT) {
      return factor;
    }
    if (x < -NDTR_LIMIT) {
      return Math.copySign(0.0, factor);
    }
    if (isTail(x)) {
      ScaledExp e = exponential(x, 0.5);
      return e.scale(factor, e.mantissa().times(scaledNdtr(x)));
    }
    return ndtrAboveTail(x).timesRounded(factor);
  }

  /** Whether ndtr(x) = erfc(-x / sqrt(2)) / 2 is small enough to need its scaled form. */
  static boolean isTail(double x) {
    return SQRT_HALF.times(x).high() <= -ERF_SPLIT;
  }

  /** Returns e<sup>x²/2</sup> ndtr(x) for x in the tail. */
  static DoubleDouble scaledNdtr(double x) {
    return scaledErfc(SQRT_HALF.times(-x)).scaledBy(0.5);
  }

  /** Returns ndtr(x) for x above the tail. */
  static DoubleDouble ndtrAboveTail(double x) {
    if (isTail(-x)) {
      return complement(exponential(x, 0.5).unscaled().times(scaledNdtr(-x)));
    }
    return complement(erfNearZero(SQRT_HALF.times(-x))).scaledBy(0.5);
  }

  private static DoubleDouble complement(DoubleDouble x) {
    return x.negate().plus(1);
  }

  private static DoubleDouble erfNearZero(DoubleDouble x) {
    return x.times(DoubleDouble.orderedSum(TWO_OVER_SQRT_PI, erfTail(x.high())));
  }

  /**
   * Returns erf(x) / x - 2 / sqrt(pi), the constant as rounded, for |x| &lt; {@link #ERF_SPLIT}.
   */
  private static double erfTail(double x) {
    double square = x * x;
    return Math.fma(square, Polynomial.evaluate(ERF, square), TWO_OVER_SQRT_PI_LOW);
  }

  private static DoubleDouble erfcOfPositive(double t) {
    return exponential(t, 1).unscaled().times(scaledErfc(new DoubleDouble(t, 0)));
  }

  /** Returns e<sup>-c t²</sup> for a power of two c. */
  static ScaledExp exponential(double t, double c) {
    return ScaledExp.of(DoubleDouble.product(t, t).scaledBy(-c));
  }

  /** Returns e<sup>t²</sup> erfc(t) for t in [0, 28]. */
  private static DoubleDouble scaledErfc(DoubleDouble t) {
    double q = (t.high() - 4) / (t.high() + 4);
    double tail = Math.fma(q, Polynomial.evaluate(SCALED_ERFC_POWERS, q), SCALED_ERFC_LOW);
    return DoubleDouble.orderedSum(SCALED_ERFC, tail).dividedBy(t.scaledBy(2).plus(1));
  }
}
