package io.ember4j.backend.pure;

/**
 * An argument of an exponential after range reduction: e<sup>x</sup> is power times
 * e<sup>rest</sup> (or 2<sup>rest</sup>).
 *
 * @param rest what is left of x
 * @param power 2<sup>n</sup>, where x = n log(2) + rest, raised by the factor 2<sup>raised</sup>
 */
record Reduced(Value rest, Value power) {

  /** Reduces x to |rest| &lt;= log(2)/2, where n + raised has to be a normal exponent. */
  static Reduced natural(Value x, int raised) {
    return natural(x, x.code().constant(ExpConstants.of(x).rounder(raised)));
  }

  /** Reduces x, where a {@link ExpConstants#rounder} may be another one for each element. */
  static Reduced natural(Value x, Value rounder) {
    ExpConstants c = ExpConstants.of(x);
    Value rounded = x.fma(c.log2e().high(), rounder);
    Value n = rounded.minus(rounder);
    // Exact: both are multiples of the ulp of log(2), or of x's own, and close to each other.
    Value rest = n.fma(-c.ln2().high(), x);
    return new Reduced(n.fma(-c.ln2().low(), rest), power(rounded));
  }

  /** Reduces x (high + low), a logarithm to base 2, to |rest| &lt;= 1/2. */
  static Reduced binary(Value x, Value high, Value low, int raised) {
    Value rounder = x.code().constant(ExpConstants.of(x).rounder(raised));
    Value rounded = x.fma(high, rounder);
    Value rest = x.fma(high, rounder.minus(rounded));
    rest = x.fma(low, rest);
    return new Reduced(rest, power(rounded));
  }

  private static Value power(Value rounded) {
    return rounded.toBits().shiftLeft(ExpConstants.of(rounded).fractionBits()).fromBits();
  }
}
