package io.ember4j.backend.pure;

/**
 * Kernels of the logarithm.
 *
 * <p>Range reduction: the argument is 2<sup>n</sup> (1 + f) with 2/3 &lt;= 1 + f &lt; 4/3, by
 * integer arithmetic on its bits. Then the logarithm is n log(2) + f + f² P(f).
 *
 * <p>Source: the coefficients are from {@code backend-pure/tools/error_functions.py log}.
 */
final class LogKernels {

  private static final double SMALLEST_NORMAL = 0x1p-126;

  /** The bits of 2/3. */
  private static final int TWO_THIRDS = 0x3f2aaaab;

  private static final int EXPONENT = 0xff800000;

  /** A number whose lowest bits count integers, and its own bits. */
  private static final double INTEGERS = 0x1.8p23;

  private static final int INTEGERS_BITS = 0x4b400000;

  /** log(2) rounded, which is off by 0.03 ULP only. */
  private static final double LN2 = 0x1.62e430p-1;

  /** (log(1 + f) - f) / f². */
  private static final double[] REST = {
    -0x1.0p-1,
    0x1.555506p-2,
    -0x1.fffefcp-3,
    0x1.99d03cp-3,
    -0x1.559c40p-3,
    0x1.1ed712p-3,
    -0x1.f333aap-4,
    0x1.1e63dcp-3,
    -0x1.07c6b4p-3,
  };

  private LogKernels() {}

  /**
   * Returns the natural logarithm.
   *
   * <p>Formula: that of the class; a subnormal x is multiplied by 2<sup>23</sup> first.
   *
   * <p>Special cases: both zeros give -inf, less gives NaN, +inf gives +inf, NaN gives NaN.
   *
   * <p>Accuracy: float32 0.94 ULP over all inputs.
   */
  static Value log(Value x) {
    int places = ExpConstants.of(x).fractionBits();
    Value subnormal = x.lt(SMALLEST_NORMAL);
    Value bits = subnormal.select(x.times(0x1p23), x).toBits();
    Value origin = subnormal.select(x.code().constant(INTEGERS + 23), INTEGERS);
    Value relative = bits.plusBits(-TWO_THIRDS);
    Value n = relative.shiftRight(places).plusBits(INTEGERS_BITS).fromBits().minus(origin);
    Value f = bits.minusBits(relative.andBits(EXPONENT)).fromBits().minus(1);
    return withLimits(x, n.fma(LN2, nearOne(f)));
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
   * <p>Accuracy: float32 1.6 ULP over all inputs.
   */
  static Value log1p(Value x) {
    int places = ExpConstants.of(x).fractionBits();
    Value u = x.plus(1);
    Value relative = u.toBits().plusBits(-TWO_THIRDS);
    Value exponent = relative.andBits(EXPONENT);
    Code code = x.code();
    // This way round, -n and n log(2) are such zeros that a zero keeps its sign.
    Value negative =
        code.constant(INTEGERS)
            .minus(relative.shiftRight(places).plusBits(INTEGERS_BITS).fromBits());
    // 2^-n may be subnormal, 2^(2 - n) is not.
    Value power = code.bits(Float.floatToRawIntBits(4)).minusBits(exponent).fromBits();
    Value scaled = x.toBits().minusBits(exponent).fromBits();
    Value f = scaled.minus(power.fma(-0.25, 1));
    return withLimits(u, negative.fma(-LN2, nearOne(f)));
  }

  /** Returns log(1 + f). */
  private static Value nearOne(Value f) {
    return f.polynomial(REST).fma(f.times(f), f);
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
