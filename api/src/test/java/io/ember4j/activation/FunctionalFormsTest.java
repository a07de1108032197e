package io.ember4j.activation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.ember4j.DType;
import io.ember4j.Execution;
import io.ember4j.RandomKey;
import io.ember4j.Tensor;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each method of {@link Activations} computes its formula, and the in-place form into its x. */
class FunctionalFormsTest {
  private static final double[] X = {-7, -3, -1.25, -0.5, -0.25, 0, 0.25, 0.5, 1.25, 3, 7};

  private static Arguments form(
      String name, UnaryOperator<Tensor> form, DoubleUnaryOperator formula) {
    return Arguments.of(name, form, formula);
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  private static double clip(double x, double low, double high) {
    return Math.max(low, Math.min(high, x));
  }

  private static double softplus(double x) {
    return Math.log1p(Math.exp(x));
  }

  private static double elu(double x, double alpha) {
    return x > 0 ? x : alpha * Math.expm1(x);
  }

  private static double selu(double x) {
    return 1.0507009873554805 * elu(x, 1.6732632423543772);
  }

  private static double leaky(double x, double slope) {
    return x > 0 ? x : slope * x;
  }

  private static double celu(double x, double alpha) {
    return x > 0 ? x : alpha * Math.expm1(x / alpha);
  }

  private static double tanhGelu(double x) {
    return x * sigmoid(2 * Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x));
  }

  static Stream<Arguments> forms() {
    return Stream.of(
        form("relu", Activations::relu, x -> Math.max(x, 0)),
        form("relu6", Activations::relu6, x -> clip(x, 0, 6)),
        form("selu", Activations::selu, FunctionalFormsTest::selu),
        form("silu", Activations::silu, x -> x * sigmoid(x)),
        form("mish", Activations::mish, x -> x * Math.tanh(softplus(x))),
        form("sigmoid", Activations::sigmoid, FunctionalFormsTest::sigmoid),
        form("tanh", Activations::tanh, Math::tanh),
        form("hardsigmoid", Activations::hardsigmoid, x -> clip(x + 3, 0, 6) / 6),
        form("hardswish", Activations::hardswish, x -> x * clip(x + 3, 0, 6) / 6),
        form("logSigmoid", Activations::logSigmoid, x -> -softplus(-x)),
        form("lecunTanh", Activations::lecunTanh, x -> 1.7159 * Math.tanh(2 * x / 3)),
        form("softsign", Activations::softsign, x -> x / (1 + Math.abs(x))),
        form("tanhshrink", Activations::tanhshrink, x -> x - Math.tanh(x)),
        form("leakyRelu", Activations::leakyRelu, x -> leaky(x, 0.01)),
        form("leakyRelu 0.2", x -> Activations.leakyRelu(x, 0.2), x -> leaky(x, 0.2)),
        form("elu", Activations::elu, x -> elu(x, 1)),
        form("elu 2", x -> Activations.elu(x, 2), x -> elu(x, 2)),
        form("celu", Activations::celu, x -> celu(x, 1)),
        form("celu 2", x -> Activations.celu(x, 2), x -> celu(x, 2)),
        form("hardtanh", Activations::hardtanh, x -> clip(x, -1, 1)),
        form("hardtanh -2 3", x -> Activations.hardtanh(x, -2, 3), x -> clip(x, -2, 3)),
        form("softshrink", Activations::softshrink, x -> x - clip(x, -0.5, 0.5)),
        form("softshrink 1", x -> Activations.softshrink(x, 1), x -> x - clip(x, -1, 1)),
        form("hardshrink", Activations::hardshrink, x -> Math.abs(x) > 0.5 ? x : 0),
        form("hardshrink 1", x -> Activations.hardshrink(x, 1), x -> Math.abs(x) > 1 ? x : 0),
        form("softplus", Activations::softplus, FunctionalFormsTest::softplus),
        form(
            "softplus 2 9",
            x -> Activations.softplus(x, 2, 9),
            x -> 2 * x > 9 ? x : softplus(2 * x) / 2),
        form("gelu tanh", x -> Activations.gelu(x, Approximate.TANH), x -> tanhGelu(x)),
        form("threshold", x -> Activations.threshold(x, 1, -9), x -> x > 1 ? x : -9),
        form("rrelu", Activations::rrelu, x -> leaky(x, (1.0 / 8 + 1.0 / 3) / 2)),
        form("rrelu 0.1 0.3", x -> Activations.rrelu(x, 0.1, 0.3), x -> leaky(x, 0.2)),
        form(
            "rrelu with a key",
            x -> Activations.rrelu(x, 0.25, 0.25, new RandomKey(1, 2)),
            x -> leaky(x, 0.25)));
  }

