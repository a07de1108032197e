package io.ember4j.expr;

import java.util.List;

/**
 * The smooth functions behind gelu, silu, mish and their relatives: x, or something near it, times
 * a gate.
 *
 * <p>A backend may announce them as native, value and derivative; elsewhere their bodies run. Those
 * reach the limit at -infinity, -0, by limiting the factor x from below: there the gate is 0
 * already.
 */
public final class SmoothFunctions {
  private static final Expr X = Expr.input(0);

  /** Below this every gate here is 0 in float64. */
  private static final double FLOOR = -1000;

  /** Above this every gate here is 1 in float64. */
  private static final double CEILING = 40;

  /** x, but no further from 0 than any gate or its complement is above 0. */
  private static final Expr BOUNDED = X.max(FLOOR).min(-FLOOR);

  // ---- derivatives

  /** The derivative of gelu, ndtr(x) + x pdf(x). */
  public static final NamedFunction GELU_DERIVATIVE =
      NamedFunction.of(
          "gelu_derivative",
          BOUNDED.times(Functions.NORMAL_PDF.apply(X)).plus(X.ndtr()),
          SpecialFunctions::geluDerivative);

  /** The derivative of gelu_tanh. */
  public static final NamedFunction GELU_TANH_DERIVATIVE =
      NamedFunction.of(
          "gelu_tanh_derivative",
          gatedDerivative(geluTanhArgument(BOUNDED), geluTanhPolynomial(3, BOUNDED)),
          SpecialFunctions::geluTanhDerivative);

  /** The derivative of gelu_sigmoid. */
  public static final NamedFunction GELU_SIGMOID_DERIVATIVE =
      NamedFunction.of(
          "gelu_sigmoid_derivative",
          gatedDerivative(X.times(1.702), Expr.constant(1.702)),
          SpecialFunctions::geluSigmoidDerivative);

  /** The derivative of silu, s + x s (1 - s) with s = sigmoid(x). */
  public static final NamedFunction SILU_DERIVATIVE =
      NamedFunction.of("silu_derivative", siluDerivative(), SpecialFunctions::siluDerivative);

  /** The derivative of mish. */
  public static final NamedFunction MISH_DERIVATIVE =
      NamedFunction.of("mish_derivative", mishDerivative(), SpecialFunctions::mishDerivative);

  /** The derivative of lecun_tanh, 1.7159 2/3 times that of tanh at 2x/3. */
  public static final NamedFunction LECUN_TANH_DERIVATIVE =
      NamedFunction.of(
          "lecun_tanh_derivative",
          Functions.TANH_DERIVATIVE.apply(X.times(2.0 / 3)).times(1.7159 * 2 / 3),
          SpecialFunctions::lecunTanhDerivative);

  /** The derivative of tanhshrink, tanh(x)^2. */
  public static final NamedFunction TANHSHRINK_DERIVATIVE =
      NamedFunction.of("tanhshrink_derivative", List.of("x"), X.tanh().times(X.tanh()));

  // ---- functions

  /** x ndtr(x). */
  public static final NamedFunction GELU =
      NamedFunction.of("gelu", X.max(FLOOR).times(X.ndtr()), SpecialFunctions::gelu)
          .withDerivatives(GELU_DERIVATIVE.apply(X));

  /** x sigmoid(2 sqrt(2 / pi) (x + 0.044715 x^3)), which is the usual form with tanh. */
  public static final NamedFunction GELU_TANH =
      NamedFunction.of("gelu_tanh", geluTanhBody(), SpecialFunctions::geluTanh)
          .withDerivatives(GELU_TANH_DERIVATIVE.apply(X));

  /** x sigmoid(1.702 x). */
  public static final NamedFunction GELU_SIGMOID =
      NamedFunction.of(
              "gelu_sigmoid",
              X.max(FLOOR).times(X.times(1.702).sigmoid()),
              SpecialFunctions::geluSigmoid)
          .withDerivatives(GELU_SIGMOID_DERIVATIVE.apply(X));

  /** x sigmoid(x). */
  public static final NamedFunction SILU =
      NamedFunction.of("silu", siluBody(), SpecialFunctions::silu)
          .withDerivatives(SILU_DERIVATIVE.apply(X));

  /** x tanh(log(1 + e^x)). */
  public static final NamedFunction MISH =
      NamedFunction.of("mish", mishBody(), SpecialFunctions::mish)
          .withDerivatives(MISH_DERIVATIVE.apply(X));

