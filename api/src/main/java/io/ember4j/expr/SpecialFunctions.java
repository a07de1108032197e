package io.ember4j.expr;

/**
 * The special functions behind the activations, in double precision: what a backend without its own
 * computes with.
 *
 * <p>Special cases: NaN gives NaN everywhere; each function names the others.
 *
 * <p>Accuracy: each function states, in ULP, the largest error found at 100,000 points or more over
 * its whole range, rounded up: around zero, at its zeros and extrema, in its tails and where the
 * result is subnormal (a result below half the smallest subnormal is a zero). The points and their
 * values come from {@code api/tools/special_functions.py table --points 200000}. Apart from {@code
 * expm1} and {@code log1p}, which are the JDK's, the bits of a result are the same on every
 * platform.
 *
 * <p>Source: the coefficients are derived by {@code api/tools/special_functions.py coefficients}.
 */
public final class SpecialFunctions {

  private SpecialFunctions() {}

  /**
   * Returns the error function.
   *
   * <p>Formula: 2/sqrt(pi) times the integral of e<sup>-t²</sup> from 0 to x.
   *
   * <p>Special cases: erf(-0.0) is -0.0; -inf gives -1, +inf gives 1.
   *
   * <p>Accuracy: 0.70 ULP.
   */
  public static double erf(double x) {
    return ErrorFunction.erf(x);
  }

  /**
   * Returns the complementary error function.
   *
   * <p>Formula: 1 - erf(x), without its cancellation.
   *
   * <p>Special cases: -inf gives 2, +inf gives 0.0.
   *
   * <p>Accuracy: 0.88 ULP.
   */
  public static double erfc(double x) {
    return ErrorFunction.erfc(x);
  }

  /**
   * Returns the standard normal distribution function.
   *
   * <p>Formula: erfc(-x / sqrt(2)) / 2.
   *
   * <p>Special cases: -inf gives 0.0, 0 gives 0.5, +inf gives 1.
   *
   * <p>Accuracy: 0.89 ULP.
   */
  public static double ndtr(double x) {
    return ErrorFunction.ndtr(x);
  }

  /**
   * Returns the Gaussian error linear unit.
   *
   * <p>Formula: x ndtr(x).
   *
   * <p>Special cases: -0.0 gives -0.0; -inf gives -0.0, +inf gives +inf.
   *
   * <p>Accuracy: 0.81 ULP.
   */
  public static double gelu(double x) {
    return ErrorFunction.gelu(x);
  }

  /**
   * Returns GELU's approximation by a hyperbolic tangent.
   *
   * <p>Formula: x (1 + tanh(u)) / 2 = x sigmoid(2u), where u = sqrt(2/pi) (x + 0.044715 x³); the
   * constants are the real numbers, not their nearest doubles.
   *
   * <p>Special cases: -0.0 gives -0.0; -inf gives -0.0, +inf gives +inf.
   *
   * <p>Accuracy: 0.75 ULP.
   */
  public static double geluTanh(double x) {
    return Logistic.geluTanh(x);
  }

  /**
   * Returns GELU's approximation by a sigmoid.
   *
   * <p>Formula: x sigmoid(1.702 x); the constant is the real number, not its nearest double.
   *
   * <p>Special cases: -0.0 gives -0.0; -inf gives -0.0, +inf gives +inf.
   *
   * <p>Accuracy: 0.75 ULP.
   */
  public static double geluSigmoid(double x) {
    return Logistic.geluSigmoid(x);
  }

  /**
   * Returns the sigmoid linear unit, also called swish.
   *
   * <p>Formula: x sigmoid(x).
   *
   * <p>Special cases: -0.0 gives -0.0; -inf gives -0.0, +inf gives +inf.
   *
   * <p>Accuracy: 0.75 ULP.
   */
  public static double silu(double x) {
    return Logistic.silu(x);
  }

  /**
   * Returns the mish function.
   *
   * <p>Formula: x tanh(softplus(x)) = x n / (n + 2), where n = e<sup>x</sup> (e<sup>x</sup> + 2).
   *
   * <p>Special cases: -0.0 gives -0.0; -inf gives -0.0, +inf gives +inf.
   *
   * <p>Accuracy: 0.76 ULP.
   */
  public static double mish(double x) {
    return Logistic.mish(x);
  }

  /**
   * Returns the logistic function.
   *
   * <p>Formula: 1 / (1 + e<sup>-x</sup>).
   *
   * <p>Special cases: -inf gives 0.0, 0 gives 0.5, +inf gives 1.
   *
   * <p>Accuracy: 0.75 ULP.
   */
  public static double sigmoid(double x) {
    return Logistic.sigmoid(x);
  }

  /**
   * Returns the smooth positive part.
   *
   * <p>Formula: log(1 + e<sup>x</sup>).
   *
   * <p>Special cases: -inf gives 0.0, +inf gives +inf.
   *
   * <p>Accuracy: 0.76 ULP.
   */
  public static double softplus(double x) {
    return Logistic.softplus(x);
  }

  /**
   * Returns the logarithm of the logistic function.
   *
   * <p>Formula: -softplus(-x).
   *
   * <p>Special cases: -inf gives -inf, +inf gives 0.0, as does every x whose result underflows.
   *
   * <p>Accuracy: 0.75 ULP.
   */
  public static double logSigmoid(double x) {
    return 0.0 - Logistic.softplus(-x);
  }

  /**
   * Returns the tanhshrink function, an argument less its hyperbolic tangent.
   *
   * <p>Formula: x - tanh(x), by Lambert's continued fraction for |x| &lt; 1, without its
   * cancellation.
   *
   * <p>Special cases: -0.0 gives -0.0; the infinities give themselves.
   *
   * <p>Accuracy: 0.57 ULP.
   */
  public static double tanhshrink(double x) {
    return Logistic.tanhshrink(x);
  }

