package io.ember4j.activation;

import io.ember4j.expr.Expr;
import io.ember4j.expr.SmoothFunctions;
import java.util.List;

/** The rows of softshrink, hardshrink and tanhshrink: small values towards 0. */
final class Shrinkers {

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
              .function(SmoothFunctions.TANHSHRINK));

  private Shrinkers() {}

  /** Returns 0 where |x| &lt;= lambd, 1 beyond, NaN at NaN. */
  private static Expr beyond(Expr x, Expr lambd) {
    Expr outside = Expr.where(x.abs().gt(lambd), Expr.constant(1), Expr.constant(Double.NaN));
    return Expr.where(x.abs().le(lambd), Expr.constant(0), outside);
  }

  private static boolean notNegative(double lambd) {
    return Double.isFinite(lambd) && lambd >= 0;
  }
}
