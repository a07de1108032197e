package io.ember4j.backend.pure;

/**
 * Kernels of the error function and its relatives.
 *
 * <p>Source: the coefficients, in {@link ErrorConstants}, are from {@code
 * backend-pure/tools/error_functions.py erf} and {@code mills}.
 */
final class ErrorKernels {

  /** Below it erf is a polynomial, above it 1 - erfc; for both dtypes. */
  private static final double SPLIT = 0.9375;

  private static final Split TWO_OVER_SQRT_PI =
      new Split(0x1.20dd750429b6dp+0, 0x1.1ae3a914fed80p-56);

  private ErrorKernels() {}

  /**
   * Returns the error function.
   *
   * <p>Formula: x + x P(x²) for |x| &lt; 0.9375, else 1 - e<sup>Q(|x|)</sup> with the sign of x,
   * where Q approximates log(erfc).
   *
   * <p>Special cases: -0.0 gives -0.0; -inf gives -1, +inf gives 1, NaN gives NaN.
   *
   * <p>Accuracy: float32 1 ULP over all inputs, float64 1.1 ULP; odd.
   */
  static Value erf(Value x) {
    ErrorConstants c = ErrorConstants.of(x);
    Value nearZero = x.times(x).polynomial(c.nearZero()).fma(x, x);
    Value size = x.abs();
    Value bounded = size.gt(c.one()).select(c.one(), size);
    Reduced logarithm = Reduced.natural(bounded.polynomial(c.logErfc()), 0);
    Value power = logarithm.power();
    Value complement = power.fma(ExpKernels.expm1(logarithm), power.minus(1)).negate();
    return size.lt(SPLIT).select(nearZero, complement.withSignOf(x));
  }

  /**
   * Returns the complementary error function.
   *
   * <p>Formula: e<sup>-x²</sup> R(|x|) for x &gt;= 0, 2 minus that for x &lt; 0.
   *
   * <p>Special cases: 0 gives 1; -inf gives 2, +inf gives 0.0, NaN gives NaN.
   *
   * <p>Accuracy: float32 3.2 ULP over all inputs, float64 3 ULP.
   */
  static Value erfc(Value x) {
    Gaussian e = Gaussian.ofSquare(x);
    Value tail = ExpKernels.lower(ErrorConstants.of(x).scaledErfc().times(e));
    return x.lt(0).select(x.code().constant(2).minus(tail), tail);
  }

  /**
   * Returns the derivative of the error function.
   *
   * <p>Formula: 2/sqrt(pi) e<sup>-x²</sup>.
   *
   * <p>Special cases: the infinities give 0.0, NaN gives NaN.
   *
   * <p>Accuracy: float32 1.3 ULP over all inputs, float64 1.3 ULP; even.
   */
  static Value erfDerivative(Value x) {
    Split factor = TWO_OVER_SQRT_PI.in(x.code().dtype());
    // The exponent takes the logarithm of what the factor was rounded by.
    Gaussian e = Gaussian.ofSquare(x, factor.low() / factor.high());
    return ExpKernels.lower(e.times(factor.high()));
  }
}
