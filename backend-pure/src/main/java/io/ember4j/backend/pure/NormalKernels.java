package io.ember4j.backend.pure;

/**
 * Kernels of the normal distribution and of what GELU is made of.
 *
 * <p>All are e<sup>-x²/2</sup> ({@link Gaussian}) times a quotient of polynomials in t = |x|, for
 * the lower tail; the upper side is what is missing to 1. Powers of two come last, so that a
 * subnormal result is rounded once.
 *
 * <p>Source: the coefficients are from {@code backend-pure/tools/error_functions.py mills}.
 */
final class NormalKernels {

  /** e<sup>t²/2</sup> times the distribution function at -t. */
  private static final TailQuotient TAIL =
      new TailQuotient(
          0x1.40d836p+1,
          0x1.f40000p-10,
          new double[] {
            0x1.c00000p+0, 0x1.882dfap+0, 0x1.478832p-1, 0x1.221a14p-3, 0x1.d51bdep-7,
          },
          new double[] {
            0x1.bf92a0p+1, 0x1.778f5ap+0, 0x1.71ad30p-2, 0x1.1f8bf0p-5,
          });

  private static final double GELU_SLOPE = 0x1.40d7f8p+1;

  private static final double[] GELU_N = {
    0x1.c00000p+0, 0x1.8582c6p+0, 0x1.4391aap-1, 0x1.1cbf0ap-3, 0x1.c85672p-7,
  };

  private static final double[] GELU_M = {
    0x1.c00000p+1, 0x1.72f946p+0, 0x1.6ccfa4p-2, 0x1.194c14p-5, 0x1.0b5178p-15,
  };

  private static final double GELU_DERIVATIVE_SLOPE = 0x1.c00000p+0;

  private static final double[] GELU_DERIVATIVE_N = {
    0x1.400000p+1, 0x1.68784cp+1, 0x1.6790b8p+0, 0x1.698ef8p-2, 0x1.38b2fep-5,
  };

  private static final double[] GELU_DERIVATIVE_M = {
    -0x1.3b69e8p-1, 0x1.37c850p-2, 0x1.f834a6p-2, 0x1.8fe12ep-3, 0x1.d92ebep-6,
  };

  /** The t at which the derivative of GELU at -t is zero. */
  private static final Split GELU_ZERO = new Split(0x1.80ead2p-1, -0x1.a03fd4p-27);

  private static final double ONE_OVER_SQRT_TWO_PI = 0x1.9884533d43651p-2;

  private NormalKernels() {}

  /**
   * Returns the standard normal distribution function.
   *
   * <p>Formula: e<sup>-x²/2</sup> R(|x|) for x &lt; 0, 1 minus that for x &gt;= 0.
   *
   * <p>Special cases: -inf gives 0.0, 0 gives 0.5, +inf gives 1, NaN gives NaN.
   *
   * <p>Accuracy: float32 3.1 ULP over all inputs.
   */
  static Value ndtr(Value x) {
    Gaussian e = Gaussian.ofHalfSquare(x);
    Value tail = ExpKernels.lower(e.times(TAIL.at(e.size())));
    return x.lt(0).select(tail, x.code().constant(1).minus(tail));
  }

  /**
   * Returns the standard normal density.
   *
   * <p>Formula: e<sup>-x²/2</sup> / sqrt(2 pi).
   *
   * <p>Special cases: the infinities give 0.0, NaN gives NaN.
   *
   * <p>Accuracy: float32 1.5 ULP over all inputs, float64 1.6 ULP; even.
   */
  static Value normalPdf(Value x) {
    return ExpKernels.lower(Gaussian.ofHalfSquare(x).times(ONE_OVER_SQRT_TWO_PI));
  }

  /**
   * Returns the Gaussian error linear unit.
   *
   * <p>Formula: g for x &lt; 0 and x + g for x &gt;= 0, where g = -t e<sup>-t²/2</sup> R(t), t =
   * |x|, and t R(t) = T / (slope T + M) with T = t N.
   *
   * <p>Special cases: -0.0 gives -0.0; -inf gives -0.0, +inf gives +inf, NaN gives NaN.
   *
   * <p>Accuracy: float32 3.6 ULP over all inputs.
   */
  static Value gelu(Value x) {
    Gaussian e = Gaussian.ofHalfSquare(x);
    Value t = e.size();
    Value numerator = t.times(t.polynomial(GELU_N));
    Value denominator = numerator.fma(GELU_SLOPE, t.polynomial(GELU_M));
    Value g = e.times(numerator.dividedBy(denominator)).times(-ExpConstants.of(x).lower());
    return x.lt(0).select(g, x.plus(g));
  }

  /**
   * Returns the derivative of the Gaussian error linear unit.
   *
   * <p>Formula: d for x &lt; 0 and 1 - d for x &gt;= 0, where d = (z - t) e<sup>-t²/2</sup> N /
   * (slope N + M), t = |x|. Its zero z is subtracted in two parts, so that nothing cancels there.
   *
   * <p>Special cases: 0 gives 0.5; -inf gives -0.0, as does every x whose result underflows; +inf
   * gives 1, NaN gives NaN.
   *
   * <p>Accuracy: float32 3.8 ULP over all inputs, also next to the zero at -0.7518.
   */
  static Value geluDerivative(Value x) {
    Gaussian e = Gaussian.ofHalfSquare(x);
    Value t = e.size();
    Value zero = x.code().constant(GELU_ZERO.high());
    Value distance = zero.minus(t);
    Value low = zero.minus(distance).minus(t).plus(GELU_ZERO.low());
    Value numerator = t.polynomial(GELU_DERIVATIVE_N);
    Value denominator = numerator.fma(GELU_DERIVATIVE_SLOPE, t.polynomial(GELU_DERIVATIVE_M));
    Value quotient = numerator.dividedBy(denominator);
    Value slope = e.excess().fma(quotient, quotient);
    Value d = distance.fma(slope, low.times(slope)).times(e.power());
    d = ExpKernels.lower(d);
    return x.lt(0).select(d, x.code().constant(1).minus(d));
  }
}
