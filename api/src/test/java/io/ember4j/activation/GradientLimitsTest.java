package io.ember4j.activation;

import static io.ember4j.naive.GradientCheck.check;
import static io.ember4j.naive.GradientCheck.mixed;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ember4j.BackendScope;
import io.ember4j.Backends;
import io.ember4j.ClosedTensorException;
import io.ember4j.DType;
import io.ember4j.GradientTape;
import io.ember4j.Ops;
import io.ember4j.ShapeException;
import io.ember4j.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Gradients of activations at kinks, at the ends of the line and at NaN, as in PyTorch. */
class GradientLimitsTest {
  private BackendScope scope;

  @BeforeEach
  void useTheRequiredFloor() {
    scope = Backends.use("naive");
  }

  @AfterEach
  void close() {
    scope.close();
  }

  /** Returns the activation that is written as {@code name} or {@code name key=value ...}. */
  private static Activation activation(String text) {
    String[] parts = text.split(" ", -1);
    Map<String, Object> parameters = new HashMap<>(Activations.exampleParameters(parts[0]));
    for (String part : List.of(parts).subList(1, parts.length)) {
      String[] pair = part.split("=", -1);
      boolean number = !pair[0].equals("approximate");
      parameters.put(pair[0], number ? (Object) Double.valueOf(pair[1]) : pair[1]);
    }
    return Activations.get(parts[0], parameters);
  }

  private static double gradient(Activation activation, DType dtype, double x, double upstream) {
    try (Tensor at = Tensor.full(x, dtype, 1);
        Tensor u = Tensor.full(upstream, dtype, 1);
        Tensor gradient = activation.gradient(at, u)) {
      assertEquals(dtype, gradient.dtype());
      return gradient.item();
    }
  }

  private static void is(String activation, double x, double upstream, double expected) {
    for (DType dtype : DType.values()) {
      double actual = gradient(activation(activation), dtype, x, upstream);
      String where = activation + " at " + x + " in " + dtype;
      // The sign of a zero does not matter.
      assertEquals(dtype.round(expected) + 0.0, actual + 0.0, where);
    }
  }

  // ---- kinks

  @ParameterizedTest
  @CsvSource({
    "relu, 0, 0",
    "relu, -0.0, 0",
    "leaky_relu, 0, 0.01",
    "leaky_relu negative_slope=-2, 0, -2",
    "prelu, 0, 0.25",
    "prelu init=0.5, -0.0, 0.5",
    "rrelu lower=0.25 upper=0.5, 0, 0.375",
    "relu6, 0, 0",
    "relu6, 6, 0",
    "elu, 0, 1",
    "elu alpha=0.375, 0, 0.375",
    "celu, 0, 1",
    "celu alpha=2, 0, 1",
    "hardtanh, -1, 0",
    "hardtanh, 1, 0",
    "hardtanh min_val=-2 max_val=0.5, -2, 0",
    "hardtanh min_val=-2 max_val=0.5, 0.5, 0",
    "hardsigmoid, -3, 0",
    "hardsigmoid, 3, 0",
    "hardswish, -3, 0",
    "hardswish, 3, 1",
    "hardswish, 0, 0.5",
    "softshrink, 0.5, 0",
    "softshrink, -0.5, 0",
    "softshrink lambd=2, 2, 0",
    "softshrink lambd=0, 0, 0",
    "hardshrink, 0.5, 0",
    "hardshrink, -0.5, 0",
    "hardshrink lambd=2, -2, 0",
    "threshold threshold=0.5 value=20, 0.5, 0",
    "threshold threshold=-1 value=0, -1, 0",
    "softsign, 0, 1",
  })
  void kinkHasTheGradientThatPyTorchGivesIt(String activation, double x, double expected) {
    is(activation, x, 1, expected);
    is(activation, x, -2, -2 * expected);
  }

  @Test
  void seluHasTheProductOfItsConstantsAtZero() {
    double expected = 1.7580993408473768; // the product in double is the number below it
    double wide = gradient(activation("selu"), DType.FLOAT64, 0, 1);
    assertEquals(expected, wide, Math.ulp(expected));
    assertEquals((float) expected, gradient(activation("selu"), DType.FLOAT32, 0, 1));
  }

  @ParameterizedTest
  @CsvSource({
    "relu, -1",
    "relu, 0",
    "relu6, 7",
    "elu alpha=0, -1",
    "leaky_relu negative_slope=0, -1",
    "prelu init=0, -1",
    "hardtanh, 2",
    "hardsigmoid, -4",
    "hardswish, -4",
    "hardswish, -1.5",
    "softshrink, 0.25",
    "hardshrink, -0.25",
    "threshold, -5",
    "tanhshrink, 0",
    "tanh, 1000",
    "sigmoid, -1000",
    "silu, -2000",
    "gelu, -2000",
    "softplus, -2000",
  })
  void zeroDerivativeGivesZeroWhateverTheUpstream(String activation, double x) {
    is(activation, x, Double.POSITIVE_INFINITY, 0);
    is(activation, x, Double.NEGATIVE_INFINITY, 0);
    is(activation, x, Double.NaN, 0);
  }

  // ---- the ends

