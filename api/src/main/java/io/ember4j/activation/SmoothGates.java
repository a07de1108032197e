package io.ember4j.activation;

import io.ember4j.Ops;
import io.ember4j.ShapeException;
import io.ember4j.Tensor;
import io.ember4j.expr.Expr;
import io.ember4j.expr.Functions;
import io.ember4j.expr.NamedFunction;
import io.ember4j.expr.SmoothFunctions;
import java.util.List;

/** The rows of gelu, silu, mish, softplus and glu: x, or something near it, times a smooth gate. */
final class SmoothGates {
  private static final Expr X = Expr.input(0);

  /** a sigmoid(b). */
  static final NamedFunction GATE =
      NamedFunction.of("gate", List.of("a", "b"), X.times(Expr.input(1).sigmoid()))
          .withDerivatives(
              Expr.where(X.eq(X), Expr.input(1).sigmoid(), X),
              X.times(Functions.SIGMOID_DERIVATIVE.apply(Expr.input(1))));

  private static final Expr GATED = GATE.apply(X, Expr.input(1));

  static final List<Definition> ROWS =
      List.of(
          Definition.row("gelu")
              .parameter(
                  ParameterSpec.choice("approximate", "none", List.of("none", "tanh", "sigmoid")))
              .documented(
                  "x P(Z <= x), Z standard normal", "[-0.16997, inf)", "0.5", "transformers")
              .forward(
                  (Forward.Elementwise)
                      settings ->
                          switch (settings.text("approximate")) {
                            case "tanh" -> SmoothFunctions.GELU_TANH.apply(X);
                            case "sigmoid" -> SmoothFunctions.GELU_SIGMOID.apply(X);
                            default -> SmoothFunctions.GELU.apply(X);
                          }),
          Definition.row("silu")
              .alias("swish")
              .inPlace()
              .documented(
                  "x / (1 + e^-x)",
                  "[-0.27846, inf)",
                  "0.5",
                  "image networks; as SwiGLU in language models")
              .function(SmoothFunctions.SILU),
          Definition.row("mish")
              .inPlace()
              .documented("x tanh(log(1 + e^x))", "[-0.30884, inf)", "0.6", "object detection")
              .function(SmoothFunctions.MISH),
          Definition.row("softplus")
              .number("beta", 1, b -> Double.isFinite(b) && b != 0, "a finite number, not 0")
              .number("threshold", 20)
              .documented(
                  "log(1 + e^(beta x)) / beta; x where beta x > threshold",
                  "(0, inf)",
                  "0.5",
                  "outputs that must be positive, such as a variance")
              .derivative(
                  (x, p) -> {
                    Expr z = x.times(p.get("beta"));
                    return Expr.where(z.gt(p.get("threshold")), Expr.constant(1), z.sigmoid());
                  })
              .body(
                  (x, p) -> {
                    Expr z = x.times(p.get("beta"));
                    Expr smooth = z.log1pexp().dividedBy(p.get("beta"));
                    return Expr.where(z.gt(p.get("threshold")), x, smooth);
                  }),
          Definition.row("glu")
              .parameter(ParameterSpec.dim())
              .documented(
                  "a / (1 + e^-b), a and b the halves of x along dim",
                  "(-inf, inf)",
                  "0.5 (of a, at 0)",
                  "gated convolutions and feed-forward blocks")
              .forward(
                  new Forward.Prepared((settings, x) -> glu(x, settings.integer("dim")), GATED)));

  private SmoothGates() {}

  /**
   * Returns the first half of x along the axis, gated by the sigmoid of the second half.
   *
   * @throws ShapeException if the extent is odd, or x is a scalar
   */
  static Tensor glu(Tensor x, int dim) {
    int axis = x.shape().axis(dim);
    long extent = x.shape().extent(axis);
    if (extent % 2 != 0) {
      throw new ShapeException(
          "glu halves dim "
              + dim
              + ", but it has the odd extent "
              + extent
              + " in shape "
              + x.shape()
              + "; make it even or choose another dim");
    }
    return Ops.evaluateParts(GATED, x, axis);
  }
}
