package io.ember4j.backend.pure;

/**
 * Kernels of the error function and its relatives.
 *
 * <p>Source: the coefficients are from {@code backend-pure/tools/error_functions.py erf} and {@code
 * mills}.
 */
final class ErrorKernels {

  /** Below it erf is a polynomial, above it 1 - erfc. */
  private static final double SPLIT = 0.9375;

  /** From here on erf rounds to 1. */
  private static final double ONE = 4;

  /** erf(x) / x - 1 in powers of x². */
  private static final double[] NEAR_ZERO = {
    0x1.06eba8p-3,
    -0x1.812740p-2,
    0x1.ce2d64p-4,
    -0x1.b80120p-6,
    0x1.544aa8p-8,
    -0x1.a61278p-11,
    0x1.4f8ec6p-14,
  };

  /** log(erfc(t)) from {@link #SPLIT} to {@link #ONE}, as accurate as erf needs it. */
  private static final double[] LOG_ERFC = {
    -0x1.d4bf16p-13,
    -0x1.20a7dap+0,
    -0x1.4655e0p-1,
    -0x1.a904a8p-4,
    0x1.6ad9a6p-6,
    -0x1.8c40a0p-9,
    0x1.96a48ap-13,
  };

  /** e<sup>t²</sup> erfc(t). */
  private static final TailQuotient SCALED_ERFC =
      new TailQuotient(
          0x1.c5be18p+0,
          0x1.0p-10,
          new double[] {
            0x1.c00000p+0, 0x1.1559d0p+1, 0x1.47b24cp+0, 0x1.9ab8eap-2, 0x1.d65742p-5,
          },
          new double[] {
            0x1.bf9000p+0, 0x1.099fe4p+0, 0x1.721b7ep-2, 0x1.979550p-5,
          });

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
   * <p>Accuracy: float32 1 ULP over all inputs; odd.
   */
  static Value erf(Value x) {
    Value nearZero = x.times(x).polynomial(NEAR_ZERO).fma(x, x);
    Value size = x.abs();
    Value bounded = size.gt(ONE).select(ONE, size);
    Reduced logarithm = Reduced.natural(bounded.polynomial(LOG_ERFC), 0);
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
   * <p>Accuracy: float32 3.2 ULP over all inputs.
   */
  static Value erfc(Value x) {
    Gaussian e = Gaussian.ofSquare(x);
    Value tail = ExpKernels.lower(e.times(SCALED_ERFC.at(e.size())));
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
