package io.ember4j.activation;

import io.ember4j.Ops;
import io.ember4j.ShapeException;
import io.ember4j.Tensor;
import io.ember4j.expr.Expr;
import io.ember4j.expr.Functions;
import io.ember4j.expr.NamedFunction;
import io.ember4j.expr.SpecialFunctions;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * The rows of gelu, silu, mish, softplus and glu: x, or something near it, times a smooth gate.
 *
 * <p>The bodies reach the limit at -infinity, -0, by limiting the factor x from below: there the
 * gate is 0 already.
 */
final class SmoothGates {
  private static final Expr X = Expr.input(0);

  /** Below this every gate here is 0 in float64. */
  private static final double FLOOR = -1000;

  /** Above this every gate here is 1 in float64. */
  private static final double CEILING = 40;

  /** x, but no further from 0 than any gate or its complement is above 0. */
  private static final Expr BOUNDED = X.max(FLOOR).min(-FLOOR);

  /** x ndtr(x). */
  static final NamedFunction GELU =
      NamedFunction.of("gelu", X.max(FLOOR).times(X.ndtr()), SpecialFunctions::gelu)
          .withDerivatives(
              derivative(
                  "gelu",
                  BOUNDED.times(Functions.NORMAL_PDF.apply(X)).plus(X.ndtr()),
                  SpecialFunctions::geluDerivative));

  /** x sigmoid(2 sqrt(2 / pi) (x + 0.044715 x^3)), which is the usual form with tanh. */
  static final NamedFunction GELU_TANH =
      NamedFunction.of("gelu_tanh", geluTanhBody(), SpecialFunctions::geluTanh)
          .withDerivatives(
              derivative(
                  "gelu_tanh",
                  gatedDerivative(geluTanhArgument(BOUNDED), geluTanhPolynomial(3, BOUNDED)),
                  SpecialFunctions::geluTanhDerivative));

  /** x sigmoid(1.702 x). */
  static final NamedFunction GELU_SIGMOID =
      NamedFunction.of(
              "gelu_sigmoid",
              X.max(FLOOR).times(X.times(1.702).sigmoid()),
              SpecialFunctions::geluSigmoid)
          .withDerivatives(
              derivative(
                  "gelu_sigmoid",
                  gatedDerivative(X.times(1.702), Expr.constant(1.702)),
                  SpecialFunctions::geluSigmoidDerivative));

  /** x sigmoid(x). */
  static final NamedFunction SILU =
      NamedFunction.of("silu", siluBody(), SpecialFunctions::silu)
          .withDerivatives(derivative("silu", siluDerivative(), SpecialFunctions::siluDerivative));

  /** x tanh(log(1 + e^x)). */
  static final NamedFunction MISH =
      NamedFunction.of("mish", mishBody(), SpecialFunctions::mish)
          .withDerivatives(derivative("mish", mishDerivative(), SpecialFunctions::mishDerivative));

  /** a sigmoid(b). */
  static final NamedFunction GATE =
      NamedFunction.of("gate", List.of("a", "b"), X.times(Expr.input(1).sigmoid()))
          .withDerivatives(
              Expr.where(X.eq(X), Expr.input(1).sigmoid(), X),
              X.times(Functions.SIGMOID_DERIVATIVE.apply(Expr.input(1))));

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
                            case "tanh" -> GELU_TANH.apply(X);
                            case "sigmoid" -> GELU_SIGMOID.apply(X);
                            default -> GELU.apply(X);
                          }),
          Definition.row("silu")
              .alias("swish")
              .inPlace()
              .documented(
                  "x / (1 + e^-x)",
                  "[-0.27846, inf)",
                  "0.5",
                  "image networks; as SwiGLU in language models")
              .function(SILU),
          Definition.row("mish")
              .inPlace()
              .documented("x tanh(log(1 + e^x))", "[-0.30884, inf)", "0.6", "object detection")
              .function(MISH),
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
                  new Forward.Prepared(
                      (settings, x) -> glu(x, settings.integer("dim")),
                      GATE.apply(X, Expr.input(1)))));

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
    try (Tensor a = Ops.slice(x, axis, 0, extent / 2);
        Tensor b = Ops.slice(x, axis, extent / 2, extent)) {
      return Ops.evaluate(GATE.apply(X, Expr.input(1)), a, b);
    }
  }

  /** Returns the derivative as a function of its own, so that it is computed in one piece. */
  private static Expr derivative(String name, Expr body, DoubleUnaryOperator routine) {
    return NamedFunction.of(name + "_derivative", body, routine).apply(X);
  }

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
}