  /**
   * Returns the derivative of the error function.
   *
   * <p>Formula: 2/sqrt(pi) e<sup>-x²</sup>.
   *
   * <p>Special cases: the infinities give 0.0.
   *
   * <p>Accuracy: 0.76 ULP.
   */
  public static double erfDerivative(double x) {
    return NormalDerivatives.erf(x);
  }

  /**
   * Returns the standard normal density, the derivative of {@link #ndtr}.
   *
   * <p>Formula: e<sup>-x²/2</sup> / sqrt(2 pi).
   *
   * <p>Special cases: the infinities give 0.0.
   *
   * <p>Accuracy: 0.75 ULP.
   */
  public static double normalPdf(double x) {
    return NormalDerivatives.ndtr(x);
  }

  /**
   * Returns the derivative of the Gaussian error linear unit.
   *
   * <p>Formula: ndtr(x) + x normalPdf(x).
   *
   * <p>Special cases: -inf gives -0.0, as does every x whose result underflows; +inf gives 1.
   *
   * <p>Accuracy: 0.96 ULP, also at the doubles next to its zero at -0.7518.
   */
  public static double geluDerivative(double x) {
    return NormalDerivatives.gelu(x);
  }

  /**
   * Returns the derivative of {@link #geluTanh}.
   *
   * <p>Formula: s + x s (1 - s) 2u', where s = sigmoid(2u) and u = sqrt(2/pi) (x + 0.044715 x³);
   * the constants are the real numbers, not their nearest doubles.
   *
   * <p>Special cases: -inf gives -0.0, as does every x whose result underflows; +inf gives 1.
   *
   * <p>Accuracy: 0.89 ULP, also at the doubles next to its zero at -0.7525.
   */
  public static double geluTanhDerivative(double x) {
    return LogisticDerivatives.geluTanh(x);
  }

  /**
   * Returns the derivative of {@link #geluSigmoid}.
   *
   * <p>Formula: s + 1.702 x s (1 - s), where s = sigmoid(1.702 x); the constant is the real number,
   * not its nearest double.
   *
   * <p>Special cases: -inf gives -0.0, as does every x whose result underflows; +inf gives 1.
   *
   * <p>Accuracy: 0.87 ULP, also at the doubles next to its zero at -0.7512.
   */
  public static double geluSigmoidDerivative(double x) {
    return LogisticDerivatives.geluSigmoid(x);
  }

  /**
   * Returns the derivative of the sigmoid linear unit.
   *
   * <p>Formula: s + x s (1 - s), where s = sigmoid(x).
   *
   * <p>Special cases: -inf gives -0.0, as does every x whose result underflows; +inf gives 1.
   *
   * <p>Accuracy: 0.92 ULP, also at the doubles next to its zero at -1.2785.
   */
  public static double siluDerivative(double x) {
    return LogisticDerivatives.silu(x);
  }

  /**
   * Returns the derivative of the mish function.
   *
   * <p>Formula: e ((e + 2) (n + 2) + 4x (e + 1)) / (n + 2)², where e = e<sup>x</sup> and n = e (e +
   * 2).
   *
   * <p>Special cases: -inf gives -0.0, as does every x whose result underflows; +inf gives 1.
   *
   * <p>Accuracy: 0.75 ULP, also at the doubles next to its zero at -1.1924.
   */
  public static double mishDerivative(double x) {
    return LogisticDerivatives.mish(x);
  }

  /**
   * Returns the derivative of the logistic function.
   *
   * <p>Formula: e / (1 + e)², where e = e<sup>-|x|</sup>.
   *
   * <p>Special cases: the infinities give 0.0, 0 gives 0.25.
   *
   * <p>Accuracy: 0.75 ULP.
   */
  public static double sigmoidDerivative(double x) {
    return LogisticDerivatives.sigmoid(x);
  }

  /**
   * Returns the derivative of the hyperbolic tangent.
   *
   * <p>Formula: sech²(x) = 4e / (1 + e)², where e = e<sup>-2|x|</sup>.
   *
   * <p>Special cases: the infinities give 0.0, 0 gives 1.
   *
   * <p>Accuracy: 0.75 ULP.
   */
  public static double tanhDerivative(double x) {
    return LogisticDerivatives.tanh(x);
  }

  /**
   * Returns the derivative of LeCun's scaled hyperbolic tangent, 1.7159 tanh(2x/3).
   *
   * <p>Formula: 1.7159 (2/3) sech²(2x/3); the constants are the real numbers, not their nearest
   * doubles.
   *
   * <p>Special cases: the infinities give 0.0.
   *
   * <p>Accuracy: 0.75 ULP.
   */
  public static double lecunTanhDerivative(double x) {
    return LogisticDerivatives.lecunTanh(x);
  }

  /**
   * Returns the exponential minus one, accurate near zero.
   *
   * <p>Formula: e<sup>x</sup> - 1.
   *
   * <p>Special cases: -0.0 gives -0.0; -inf gives -1, +inf gives +inf.
   *
   * <p>Accuracy: 0.79 ULP, OpenJDK's own.
   */
  public static double expm1(double x) {
    return Math.expm1(x);
  }

  /**
   * Returns the logarithm of 1 + x, accurate near zero.
   *
   * <p>Formula: log(1 + x).
   *
   * <p>Special cases: -0.0 gives -0.0; -1 gives -inf, less gives NaN, +inf gives +inf.
   *
   * <p>Accuracy: 0.79 ULP, OpenJDK's own.
   */
  public static double log1p(double x) {
    return Math.log1p(x);
  }
}
