package io.ember4j.expr;

import java.util.List;

/**
 * The special functions from which activations are built.
 *
 * <p>Those with a body run on any backend as primitives; the others have only a double-precision
 * routine, which a backend replaces by announcing the function as native.
 */
public final class Functions {
  private static final Expr X = Expr.input(0);

  private Functions() {}

  // ---- derivatives

  /** The derivative of erf, 2 / sqrt(pi) e^(-x^2). */
  public static final NamedFunction ERF_DERIVATIVE =
      NamedFunction.of(
          "erf_derivative",
          X.times(X).negate().exp().times(2 / Math.sqrt(Math.PI)),
          SpecialFunctions::erfDerivative);

  /** The standard normal density e^(-x^2 / 2) / sqrt(2 pi), the derivative of ndtr. */
  public static final NamedFunction NORMAL_PDF =
      NamedFunction.of(
          "normal_pdf",
          X.times(X).times(-0.5).exp().times(1 / Math.sqrt(2 * Math.PI)),
          SpecialFunctions::normalPdf);

  /** The derivative of the logistic function, e^-|x| / (1 + e^-|x|)^2. */
  public static final NamedFunction SIGMOID_DERIVATIVE =
      NamedFunction.of(
          "sigmoid_derivative",
          overSquare(1, X.abs().negate().exp()),
          SpecialFunctions::sigmoidDerivative);

  /** The derivative of tanh, 4 e^-2|x| / (1 + e^-2|x|)^2: what 1 - tanh(x)^2 cancels to. */
  public static final NamedFunction TANH_DERIVATIVE =
      NamedFunction.of(
          "tanh_derivative",
          overSquare(4, X.abs().times(-2).exp()),
          SpecialFunctions::tanhDerivative);

  /** The gradient of the primitive tanh: upstream times {@link #TANH_DERIVATIVE}. */
  static final NamedFunction TANH_BACKWARD =
      NamedFunction.of(
          "tanh_backward",
          List.of("x", "upstream"),
          Differentiation.scale(TANH_DERIVATIVE.apply(X), Expr.input(1)));

  // ---- functions

  /**
   * e^x - 1 without cancellation: with t = tanh(x / 2), it is 2 t / (1 + |t|), times e^x for x &gt;
   * 0. At -infinity -1, at -0 -0.
   */
  public static final NamedFunction EXPM1 =
      NamedFunction.of("expm1", expm1Body(), Math::expm1).withDerivatives(X.exp());

  /**
   * log(1 + x) without cancellation: with u = 1 + x rounded, it is log(u) x / (u - 1) (Kahan). At
   * -1 -infinity, below NaN, at -0 -0.
   */
  public static final NamedFunction LOG1P =
      NamedFunction.of("log1p", log1pBody(), Math::log1p)
          .withDerivatives(Expr.constant(1).dividedBy(X.plus(1)));

  /** The error function, 2 / sqrt(pi) times the integral of exp(-t^2) from 0 to x. Odd. */
  public static final NamedFunction ERF =
      NamedFunction.of("erf", SpecialFunctions::erf).withDerivatives(ERF_DERIVATIVE.apply(X));

  /** The complementary error function, 1 - erf(x), without cancellation. */
  public static final NamedFunction ERFC =
      NamedFunction.of("erfc", SpecialFunctions::erfc)
          .withDerivatives(ERF_DERIVATIVE.apply(X).negate());

  /** The standard normal distribution function, erfc(-x / sqrt(2)) / 2. */
  public static final NamedFunction NDTR =
      NamedFunction.of("ndtr", SpecialFunctions::ndtr).withDerivatives(NORMAL_PDF.apply(X));

  /** The logistic function 1 / (1 + e^-x), as e^min(x,0) / (1 + e^-|x|). */
  public static final NamedFunction SIGMOID =
      NamedFunction.of("sigmoid", sigmoidBody(), SpecialFunctions::sigmoid)
          .withDerivatives(SIGMOID_DERIVATIVE.apply(X));

  /** log(1 + e^x), as max(x, 0) + log1p(e^-|x|). */
  public static final NamedFunction LOG1PEXP =
      NamedFunction.of(
              "log1pexp", X.max(0).plus(X.abs().negate().exp().log1p()), SpecialFunctions::softplus)
          .withDerivatives(SIGMOID.apply(X));

  /** All functions of this class, in the order in which they are defined in terms of each other. */
  public static final List<NamedFunction> ALL =
      List.of(EXPM1, LOG1P, ERF, ERFC, NDTR, SIGMOID, LOG1PEXP);

  /** The derivatives that are functions of their own. */
  public static final List<NamedFunction> DERIVATIVES =
      List.of(ERF_DERIVATIVE, NORMAL_PDF, SIGMOID_DERIVATIVE, TANH_DERIVATIVE);

  /** Returns scale e / (1 + e)^2. */
  private static Expr overSquare(double scale, Expr e) {
    Expr shifted = e.plus(1);
    return e.times(scale).dividedBy(shifted.times(shifted));
  }

  private static Expr expm1Body() {
    Expr t = X.dividedBy(2).tanh();
    Expr scale = Expr.where(X.gt(0), X.exp(), Expr.constant(1));
    return t.times(2).dividedBy(t.abs().plus(1)).times(scale);
  }

  private static Expr log1pBody() {
    Expr u = X.plus(1);
    Expr corrected = u.log().times(X.dividedBy(u.minus(1)));
    return Expr.where(u.eq(1), X, Expr.where(u.eq(Double.POSITIVE_INFINITY), u, corrected));
  }

  private static Expr sigmoidBody() {
    Expr e = X.abs().negate().exp();
    return Expr.where(X.lt(0), e, Expr.constant(1)).dividedBy(e.plus(1));
  }
}