  @ParameterizedTest
  @CsvSource({
    "relu, 0, 1",
    "leaky_relu, 0.01, 1",
    "prelu, 0.25, 1",
    "relu6, 0, 0",
    "elu, 0, 1",
    "celu, 0, 1",
    "selu, 0, 1.0507009873554805",
    "rrelu lower=0.25 upper=0.5, 0.375, 1",
    "gelu, 0, 1",
    "gelu approximate=tanh, 0, 1",
    "gelu approximate=sigmoid, 0, 1",
    "silu, 0, 1",
    "mish, 0, 1",
    "sigmoid, 0, 0",
    "log_sigmoid, 1, 0",
    "tanh, 0, 0",
    "lecun_tanh, 0, 0",
    "hardtanh, 0, 0",
    "hardsigmoid, 0, 0",
    "hardswish, 0, 1",
    "softshrink, 1, 1",
    "hardshrink, 1, 1",
    "tanhshrink, 1, 1",
    "softplus, 0, 1",
    "softplus beta=-1, 1, 0",
    "softsign, 0, 0",
    "threshold, 0, 1",
  })
  void gradientAtTheEndsIsTheLimit(String activation, double left, double right) {
    for (double x : new double[] {Double.NEGATIVE_INFINITY, -1e200}) {
      is(activation, x, 1, left);
    }
    for (double x : new double[] {Double.POSITIVE_INFINITY, 1e200}) {
      is(activation, x, 1, right);
    }
  }

  @ParameterizedTest
  @EnumSource(DType.class)
  void smoothGatesAreRightFarOut(DType dtype) {
    double tail = Math.exp(-100);
    Map<String, Double> left =
        Map.of(
            "gelu",
            0.0,
            "gelu approximate=tanh",
            0.0,
            "silu",
            -99 * tail,
            "mish",
            -99 * tail,
            "softplus",
            tail,
            "log_sigmoid",
            1.0);
    double smallest = dtype == DType.FLOAT32 ? Float.MIN_VALUE : Double.MIN_VALUE;
    double relative = dtype == DType.FLOAT32 ? 1e-5 : 1e-12;
    left.forEach(
        (name, expected) -> {
          double actual = gradient(activation(name), dtype, -100, 1);
          double tolerance = relative * Math.abs(expected) + 2 * smallest;
          assertEquals(expected, actual, tolerance, name);
          double above = gradient(activation(name), dtype, 100, 1);
          double limit = name.equals("log_sigmoid") ? tail : 1;
          assertEquals(limit, above, relative * limit + 2 * smallest, name);
        });
  }

  static Stream<String> all() {
    return Stream.concat(
        CatalogueTest.names().stream()
            .filter(n -> !n.contains("soft") || n.equals("softplus") || n.equals("softsign"))
            .filter(n -> !n.equals("glu")),
        Stream.of(
            "softshrink", "gelu approximate=tanh", "gelu approximate=sigmoid", "elu alpha=0"));
  }

  @ParameterizedTest
  @MethodSource("all")
  void nanGivesNan(String activation) {
    for (DType dtype : DType.values()) {
      double actual = gradient(activation(activation), dtype, Double.NaN, 1);
      assertTrue(Double.isNaN(actual), activation + " of NaN in " + dtype + " is " + actual);
    }
  }

  // ---- more than one element

  @ParameterizedTest
  @CsvSource({"softmax", "log_softmax", "softmin", "softmax2d", "glu", "prelu", "silu", "gelu"})
  void gradientIsThatOfTheTape(String name) {
    Activation activation = Activations.get(name);
    check(x -> activation.apply(x[0]), mixed(1, 2, 4, 3, 4));
    try (Tensor x = mixed(1, 2, 4, 3, 4).tensor();
        GradientTape tape = GradientTape.record();
        Tensor y = activation.apply(x);
        Tensor upstream = mixed(2, y.shape().toArray()).tensor();
        Tensor expected = tape.gradient(y, upstream, List.of(x)).get(0);
        Tensor actual = activation.gradient(x, upstream)) {
      assertArrayEquals(expected.toDoubleArray(), actual.toDoubleArray(), 1e-15);
    }
  }

  @Test
  void softmaxWithTemperatureOrMaskHasItsFiniteDifferences() {
    check(x -> Activations.softmax(x[0], 1, 0.25), mixed(1, 3, 4));
    check(x -> Activations.softmax(x[0], 0, 3), mixed(1, 3, 4));
    Tensor mask = Tensor.of(new float[] {1, 0, 1, 1});
    check(x -> Activations.softmax(x[0], 1, mask), mixed(1, 3, 4));
    check(x -> Activations.prelu(x[0], x[1]), mixed(1, 2, 3, 2), mixed(2, 3));
  }

  @Test
  void gradientHasTheDtypeOfX() {
    Tensor narrow = Tensor.of(new float[] {1, 2, 3, 4}, 4);
    Tensor wide = Tensor.of(new double[] {1, 2, 3, 4}, 4);
    for (String name : List.of("silu", "relu", "softmax")) {
      assertEquals(DType.FLOAT32, Activations.get(name).gradient(narrow, wide).dtype());
      assertEquals(DType.FLOAT64, Activations.get(name).gradient(wide, narrow).dtype());
    }
  }

  @Test
  void whatDoesNotFitIsRefused() {
    Tensor x = Tensor.ones(2, 4);
    for (String name : List.of("relu", "softmax", "glu")) {
      Activation activation = Activations.get(name);
      assertThrows(ShapeException.class, () -> activation.gradient(x, Tensor.ones(4)));
      assertThrows(NullPointerException.class, () -> activation.gradient(x, null));
      assertThrows(NullPointerException.class, () -> activation.gradient(null, x));
      Tensor closed = Tensor.ones(2, 4);
      closed.close();
      assertThrows(ClosedTensorException.class, () -> activation.gradient(closed, x));
    }
    assertEquals(0, Activations.get("relu").gradient(Ops.neg(x), x).toDoubleArray()[7]);
  }
}
