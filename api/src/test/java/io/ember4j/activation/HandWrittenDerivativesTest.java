package io.ember4j.activation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ember4j.BackendScope;
import io.ember4j.Backends;
import io.ember4j.Tensor;
import io.ember4j.expr.Expr;
import io.ember4j.expr.Functions;
import io.ember4j.naive.Evaluator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Derivatives that were written by hand against those that are derived from the formulas, and
 * against finite differences.
 */
class HandWrittenDerivativesTest {
  private static final Expr X = Expr.input(0);
  private static final double STEP = 1e-2;

  private static Arguments row(String name, Map<String, ?> parameters, double... kinks) {
    return Arguments.of(Activations.get(name, parameters), kinks);
  }

  private static Arguments row(String name, double... kinks) {
    return row(name, Map.of(), kinks);
  }

  /** Activations, and where their formulas have another derivative to the left and right. */
  static List<Arguments> activations() {
    return List.of(
        row("relu", 0),
        row("leaky_relu", 0),
        row("leaky_relu", Map.of("negative_slope", -0.5), 0),
        row("relu6", 0, 6),
        row("elu", 0),
        row("elu", Map.of("alpha", 0.3), 0),
        row("celu", 0),
        row("celu", Map.of("alpha", 2.5), 0),
        row("selu", 0),
        row("rrelu", 0),
        row("rrelu", Map.of("lower", -0.2, "upper", 0.9), 0),
        row("gelu"),
        row("gelu", Map.of("approximate", "tanh")),
        row("gelu", Map.of("approximate", "sigmoid")),
        row("silu"),
        row("mish"),
        row("sigmoid"),
        row("log_sigmoid"),
        row("tanh"),
        row("lecun_tanh"),
        row("hardtanh", -1, 1),
        row("hardtanh", Map.of("min_val", -2.5, "max_val", 7), -2.5, 7),
        row("hardsigmoid", -3, 3),
        row("hardswish", -3, 3),
        row("softshrink", -0.5, 0.5),
        row("softshrink", Map.of("lambd", 4), -4, 4),
        row("hardshrink", -0.5, 0.5),
        row("hardshrink", Map.of("lambd", 4), -4, 4),
        row("tanhshrink"),
        row("softplus", 20),
        row("softplus", Map.of("beta", 2, "threshold", 10), 5),
        row("softplus", Map.of("beta", -0.5, "threshold", 4), -8),
        row("softsign", 0),
        row("threshold", Map.of("threshold", 2, "value", -7), 2));
  }

  private static List<Double> pointsAwayFrom(double... kinks) {
    Random random = new Random(11);
    List<Double> points = new ArrayList<>();
    while (points.size() < 200) {
      double x = random.nextDouble() * 40 - 20;
      if (Arrays.stream(kinks).allMatch(kink -> Math.abs(x - kink) > 4 * STEP)) {
        points.add(x);
      }
    }
    return points;
  }

  private static void agree(double expected, double actual, double floor, String where) {
    assertEquals(expected, actual, 1e-6 * Math.abs(expected) + floor, where);
  }

  /** Returns the derivative by a difference of sixth order. */
  private static double difference(DoubleUnaryOperator f, double x) {
    double sum = 0;
    double[] weights = {45, -9, 1};
    for (int i = 1; i <= 3; i++) {
      sum += weights[i - 1] * (f.applyAsDouble(x + i * STEP) - f.applyAsDouble(x - i * STEP));
    }
    return sum / (60 * STEP);
  }

  // ---- away from the kinks

  @Test
  void everyElementwiseActivationOfTheCatalogueIsHere() {
    Set<String> all =
        CatalogueTest.names().stream()
            .filter(
                n -> Activations.get(n, Activations.exampleParameters(n)).expression().isPresent())
            .collect(Collectors.toSet());
    Set<String> here = new HashSet<>();
    activations().forEach(row -> here.add(((Activation) row.get()[0]).name()));
    assertEquals(all, here);
  }

