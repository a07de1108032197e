package io.ember4j.backend.pure;

/**
 * Kernels of the normal distribution and of what GELU is made of.
 *
 * <p>All are e<sup>-x²/2</sup> ({@link Gaussian}) times a {@link Tail} at t = |x|, for the lower
 * tail; the upper side is what is missing to 1. Powers of two come last, so that a subnormal result
 * is rounded once.
 *
 * <p>Source: the coefficients, in {@link NormalConstants}, are from {@code
 * backend-pure/tools/error_functions.py mills}.
 */
final class NormalKernels {

  /** The t at which the derivative of GELU at -t is zero. */
  private static final Split GELU_ZERO = new Split(0x1.80ead197f00b4p-1, -0x1.13e74c58cada8p-56);

  private static final double ONE_OVER_SQRT_TWO_PI = 0x1.9884533d43651p-2;

  private NormalKernels() {}

  /**
   * Returns the standard normal distribution function.
   *
   * <p>Formula: e<sup>-x²/2</sup> R(|x|) for x &lt; 0, 1 minus that for x &gt;= 0.
   *
   * <p>Special cases: -inf gives 0.0, 0 gives 0.5, +inf gives 1, NaN gives NaN.
   *
   * <p>Accuracy: float32 3.1 ULP over all inputs, float64 3.1 ULP.
   */
  static Value ndtr(Value x) {
    Gaussian e = Gaussian.ofHalfSquare(x);
    Value tail = ExpKernels.lower(NormalConstants.of(x).tail().times(e));
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
   * <p>Formula: g for x &lt; 0 and x + g for x &gt;= 0, where g = -t e<sup>-t²/2</sup> R(t) and t =
   * |x|. The tail is t R(t).
   *
   * <p>Special cases: -0.0 gives -0.0; -inf gives -0.0, +inf gives +inf, NaN gives NaN.
   *
   * <p>Accuracy: float32 3.6 ULP over all inputs, float64 3 ULP.
   */
  static Value gelu(Value x) {
    Gaussian e = Gaussian.ofHalfSquare(x);
    Value g = NormalConstants.of(x).gelu().times(e).times(-ExpConstants.of(x).lower());
    return x.lt(0).select(g, x.plus(g));
  }

  /**
   * Returns the derivative of the Gaussian error linear unit.
   *
   * <p>Formula: d for x &lt; 0 and 1 - d for x &gt;= 0, where d = (z - t) e<sup>-t²/2</sup> S(t)
   * and t = |x|. The tail S is positive; the zero z is subtracted in two parts, so that nothing
   * cancels there.
   *
   * <p>Special cases: 0 gives 0.5; -inf gives -0.0, as does every x whose result underflows; +inf
   * gives 1, NaN gives NaN.
   *
   * <p>Accuracy: float32 3.8 ULP over all inputs, float64 3 ULP; also next to the zero at -0.7518.
   */
  static Value geluDerivative(Value x) {
    Gaussian e = Gaussian.ofHalfSquare(x);
    Value t = e.size();
    Split split = GELU_ZERO.in(x.code().dtype());
    Value zero = x.code().constant(split.high());
    Value distance = zero.minus(t);
    Value low = zero.minus(distance).minus(t).plus(split.low());
    Value slope = NormalConstants.of(x).geluSlope().times(e);
    Value d = ExpKernels.lower(distance.fma(slope, low.times(slope)));
    return x.lt(0).select(d, x.code().constant(1).minus(d));
  }
}
