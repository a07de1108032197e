package io.ember4j.backend.pure;

/**
 * A tail that is N / ((slope t + offset) N + M) with polynomials M and N in t.
 *
 * <p>Hardly any of their terms is negative. For large t, M is small beside the other term, so a
 * rounding error in N cancels.
 */
final class TailQuotient implements Tail {
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

  @Override
  public Value times(Gaussian e) {
    Value t = e.size();
    Value numerator = t.polynomial(n);
    Value line = slope == 0 ? t.code().constant(offset) : t.fma(slope, offset);
    return e.times(numerator.dividedBy(line.fma(numerator, t.polynomial(m))));
  }
}
