package io.ember4j.backend.pure;

/**
 * A size t &gt;= 0 mapped to a position s = (t - c) / (t + c) between -1 and 1, in which a function
 * that changes ever more slowly is a polynomial.
 *
 * <p>Formula: r = 1 / (t + c) and s = 1 - 2c r. The center c is a power of two, so that both are
 * exact at t = 0, and up to t = c the step from r to s rounds nothing.
 *
 * @param reciprocal r
 * @param position s
 * @param error what r is short of, relative to it: the sum's rounding error and the quotient's
 */
record Mapped(Value reciprocal, Value position, Value error) {

  /** Maps a size, the center to 0. */
  static Mapped of(Value t, double center) {
    Value sum = t.plus(center);
    Value reciprocal = t.code().constant(1).dividedBy(sum);
    Value position = reciprocal.fma(-2 * center, 1);
    // Both are exact: what the sum was rounded by, and what the quotient leaves.
    Value low = t.minus(sum.minus(center));
    Value rest = sum.negate().fma(reciprocal, 1);
    return new Mapped(reciprocal, position, low.negate().fma(reciprocal, rest));
  }

  /**
   * Returns the excess of an exponential that a function of r is going to be multiplied by, less
   * the error of that function: r's times the sensitivity, a rough polynomial in r.
   */
  Value correct(Value excess, double[] sensitivity) {
    return reciprocal.polynomial(sensitivity).fma(error, excess);
  }
}
