package io.ember4j.backend.pure;

/**
 * Kernels of the logarithm.
 *
 * <p>Range reduction: the argument is 2<sup>n</sup> (1 + f) with 2/3 &lt;= 1 + f &lt; 4/3, by
 * integer arithmetic on its bits. Then the logarithm is n log(2) + f + f² P(f). {@link
 * LogConstants} has the polynomial.
 */
final class LogKernels {

  private LogKernels() {}

  /**
   * Returns the natural logarithm.
   *
   * <p>Formula: that of the class; a subnormal x is made a normal number first.
   *
   * <p>Special cases: both zeros give -inf, less gives NaN, +inf gives +inf, NaN gives NaN.
   *
   * <p>Accuracy: float32 0.94 ULP over all inputs; float64 1.3 ULP.
   */
  static Value log(Value x) {
    LogConstants c = LogConstants.of(x);
    int places = c.fractionBits();
    Value subnormal = x.lt(c.smallestNormal());
    Value bits = subnormal.select(x.times(Math.scalb(1.0, places)), x).toBits();
    Value origin = subnormal.select(x.code().constant(c.integers() + places), c.integers());
    Value relative = bits.plusBits(-c.twoThirds());
    Value n = exponent(relative).minus(origin);
    Value f = bits.minusBits(relative.andBits(c.exponent())).fromBits().minus(1);
    return withLimits(x, n.fma(c.ln2().high(), nearOne(f, n, c.ln2().low())));
  }

  /**
   * Returns the logarithm of 1 + x, accurate near zero.
   *
   * <p>Formula: that of the class for u = 1 + x, but f = x 2<sup>-n</sup> - (1 - 2<sup>-n</sup>),
   * which is x itself for n = 0: the rounding of u does no harm.
   *
   * <p>Special cases: -0.0 gives -0.0; -1 gives -inf, less gives NaN, +inf gives +inf, NaN gives
   * NaN.
   *
   * <p>Accuracy: float32 1.6 ULP over all inputs; float64 1.9 ULP.
   */
  static Value log1p(Value x) {
    LogConstants c = LogConstants.of(x);
    Value u = x.plus(1);
    Value relative = u.toBits().plusBits(-c.twoThirds());
    Value exponent = relative.andBits(c.exponent());
    Code code = x.code();
    // This way round, -n and n log(2) are such zeros that a zero keeps its sign.
    Value negative = code.constant(c.integers()).minus(exponent(relative));
    // 2^-n may be subnormal, 2^(2 - n) is not.
    Value power = code.bits(c.four()).minusBits(exponent).fromBits();
    Value scaled = x.toBits().minusBits(exponent).fromBits();
    Value f = scaled.minus(power.fma(-0.25, 1));
    return withLimits(u, negative.fma(-c.ln2().high(), nearOne(f, negative, -c.ln2().low())));
  }

  /** Returns n + {@link LogConstants#integers}. */
  private static Value exponent(Value relative) {
    LogConstants c = LogConstants.of(relative);
    return relative.shiftRight(c.fractionBits()).plusBits(c.integersBits()).fromBits();
  }

  /** Returns log(1 + f) + n low, where the second term is small and may be left out. */
  private static Value nearOne(Value f, Value n, double low) {
    Value sum = low == 0 ? f : n.fma(low, f);
    return f.polynomial(LogConstants.of(f).rest()).fma(f.times(f), sum);
  }

  /** Returns the result for an argument above 0 and below +inf, the limits for others. */
  private static Value withLimits(Value argument, Value result) {
    Code code = argument.code();
    Value bounded = argument.lt(Double.POSITIVE_INFINITY).select(result, argument);
    Value pole = argument.eq(code.constant(0)).select(Double.NEGATIVE_INFINITY, nan(code));
    return argument.gt(0).select(bounded, pole);
  }

  private static Value nan(Code code) {
    return code.constant(Double.NaN);
  }
}
