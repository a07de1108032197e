package io.ember4j.expr;

/**
 * The derivatives of the functions in {@link ErrorFunction}.
 *
 * <p>The square in the exponent is exact in double-double, and one rounding comes at the end.
 * {@link SpecialFunctions} states the special cases and the accuracy.
 */
final class NormalDerivatives {

  private static final DoubleDouble TWO_OVER_SQRT_PI =
      new DoubleDouble(0x1.20dd750429b6dp+0, 0x1.1ae3a914fed80p-56);

  /** 1 / sqrt(2 pi). */
  private static final DoubleDouble DENSITY_AT_ZERO =
      new DoubleDouble(0x1.9884533d43651p-2, -0x1.cbc0d30ebfd15p-56);

  private NormalDerivatives() {}

  static double erf(double x) {
    if (Math.abs(x) > ErrorFunction.ERFC_LIMIT) {
      return 0;
    }
    ScaledExp e = ErrorFunction.exponential(x, 1);
    return e.scale(1, e.mantissa().times(TWO_OVER_SQRT_PI));
  }

  static double ndtr(double x) {
    if (Math.abs(x) > ErrorFunction.NDTR_LIMIT) {
      return 0;
    }
    ScaledExp e = ErrorFunction.exponential(x, 0.5);
    return e.scale(1, e.mantissa().times(DENSITY_AT_ZERO));
  }

  static double gelu(double x) {
    if (Minimum.GELU.isNear(x)) {
      return Minimum.GELU.derivative(x);
    }
    if (Math.abs(x) > ErrorFunction.NDTR_LIMIT) {
      return x > 0 ? 1 : -0.0;
    }
    // ndtr(x) + x density(x); in the tail both over e^(-x²/2), so that nothing underflows early.
    ScaledExp e = ErrorFunction.exponential(x, 0.5);
    DoubleDouble slope = DENSITY_AT_ZERO.times(x);
    if (ErrorFunction.isTail(x)) {
      return e.scale(1, e.mantissa().times(ErrorFunction.scaledNdtr(x).plus(slope)));
    }
    return ErrorFunction.ndtrAboveTail(x).plus(e.unscaled().times(slope)).value();
  }
}
