package io.ember4j.backend.pure;

/**
 * An approximation of a function like e<sup>t²</sup> erfc(t), which falls as 1 / t.
 *
 * <p>Formula: N / ((slope t + offset) N + M) with polynomials M and N in t, all of whose terms are
 * positive. For large t, M is small beside the other term, so a rounding error in N cancels.
 */
final class TailQuotient {
  private final double slope;
  private final double offset;
  private final double[] n;
  private final double[] m;

  /** The coefficients of the polynomials are ascending. */
  TailQuotient(double slope, double offset, double[] n, double[] m) {
    this.slope = slope;
    this.offset = offset;
    this.n = n;
    this.m = m;
  }

  /** Returns the quotient. */
  Value at(Value t) {
    Value numerator = t.polynomial(n);
    Value line = t.fma(slope, offset);
    return numerator.dividedBy(line.fma(numerator, t.polynomial(m)));
  }
}
