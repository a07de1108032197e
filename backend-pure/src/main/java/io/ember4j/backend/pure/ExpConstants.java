package io.ember4j.backend.pure;

import io.ember4j.DType;

/**
 * The numbers of a dtype that its exponential kernels are made of.
 *
 * <p>Source: {@code backend-pure/tools/kernels.py exp} and {@code expm1}.
 */
final class ExpConstants {

  private static final Split LOG2E = new Split(0x1.71547652b82fep+0, 0x1.777d0ffda0d24p-56);

  private static final ExpConstants FLOAT32 =
      new ExpConstants(
          23,
          127,
          64,
          -104,
          20.5,
          89,
          LOG2E.in(DType.FLOAT32),
          new Split(0x1.62e42ep-1, 0x1.efa39ep-25),
          ExpPolynomials.FLOAT32);

  private static final ExpConstants FLOAT64 =
      new ExpConstants(
          52,
          1023,
          512,
          -746,
          41.5,
          710,
          LOG2E,
          new Split(0x1.62e42fefa39efp-1, 0x1.abc9e3b39803fp-56),
          ExpPolynomials.FLOAT64);

  private final int fractionBits;
  private final int bias;
  private final int raise;
  private final double underflow;
  private final double negligible;
  private final double overflow;
  private final Split log2e;
  private final Split ln2;
  private final ExpPolynomials polynomials;

  private ExpConstants(
      int fractionBits,
      int bias,
      int raise,
      double underflow,
      double negligible,
      double overflow,
      Split log2e,
      Split ln2,
      ExpPolynomials polynomials) {
    this.fractionBits = fractionBits;
    this.bias = bias;
    this.raise = raise;
    this.underflow = underflow;
    this.negligible = negligible;
    this.overflow = overflow;
    this.log2e = log2e;
    this.ln2 = ln2;
    this.polynomials = polynomials;
  }

  /** Returns the numbers for the dtype of a value. */
  static ExpConstants of(Value x) {
    return x.code().dtype() == DType.FLOAT32 ? FLOAT32 : FLOAT64;
  }

  /** Returns how many bits a significand has after its leading one. */
  int fractionBits() {
    return fractionBits;
  }

  /** Returns the n of the factor 2<sup>n</sup> that keeps small exponentials normal. */
  int raise() {
    return raise;
  }

  /** Returns the factor 2<sup>-raise</sup>. */
  double lower() {
    return Math.scalb(1.0, -raise);
  }

  /**
   * Returns the number whose addition rounds to an integer n, and whose sum with it has, in its
   * lowest bits, the exponent field of 2<sup>n + raised</sup>.
   */
  double rounder(int raised) {
    return 1.5 * Math.scalb(1.0, fractionBits) + bias + raised;
  }

  /** Returns the x below which e<sup>x</sup> rounds to zero. */
  double underflow() {
    return underflow;
  }

  /** Returns an x below which even x e<sup>x</sup> rounds to zero. */
  double deepUnderflow() {
    return underflow - 8;
  }

  /** Returns the x above which e<sup>x</sup> rounds to infinity. */
  double overflow() {
    return overflow;
  }

  /** Returns the x from which on 1 + x e<sup>-x</sup> rounds to 1. */
  double negligible() {
    return negligible;
  }

  /** Returns the size below which e<sup>x</sup> - 1 rounds to x. */
  double tiny() {
    return Math.scalb(1.0, -fractionBits - 2);
  }

  /** Returns log2(e). */
  Split log2e() {
    return log2e;
  }

  /** Returns log(2), both parts positive so that a zero keeps its sign in the reduction. */
  Split ln2() {
    return ln2;
  }

  /** Returns (e<sup>r</sup> - 1 - r) / r² for |r| &lt;= log(2)/2, ascending. */
  double[] expm1() {
    return polynomials.expm1();
  }

  /** Returns (2<sup>f</sup> - 1) / f for |f| &lt;= 1/2, ascending. */
  double[] exp2() {
    return polynomials.exp2();
  }

  /** Returns log(1 + e) / e for 0 &lt; e &lt;= 1, ascending. */
  double[] log1p() {
    return polynomials.log1p();
  }
}