  @ParameterizedTest
  @MethodSource("activations")
  void derivativeIsTheOneDerivedFromTheFormula(Activation activation, double[] kinks) {
    Expr expression = activation.expression().orElseThrow();
    Expr derived = expression.expand(Functions.ALL::contains).derivative(0);
    Expr byHand = activation.backward().orElseThrow();
    for (double x : pointsAwayFrom(kinks)) {
      double expected = Evaluator.inDouble(derived, x);
      agree(expected, Evaluator.inDouble(byHand, x, 1), 0, activation + " at " + x);
      agree(-2.5 * expected, Evaluator.inDouble(byHand, x, -2.5), 0, activation + " at " + x);
      double derivative = Evaluator.inDouble(expression.derivative(0), x);
      agree(expected, derivative, 0, activation + " at " + x);
    }
  }

  @ParameterizedTest
  @MethodSource("activations")
  void derivativeIsTheFiniteDifference(Activation activation, double[] kinks) {
    Expr expression = activation.expression().orElseThrow();
    Expr byHand = activation.backward().orElseThrow();
    for (double x : pointsAwayFrom(kinks)) {
      double expected = difference(at -> Evaluator.inDouble(expression, at), x);
      double value = Evaluator.inDouble(expression, x);
      // What the difference loses to rounding is in proportion to the values, not to itself.
      double floor = 1e-12 * Math.max(1, Math.abs(value));
      agree(expected, Evaluator.inDouble(byHand, x, 1), floor, activation + " at " + x);
    }
  }

  @ParameterizedTest
  @MethodSource("activations")
  void backendsWithAndWithoutTheFunctionsGiveTheDerivative(Activation activation, double[] kinks) {
    Expr byHand = activation.backward().orElseThrow();
    double[] points = pointsAwayFrom(kinks).stream().mapToDouble(Double::doubleValue).toArray();
    double[] ones = new double[points.length];
    Arrays.fill(ones, 1);
    for (String backend : List.of("naive", "other", "rich")) {
      try (BackendScope scope = Backends.use(backend);
          Tensor x = Tensor.of(points);
          Tensor upstream = Tensor.of(ones);
          Tensor gradient = activation.gradient(x, upstream)) {
        double[] actual = gradient.toDoubleArray();
        for (int i = 0; i < points.length; i++) {
          double expected = Evaluator.inDouble(byHand, points[i], 1);
          String where = activation + " at " + points[i] + " on " + backend;
          assertEquals(expected, actual[i], 1e-4 * Math.max(1, Math.abs(expected)), where);
        }
      }
    }
  }

  @Test
  void gradientsOfTwoArguments() {
    Expr y = Expr.input(1);
    for (Expr expression : List.of(Rectifiers.PRELU.apply(X, y), SmoothGates.GATE.apply(X, y))) {
      List<Double> points = pointsAwayFrom(0);
      for (int i = 0; i < points.size(); i++) {
        double a = points.get(i);
        double b = points.get((i + 7) % points.size()) / 4;
        String where = expression + " at " + a + ", " + b;
        double byA = difference(at -> Evaluator.inDouble(expression, at, b), a);
        double byB = difference(at -> Evaluator.inDouble(expression, a, at), b);
        double floor = 1e-12 * Math.max(1, Math.abs(a));
        agree(3 * byA, Evaluator.inDouble(expression.backward(0), a, b, 3), 3 * floor, where);
        agree(3 * byB, Evaluator.inDouble(expression.backward(1), a, b, 3), 3 * floor, where);
      }
      double nan = Evaluator.inDouble(expression.backward(1), Double.NaN, 0.5, 1);
      assertTrue(Double.isNaN(nan), expression + " by its second argument at NaN");
      nan = Evaluator.inDouble(expression.backward(0), Double.NaN, 0.5, 1);
      assertTrue(Double.isNaN(nan), expression + " by its first argument at NaN");
    }
  }
}