  /** log(sigmoid(x)) as min(x, 0) - log(1 + e^-|x|). */
  public static final NamedFunction LOG_SIGMOID =
      NamedFunction.of(
              "log_sigmoid",
              X.min(0).minus(X.abs().negate().exp().log1p()),
              SpecialFunctions::logSigmoid)
          .withDerivatives(X.negate().sigmoid());

  /** x - tanh(x) without cancellation. */
  public static final NamedFunction TANHSHRINK =
      NamedFunction.of("tanhshrink", tanhshrinkBody(), SpecialFunctions::tanhshrink)
          .withDerivatives(TANHSHRINK_DERIVATIVE.apply(X));

  private SmoothFunctions() {}

  /** Returns the derivative of x sigmoid(z), where z has the given slope. */
  private static Expr gatedDerivative(Expr z, Expr slope) {
    return BOUNDED.times(z.negate().sigmoid()).times(slope).plus(1).times(z.sigmoid());
  }

  private static Expr geluTanhBody() {
    return X.max(FLOOR).times(geluTanhArgument(X).sigmoid());
  }

  private static Expr geluTanhArgument(Expr x) {
    return x.times(geluTanhPolynomial(1, x));
  }

  /** Returns c + scale 0.044715 c x^2, where c = 2 sqrt(2 / pi). */
  private static Expr geluTanhPolynomial(double scale, Expr x) {
    double linear = 2 * Math.sqrt(2 / Math.PI);
    return x.times(x).times(linear * 0.044715 * scale).plus(linear);
  }

  /**
   * With h = e^(x/2): x h / (1 + h^2) h. The small factor h comes last, so that a result below the
   * smallest normal number is rounded once.
   */
  private static Expr siluBody() {
    Expr x = X.max(FLOOR).min(CEILING);
    Expr h = x.dividedBy(2).exp();
    Expr gated = x.times(h).dividedBy(h.times(h).plus(1)).times(h);
    return Expr.where(X.gt(CEILING), X, gated);
  }

  /** With e = e^x: e (1 + e + x) / (1 + e)^2, one half of the factor e last. */
  private static Expr siluDerivative() {
    Expr x = X.max(FLOOR).min(CEILING);
    Expr h = x.dividedBy(2).exp();
    Expr shifted = h.times(h).plus(1);
    Expr sum = shifted.plus(x);
    Expr gated = sum.times(h).dividedBy(shifted.times(shifted)).times(h);
    return Expr.where(X.gt(CEILING), Expr.constant(1), gated);
  }

  /**
   * With e = e^x and n = e (e + 2), mish is x n / (n + 2); again with h = e^(x/2) as the last
   * factor.
   */
  private static Expr mishBody() {
    Expr x = X.max(FLOOR).min(CEILING / 2);
    Expr h = x.dividedBy(2).exp();
    Expr e = h.times(h);
    Expr n = e.times(e.plus(2));
    Expr gated = x.times(h).times(e.plus(2)).dividedBy(n.plus(2)).times(h);
    return Expr.where(X.gt(CEILING / 2), X, gated);
  }

  /** With e and n as in mish: e ((e + 2) (n + 2) + 4 x (e + 1)) / (n + 2)^2. */
  private static Expr mishDerivative() {
    Expr x = X.max(FLOOR).min(CEILING / 2);
    Expr h = x.dividedBy(2).exp();
    Expr e = h.times(h);
    Expr shifted = e.times(e.plus(2)).plus(2);
    Expr sum = e.plus(2).times(shifted).plus(x.times(4).times(e.plus(1)));
    Expr gated = sum.times(h).dividedBy(shifted.times(shifted)).times(h);
    return Expr.where(X.gt(CEILING / 2), Expr.constant(1), gated);
  }

  /**
   * Lambert's continued fraction tanh(x) = x / (1 + r), r = x^2 / (3 + x^2 / (5 + ...)), gives x -
   * tanh(x) = x r / (1 + r); eleven levels suffice for float64 up to |x| = 1.2. Beyond, the
   * difference has lost little.
   */
  private static Expr tanhshrinkBody() {
    Expr square = X.times(X);
    Expr r = square.dividedBy(23);
    for (int odd = 21; odd >= 3; odd -= 2) {
      r = square.dividedBy(r.plus(odd));
    }
    Expr small = X.times(r).dividedBy(r.plus(1));
    return Expr.where(X.abs().lt(1.2), small, X.minus(X.tanh()));
  }
}