  static Stream<Arguments> inPlaceForms() {
    return Stream.of(
        form("relu_", Activations::relu_, x -> Math.max(x, 0)),
        form("relu6_", Activations::relu6_, x -> clip(x, 0, 6)),
        form("selu_", Activations::selu_, FunctionalFormsTest::selu),
        form("silu_", Activations::silu_, x -> x * sigmoid(x)),
        form("mish_", Activations::mish_, x -> x * Math.tanh(softplus(x))),
        form("sigmoid_", Activations::sigmoid_, FunctionalFormsTest::sigmoid),
        form("tanh_", Activations::tanh_, Math::tanh),
        form("hardsigmoid_", Activations::hardsigmoid_, x -> clip(x + 3, 0, 6) / 6),
        form("hardswish_", Activations::hardswish_, x -> x * clip(x + 3, 0, 6) / 6),
        form("leakyRelu_", Activations::leakyRelu_, x -> leaky(x, 0.01)),
        form("leakyRelu_ 0.2", x -> Activations.leakyRelu_(x, 0.2), x -> leaky(x, 0.2)),
        form("elu_", Activations::elu_, x -> elu(x, 1)),
        form("elu_ 2", x -> Activations.elu_(x, 2), x -> elu(x, 2)),
        form("celu_", Activations::celu_, x -> celu(x, 1)),
        form("celu_ 2", x -> Activations.celu_(x, 2), x -> celu(x, 2)),
        form("hardtanh_", Activations::hardtanh_, x -> clip(x, -1, 1)),
        form("hardtanh_ -2 3", x -> Activations.hardtanh_(x, -2, 3), x -> clip(x, -2, 3)),
        form("threshold_", x -> Activations.threshold_(x, 1, -9), x -> x > 1 ? x : -9),
        form("rrelu_", Activations::rrelu_, x -> leaky(x, (1.0 / 8 + 1.0 / 3) / 2)),
        form("rrelu_ 0.1 0.3", x -> Activations.rrelu_(x, 0.1, 0.3), x -> leaky(x, 0.2)),
        form(
            "rrelu_ with a key",
            x -> Activations.rrelu_(x, 0.25, 0.25, new RandomKey(1, 2)),
            x -> leaky(x, 0.25)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("forms")
  void computesItsFormula(String name, UnaryOperator<Tensor> form, DoubleUnaryOperator formula) {
    try (Tensor x = Tensor.of(X);
        Tensor y = form.apply(x)) {
      assertNotSame(x, y);
      assertArrayEquals(Arrays.stream(X).map(formula).toArray(), y.toDoubleArray(), 1e-12);
      assertArrayEquals(X, x.toDoubleArray());
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("inPlaceForms")
  void computesItsFormulaInPlace(
      String name, UnaryOperator<Tensor> form, DoubleUnaryOperator formula) {
    try (Tensor x = Tensor.of(X)) {
      assertSame(x, form.apply(x));
      assertArrayEquals(Arrays.stream(X).map(formula).toArray(), x.toDoubleArray(), 1e-12);
    }
  }

  // ---- along an axis

  private static final double[] ROWS = {0, Math.log(3), Math.log(4), 0};

  private static void along(UnaryOperator<Tensor> form, double... expected) {
    try (Tensor x = Tensor.of(ROWS, 2, 2);
        Tensor y = form.apply(x)) {
      assertArrayEquals(expected, y.toDoubleArray(), 1e-12);
    }
  }

  @Test
  void softmaxesRunAlongTheLastAxisOrTheOneGiven() {
    along(Activations::softmax, 1 / 4.0, 3 / 4.0, 4 / 5.0, 1 / 5.0);
    along(x -> Activations.softmax(x, 0), 1 / 5.0, 3 / 4.0, 4 / 5.0, 1 / 4.0);
    along(Activations::softmin, 3 / 4.0, 1 / 4.0, 1 / 5.0, 4 / 5.0);
    along(x -> Activations.softmin(x, 0), 4 / 5.0, 1 / 4.0, 1 / 5.0, 3 / 4.0);
    along(Activations::logSoftmax, log(1 / 4.0, 3 / 4.0, 4 / 5.0, 1 / 5.0));
    along(x -> Activations.logSoftmax(x, 0), log(1 / 5.0, 3 / 4.0, 4 / 5.0, 1 / 4.0));
    try (Tensor x = Tensor.of(ROWS, 2, 2, 1);
        Tensor channels = Activations.softmax2d(x)) {
      double[] expected = {1 / 5.0, 3 / 4.0, 4 / 5.0, 1 / 4.0};
      assertArrayEquals(expected, channels.toDoubleArray(), 1e-12);
    }
  }

  private static double[] log(double... values) {
    return Arrays.stream(values).map(Math::log).toArray();
  }

  @Test
  void gluGatesTheFirstHalfOfTheLastAxis() {
    along(Activations::glu, 0 * sigmoid(Math.log(3)), Math.log(4) * sigmoid(0));
    along(x -> Activations.glu(x, 0), 0 * sigmoid(Math.log(4)), Math.log(3) * sigmoid(0));
  }

  @Test
  void executionIsThatOfTheBackend() {
    assertEquals(Execution.NATIVE, Activations.get("tanh").execution("naive", DType.FLOAT64));
    assertEquals(Execution.DEFAULT, Activations.get("gelu").execution("naive", DType.FLOAT32));
    assertEquals(Execution.COMPOSED, Activations.get("relu").execution("naive", DType.FLOAT32));
    assertEquals(Execution.COMPOSED, Activations.get("softmax").execution("naive", DType.FLOAT32));
  }
}
