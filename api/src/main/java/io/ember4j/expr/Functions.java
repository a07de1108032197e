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

  /**
   * e^x - 1 without cancellation: with t = tanh(x / 2), it is 2 t / (1 + |t|), times e^x for x &gt;
   * 0. At -infinity -1, at -0 -0.
   */
  public static final NamedFunction EXPM1 = NamedFunction.of("expm1", expm1Body(), Math::expm1);

  /**
   * log(1 + x) without cancellation: with u = 1 + x rounded, it is log(u) x / (u - 1) (Kahan). At
   * -1 -infinity, below NaN, at -0 -0.
   */
  public static final NamedFunction LOG1P = NamedFunction.of("log1p", log1pBody(), Math::log1p);

  /** The error function, 2 / sqrt(pi) times the integral of exp(-t^2) from 0 to x. Odd. */
  public static final NamedFunction ERF = NamedFunction.of("erf", SpecialFunctions::erf);

  /** The complementary error function, 1 - erf(x), without cancellation. */
  public static final NamedFunction ERFC = NamedFunction.of("erfc", SpecialFunctions::erfc);

  /** The standard normal distribution function, erfc(-x / sqrt(2)) / 2. */
  public static final NamedFunction NDTR = NamedFunction.of("ndtr", SpecialFunctions::ndtr);

  /** The logistic function 1 / (1 + e^-x), as e^min(x,0) / (1 + e^-|x|). */
  public static final NamedFunction SIGMOID =
      NamedFunction.of("sigmoid", sigmoidBody(), SpecialFunctions::sigmoid);

  /** log(1 + e^x), as max(x, 0) + log1p(e^-|x|). */
  public static final NamedFunction LOG1PEXP =
      NamedFunction.of(
          "log1pexp", X.max(0).plus(X.abs().negate().exp().log1p()), SpecialFunctions::softplus);

  /** All functions of this class, in the order in which they are defined in terms of each other. */
  public static final List<NamedFunction> ALL =
      List.of(EXPM1, LOG1P, ERF, ERFC, NDTR, SIGMOID, LOG1PEXP);

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
