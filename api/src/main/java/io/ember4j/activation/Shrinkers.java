package io.ember4j.activation;

import io.ember4j.expr.Expr;
import io.ember4j.expr.NamedFunction;
import io.ember4j.expr.SpecialFunctions;
import java.util.List;

/** The rows of softshrink, hardshrink and tanhshrink: small values towards 0. */
final class Shrinkers {
  private static final Expr X = Expr.input(0);

  /** x - tanh(x) without cancellation. */
  static final NamedFunction TANHSHRINK =
      NamedFunction.of("tanhshrink", tanhshrinkBody(), SpecialFunctions::tanhshrink)
          .withDerivatives(X.tanh().times(X.tanh()));

  static final List<Definition> ROWS =
      List.of(
          Definition.row("softshrink")
              .number("lambd", 0.5, Shrinkers::notNegative, "a finite number >= 0")
              .documented(
                  "x - lambd if x > lambd, x + lambd if x < -lambd, else 0",
                  "(-inf, inf)",
                  "0",
                  "sparse coding, denoising")
              .derivative((x, p) -> beyond(x, p.get("lambd")))
              .body((x, p) -> x.minus(x.clip(p.get("lambd").negate(), p.get("lambd")))),
          Definition.row("hardshrink")
              .number("lambd", 0.5, Shrinkers::notNegative, "a finite number >= 0")
              .documented(
                  "x if |x| > lambd, else 0", "(-inf, inf)", "0", "sparse coding, denoising")
              .derivative((x, p) -> beyond(x, p.get("lambd")))
              .body((x, p) -> Expr.where(x.abs().le(p.get("lambd")), Expr.constant(0), x)),
          Definition.row("tanhshrink")
              .documented("x - tanh(x)", "(-inf, inf)", "0", "sparse coding")
              .function(TANHSHRINK));

  private Shrinkers() {}

  /** Returns 0 where |x| &lt;= lambd, 1 beyond, NaN at NaN. */
  private static Expr beyond(Expr x, Expr lambd) {
    Expr outside = Expr.where(x.abs().gt(lambd), Expr.constant(1), Expr.constant(Double.NaN));
    return Expr.where(x.abs().le(lambd), Expr.constant(0), outside);
  }

  private static boolean notNegative(double lambd) {
    return Double.isFinite(lambd) && lambd >= 0;
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
