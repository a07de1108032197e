package io.ember4j.activation;

import io.ember4j.ParameterException;
import io.ember4j.expr.Expr;
import io.ember4j.expr.Functions;
import io.ember4j.expr.SmoothFunctions;
import java.util.List;

/** The rows of sigmoid, tanh and their relatives: the whole line into an interval. */
final class Squashers {
  private static final Expr ZERO = Expr.constant(0);
  private static final Expr NAN = Expr.constant(Double.NaN);

  static final List<Definition> ROWS =
      List.of(
          Definition.row("sigmoid")
              .alias("logistic")
              .inPlace()
              .documented("1 / (1 + e^-x)", "(0, 1)", "0.25", "probabilities and gates")
              .function(Functions.SIGMOID),
          Definition.row("log_sigmoid")
              .alias("logsigmoid")
              .documented("-log(1 + e^-x)", "(-inf, 0)", "0.5", "log-probabilities in losses")
              .function(SmoothFunctions.LOG_SIGMOID),
          Definition.row("tanh")
              .inPlace()
              .documented("tanh(x)", "(-1, 1)", "1", "recurrent networks; zero-centred gates")
              .derivative((x, p) -> Functions.TANH_DERIVATIVE.apply(x))
              .body((x, p) -> x.tanh()),
          Definition.row("lecun_tanh")
              .documented(
                  "1.7159 tanh(2x/3)", "(-1.7159, 1.7159)", "1.1439", "LeCun's efficient backprop")
              .derivative((x, p) -> SmoothFunctions.LECUN_TANH_DERIVATIVE.apply(x))
              .body((x, p) -> x.times(2.0 / 3).tanh().times(1.7159)),
          Definition.row("hardtanh")
              .number("min_val", -1)
              .number("max_val", 1)
              .check(Squashers::checkBounds)
              .inPlace()
              .documented(
                  "x limited to [min_val, max_val]",
                  "[min_val, max_val]",
                  "1",
                  "tanh where it must be cheap")
              .derivative(
                  (x, p) -> between(x, p.get("min_val"), p.get("max_val"), Expr.constant(1)))
              .body((x, p) -> x.clip(p.get("min_val"), p.get("max_val"))),
          Definition.row("hardsigmoid")
              .alias("hard_sigmoid")
              .inPlace()
              .documented(
                  "min(max(x + 3, 0), 6) / 6", "[0, 1]", "0.1667", "mobile networks, cheap gates")
              .derivative(
                  (x, p) -> between(x, Expr.constant(-3), Expr.constant(3), Expr.constant(1.0 / 6)))
              .body((x, p) -> x.plus(3).clip(0, 6).dividedBy(6)),
          Definition.row("hardswish")
              .alias("hard_swish", "hard_silu")
              .inPlace()
              .documented("x min(max(x + 3, 0), 6) / 6", "[-0.375, inf)", "0.5", "mobile networks")
              .derivative(
                  (x, p) -> {
                    Expr inside = x.times(2).plus(3).dividedBy(6);
                    return Expr.where(
                        x.le(-3), ZERO, Expr.where(x.ge(3), Expr.constant(1), inside));
                  })
              .body((x, p) -> x.max(-3).times(x.plus(3).clip(0, 6).dividedBy(6))),
          Definition.row("softsign")
              .documented("x / (1 + |x|)", "(-1, 1)", "1", "tanh with slower tails")
              .derivative(
                  (x, p) -> {
                    Expr r = Expr.constant(1).dividedBy(x.abs().plus(1));
                    return r.times(r);
                  })
              .body(
                  (x, p) -> {
                    // Beyond 1e30 the result is 1 already; limiting x gives the limit at infinity.
                    Expr limited = x.max(-1e30).min(1e30);
                    return limited.dividedBy(limited.abs().plus(1));
                  }));

  private Squashers() {}

  /** Returns the slope where low &lt; x &lt; high, 0 at and beyond the bounds, NaN at NaN. */
  private static Expr between(Expr x, Expr low, Expr high, Expr slope) {
    Expr inside = Expr.where(x.lt(high), slope, NAN);
    return Expr.where(x.le(low), ZERO, Expr.where(x.ge(high), ZERO, inside));
  }

  private static void checkBounds(Settings settings) {
    if (!(settings.number("min_val") < settings.number("max_val"))) {
      throw new ParameterException(
          "hardtanh: min_val is "
              + settings.number("min_val")
              + " and max_val "
              + settings.number("max_val")
              + "; min_val must be below max_val");
    }
  }
}
