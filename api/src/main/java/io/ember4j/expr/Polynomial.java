package io.ember4j.expr;

/** Polynomials in one double variable. */
final class Polynomial {

  private Polynomial() {}

  /** Returns c[0] + c[1] x + c[2] x² + ... by Horner's rule. */
  static double evaluate(double[] c, double x) {
    double sum = c[c.length - 1];
    for (int i = c.length - 2; i >= 0; i--) {
      sum = Math.fma(sum, x, c[i]);
    }
    return sum;
  }
}
