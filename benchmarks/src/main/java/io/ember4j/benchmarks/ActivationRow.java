package io.ember4j.benchmarks;

import io.ember4j.activation.Activation;
import io.ember4j.activation.Activations;
import io.ember4j.expr.SpecialFunctions;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/**
 * An activation that PyTorch has too, with its reference in double precision.
 *
 * @param name its name in the table
 * @param activation Ember4j's
 * @param value its value
 * @param derivative its derivative
 * @param crossing where the derivative crosses zero away from 0, or NaN; around it results cancel,
 *     and errors are counted with a floor
 */
record ActivationRow(
    String name,
    Activation activation,
    DoubleUnaryOperator value,
    DoubleUnaryOperator derivative,
    double crossing) {

  private static final double MEAN_SLOPE = (1.0 / 8 + 1.0 / 3) / 2;
  private static final double ALPHA = 1.6732632423543772;
  private static final double SCALE = 1.0507009873554805;

  /** In the order of the table. */
  static final List<ActivationRow> ALL =
      List.of(
          of("relu", x -> Math.max(x, 0), x -> x > 0 ? 1 : 0),
          of("leaky_relu", x -> x > 0 ? x : 0.01 * x, x -> x > 0 ? 1 : 0.01),
          of("prelu", x -> x > 0 ? x : 0.25 * x, x -> x > 0 ? 1 : 0.25),
          of("relu6", x -> Math.min(Math.max(x, 0), 6), x -> x > 0 && x < 6 ? 1 : 0),
          of("rrelu", x -> x > 0 ? x : MEAN_SLOPE * x, x -> x > 0 ? 1 : MEAN_SLOPE),
          new ActivationRow(
              "threshold",
              Activations.get("threshold", Map.of("threshold", 0.1, "value", 20.0)),
              x -> x > 0.1 ? x : 20,
              x -> x > 0.1 ? 1 : 0,
              Double.NaN),
          of("hardtanh", x -> Math.min(Math.max(x, -1), 1), x -> x > -1 && x < 1 ? 1 : 0),
          of(
              "hardsigmoid",
              x -> Math.min(Math.max(x + 3, 0), 6) / 6,
              x -> x > -3 && x < 3 ? 1.0 / 6 : 0),
          crossing(
              "hardswish",
              x -> x * Math.min(Math.max(x + 3, 0), 6) / 6,
              x -> x <= -3 ? 0 : x >= 3 ? 1 : (2 * x + 3) / 6,
              -1.5),
          of(
              "softshrink",
              x -> x > 0.5 ? x - 0.5 : x < -0.5 ? x + 0.5 : 0,
              x -> Math.abs(x) > 0.5 ? 1 : 0),
          of("hardshrink", x -> Math.abs(x) > 0.5 ? x : 0, x -> Math.abs(x) > 0.5 ? 1 : 0),
          of(
              "softsign",
              x -> x / (1 + Math.abs(x)),
              x -> 1 / ((1 + Math.abs(x)) * (1 + Math.abs(x)))),
          of("elu", x -> x > 0 ? x : Math.expm1(x), x -> x > 0 ? 1 : Math.exp(x)),
          of("celu", x -> x > 0 ? x : Math.expm1(x), x -> x > 0 ? 1 : Math.exp(x)),
          of(
              "selu",
              x -> SCALE * (x > 0 ? x : ALPHA * Math.expm1(x)),
              x -> SCALE * (x > 0 ? 1 : ALPHA * Math.exp(x))),
          of("sigmoid", SpecialFunctions::sigmoid, SpecialFunctions::sigmoidDerivative),
          of("log_sigmoid", SpecialFunctions::logSigmoid, x -> SpecialFunctions.sigmoid(-x)),
          of("tanh", Math::tanh, SpecialFunctions::tanhDerivative),
          of("tanhshrink", SpecialFunctions::tanhshrink, x -> Math.tanh(x) * Math.tanh(x)),
          of(
              "softplus",
              x -> x > 20 ? x : SpecialFunctions.softplus(x),
              x -> x > 20 ? 1 : SpecialFunctions.sigmoid(x)),
          crossing("gelu", SpecialFunctions::gelu, SpecialFunctions::geluDerivative, -0.7518),
          new ActivationRow(
              "gelu_tanh",
              Activations.get("gelu", Map.of("approximate", "tanh")),
              SpecialFunctions::geluTanh,
              SpecialFunctions::geluTanhDerivative,
              -0.7525),
          crossing("silu", SpecialFunctions::silu, SpecialFunctions::siluDerivative, -1.2785),
          crossing("mish", SpecialFunctions::mish, SpecialFunctions::mishDerivative, -1.1925));

  private static ActivationRow of(
      String name, DoubleUnaryOperator value, DoubleUnaryOperator derivative) {
    return crossing(name, value, derivative, Double.NaN);
  }

  private static ActivationRow crossing(
      String name, DoubleUnaryOperator value, DoubleUnaryOperator derivative, double crossing) {
    return new ActivationRow(name, Activations.get(name), value, derivative, crossing);
  }

  static ActivationRow named(String name) {
    return ALL.stream()
        .filter(row -> row.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no activation "
                        + name
                        + " here; there are "
                        + ALL.stream().map(ActivationRow::name).toList()));
  }
}
