package io.ember4j.backend.pure;

/**
 * Kernels of the exponential, and the exponentials that other kernels are made of.
 *
 * <p>Range reduction: x = n log(2) + r with an integer n and |r| &lt;= log(2)/2, of which the first
 * step is exact ({@link Reduced}). Then e<sup>x</sup> = 2<sup>n</sup> + 2<sup>n</sup> r (1 + r
 * P(r)), where the last step is one FMA. {@link ExpConstants} has the polynomials.
 *
 * <p>Accuracy: the float64 bounds of this class and the other kernels are the largest errors at two
 * million points or more each, rounded up.
 */
final class ExpKernels {

  private ExpKernels() {}

  /**
   * Returns e<sup>x</sup>.
   *
   * <p>Special cases: -inf gives 0.0, +inf gives +inf, NaN gives NaN.
   *
   * <p>Accuracy: float32 0.93 ULP over all inputs; float64 1.01 ULP.
   */
  static Value exp(Value x) {
    ExpConstants c = ExpConstants.of(x);
    Code code = x.code();
    // At the ends 2^n is subnormal or infinite: all is computed nearer to one and scaled last.
    Value negative = x.lt(0);
    Value rounder = negative.select(code.constant(c.rounder(c.raise())), c.rounder(-c.raise()));
    Value scale = negative.select(code.constant(c.lower()), 1 / c.lower());
    Bounded bounded = Bounded.of(x, c.underflow(), c.overflow());
    Value result = power(Reduced.natural(bounded.inside(), rounder)).times(scale);
    return bounded.orLimit(0, result, Double.POSITIVE_INFINITY);
  }

  /**
   * Returns e<sup>x</sup> - 1, accurate near zero.
   *
   * <p>Formula: with q = e<sup>r</sup> - 1, twice 2<sup>n-1</sup> q + (2<sup>n-1</sup> - 1/2),
   * since 2<sup>n</sup> may be infinite; x itself where it is tiny.
   *
   * <p>Special cases: -0.0 gives -0.0; -inf gives -1, +inf gives +inf, NaN gives NaN.
   *
   * <p>Accuracy: float32 1.49 ULP over all inputs; float64 2.1 ULP.
   */
  static Value expm1(Value x) {
    ExpConstants c = ExpConstants.of(x);
    Value bounded = x.lt(-c.negligible()).select(-c.negligible(), x);
    Reduced reduced = Reduced.natural(bounded, -1);
    Value power = reduced.power();
    Value half = power.fma(expm1(reduced), power.minus(0.5));
    // Half of a subnormal number would lose a bit, and the sum above a zero's sign.
    Value result = x.abs().lt(c.tiny()).select(x, half.plus(half));
    return x.gt(c.overflow()).select(Double.POSITIVE_INFINITY, result);
  }

  /** Returns e<sup>rest</sup> - 1 of a natural reduction: r + r² P(r). */
  static Value expm1(Reduced reduced) {
    Value r = reduced.rest();
    return r.times(r).fma(r.polynomial(ExpConstants.of(r).expm1()), r);
  }

  /**
   * Returns 2<sup>raise</sup> e<sup>x</sup>, which is normal where e<sup>x</sup> is not: {@link
   * #lower} takes the factor back once all else is done, so a result is rounded once on its way to
   * a subnormal number.
   *
   * <p>Domain: -130 &lt; x &lt; 43 for float32, -1062 &lt; x &lt; 354 for float64; NaN gives NaN.
   *
   * <p>Accuracy: float32 0.9 ULP.
   */
  static Value raisedExp(Value x) {
    return power(Reduced.natural(x, ExpConstants.of(x).raise()));
  }

  /**
   * Returns 2<sup>raise</sup> 2<sup>scale x</sup>: with scale = c log2(e), an exponential of c x
   * without the rounding error of the product. The scale is the sum of two doubles, whatever the
   * dtype.
   *
   * <p>Domain: -190 &lt; scale x &lt; 62 for float32, -1534 &lt; scale x &lt; 511 for float64; NaN
   * gives NaN.
   *
   * <p>Accuracy: float32 1 ULP.
   */
  static Value raisedExp2(Value x, Split scale) {
    Code code = x.code();
    Split parts = scale.in(code.dtype());
    return raisedExp2(x, code.constant(parts.high()), code.constant(parts.low()));
  }

  /** Returns 2<sup>raise</sup> 2<sup>(high + low) x</sup>. */
  static Value raisedExp2(Value x, Value high, Value low) {
    Reduced reduced = Reduced.binary(x, high, low, ExpConstants.of(x).raise());
    return plusExp2m1(reduced.power(), reduced);
  }

  /**
   * Returns what {@link #raisedExp2(Value, Value, Value)} was rounded by, its exact value less it.
   */
  static Value raisedExp2Rest(Value x, Value high, Value low) {
    Reduced reduced = Reduced.binary(x, high, low, ExpConstants.of(x).raise());
    return plusExp2m1(reduced.power().minus(raisedExp2(x, high, low)), reduced);
  }

  /** Returns a + power (2<sup>rest</sup> - 1). */
  private static Value plusExp2m1(Value a, Reduced reduced) {
    Value f = reduced.rest();
    return f.times(reduced.power()).fma(f.polynomial(ExpConstants.of(f).exp2()), a);
  }

  /**
   * Returns e<sup>x</sup> 2<sup>-k</sup>, given {@link ExpConstants#rounder}(raise) - k: the factor
   * is taken off the exponent before there is one, and costs nothing.
   *
   * <p>Domain: x up to (k + 1) log(2), k of less than 2<sup>12</sup>.
   *
   * <p>Special cases: x = -inf gives 0.0; if x or the rounder is NaN, NaN.
   *
   * <p>Accuracy: float32 0.93 ULP, float64 1.01 ULP.
   */
  static Value expOverPower(Value x, Value rounder) {
    ExpConstants c = ExpConstants.of(x);
    double ln2 = c.ln2().high();
    // k log(2), less what makes everything underflow, but for an error of up to one.
    Value lowest = rounder.fma(-ln2, c.rounder(c.raise()) * ln2 + c.deepUnderflow());
    return lower(power(Reduced.natural(x.lt(lowest).select(lowest, x), rounder)));
  }

  /** Returns (1 + e)² = 1 + e (e + 2), where raised is e times 2<sup>raise</sup>. */
  static Value squareOfOnePlus(Value raised) {
    double lower = ExpConstants.of(raised).lower();
    return raised.fma(raised.fma(lower, 2).times(lower), 1);
  }

  /** Returns a raised result times 2<sup>-raise</sup>. */
  static Value lower(Value raised) {
    return raised.times(ExpConstants.of(raised).lower());
  }

  /** Returns power e<sup>rest</sup> of a natural reduction. */
  private static Value power(Reduced reduced) {
    Value r = reduced.rest();
    Value slope = r.fma(r.polynomial(ExpConstants.of(r).expm1()), 1);
    return r.times(reduced.power()).fma(slope, reduced.power());
  }
}
