package io.ember4j.activation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ember4j.BackendScope;
import io.ember4j.Backends;
import io.ember4j.DType;
import io.ember4j.ParameterException;
import io.ember4j.RandomKey;
import io.ember4j.ShapeException;
import io.ember4j.Tensor;
import io.ember4j.UnknownNameException;
import io.ember4j.expr.Expr;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ActivationTest {
  private static float[] apply(Activation activation, float... x) {
    try (Tensor tensor = Tensor.of(x);
        Tensor result = activation.apply(tensor)) {
      return result.toFloatArray();
    }
  }

  // ---- parameters

  static Stream<Arguments> settings() {
    return Stream.of(
        Arguments.of("leaky_relu", Map.of("negative_slope", 0.2)),
        Arguments.of("prelu", Map.of("num_parameters", 1L, "init", 0.3)),
        Arguments.of("elu", Map.of("alpha", -0.5)),
        Arguments.of("celu", Map.of("alpha", 2.0)),
        Arguments.of("rrelu", Map.of("lower", 0.1, "upper", 0.1, "seed", 7L)),
        Arguments.of("threshold", Map.of("threshold", 0.5, "value", -3.0)),
        Arguments.of("hardtanh", Map.of("min_val", -2.0, "max_val", 0.5)),
        Arguments.of("softshrink", Map.of("lambd", 0.0)),
        Arguments.of("hardshrink", Map.of("lambd", 1.5)),
        Arguments.of("softplus", Map.of("beta", 2.0, "threshold", 5.0)),
        Arguments.of("gelu", Map.of("approximate", "tanh")),
        Arguments.of("softmax", Map.of("dim", 0L, "temperature", 0.5)));
  }

  @ParameterizedTest
  @MethodSource("settings")
  void configRoundTrips(String name, Map<String, Object> given) {
    Activation activation = Activations.get(name, given);
    assertEquals(given, activation.config());
    Activation again = Activations.get(activation.name(), activation.config());
    assertEquals(activation.config(), again.config());
    float[] x = {-2, -0.5f, 0, 0.7f, 3};
    assertArrayEquals(apply(activation, x), apply(again, x));
    assertFalse(
        Arrays.equals(
            apply(Activations.get(name, Activations.exampleParameters(name)), x), apply(again, x)),
        "the parameters matter");
  }

  @ParameterizedTest
  @CsvSource({
    "leaky_relu, negative_slope, NaN, a finite number",
    "elu, alpha, Infinity, a finite number",
    "celu, alpha, 0, 'a finite number, not 0'",
    "softshrink, lambd, -0.1, a finite number >= 0",
    "hardshrink, lambd, -1, a finite number >= 0",
    "softplus, beta, 0, 'a finite number, not 0'",
    "softmax, temperature, 0, a finite number > 0",
    "softmax, temperature, -1, a finite number > 0",
    "softmax, dim, 0.5, 'an integer: an axis, such as -1'",
    "softmax, dim, 1e300, 'an integer: an axis, such as -1'",
    "glu, dim, 2147483648, 'an integer: an axis, such as -1'",
    "prelu, num_parameters, 0, an integer >= 1",
    "prelu, num_parameters, 1e12, an integer >= 1",
    "rrelu, seed, 0.5, an integer",
    "rrelu, seed, 1e300, an integer",
  })
  void valueOutOfRangeIsNamedWithItsRange(
      String name, String parameter, double value, String range) {
    String message =
        assertThrows(
                ParameterException.class, () -> Activations.get(name, Map.of(parameter, value)))
            .getMessage();
    assertTrue(message.startsWith(name + ": " + parameter + " is " + value), message);
    assertTrue(message.contains("it must be " + range), message);
  }

  @Test
  void otherWrongParametersAreNamed() {
    assertTrue(refused("gelu", Map.of("approximate", "erf")).contains("[none, tanh, sigmoid]"));
    assertTrue(refused("gelu", Map.of("approximate", 3)).contains("approximate is 3"));
    assertTrue(refused("elu", Map.of("alpha", "1")).contains("alpha is \"1\""));
    assertTrue(refused("hardtanh", Map.of("min_val", 1, "max_val", 1)).contains("below max_val"));
    assertTrue(refused("rrelu", Map.of("lower", 1, "upper", 0.5)).contains("must not be above"));
    assertTrue(refused("threshold", Map.of("value", 1)).contains("threshold has no default"));
    try (Tensor x = Tensor.ones(2)) {
      assertThrows(ParameterException.class, () -> Activations.softmax(x, 0, 0.0));
      assertThrows(ParameterException.class, () -> Activations.softmax(x, 0, Double.NaN));
      assertThrows(NullPointerException.class, () -> Activations.gelu(x, null));
      assertThrows(NullPointerException.class, () -> Activations.relu(null));
    }
    assertThrows(NullPointerException.class, () -> Activations.get(null));
    assertThrows(NullPointerException.class, () -> Activations.get("relu", null));
  }

  private static String refused(String name, Map<String, ?> parameters) {
    return assertThrows(ParameterException.class, () -> Activations.get(name, parameters))
        .getMessage();
  }

  @Test
  void numbersOfAnyTypeAreTaken() {
    assertEquals(
        Map.of("negative_slope", 0.01),
        Activations.get("leaky_relu", Map.of("negative_slope", 0.01f)).config());
    assertEquals(2.0, Activations.get("elu", Map.of("alpha", 2)).config().get("alpha"));
    assertEquals(1L, Activations.get("glu", Map.of("dim", 1.0)).config().get("dim"));
    Map<String, Object> withNull = new HashMap<>();
    withNull.put("alpha", null);
    assertEquals(1.0, Activations.get("elu", withNull).config().get("alpha"));
    assertThrows(
        UnsupportedOperationException.class, () -> Activations.get("elu").config().clear());
  }

  @Test
  void seedsAreUsedUpOnlyByWhatDraws() {
    long before = RandomKey.freshSeed();
    Activations.get("relu");
    try (Tensor x = Tensor.ones(1)) {
      Activations.leakyRelu(x, 0.3).close();
    }
    assertEquals(before + 1, RandomKey.freshSeed());
  }

  // ---- special values, in both forms

  @ParameterizedTest
  @CsvSource({
    // name, at -inf, at -0, at 0, at +inf
    "relu, 0, -0.0, 0, Infinity", "leaky_relu, -Infinity, -0.0, 0, Infinity",
    "prelu, -Infinity, -0.0, 0, Infinity", "relu6, 0, -0.0, 0, 6",
    "elu, -1, -0.0, 0, Infinity", "celu, -1, -0.0, 0, Infinity",
    "selu, -1.7580993, -0.0, 0, Infinity", "rrelu, -Infinity, -0.0, 0, Infinity",
    "gelu, -0.0, -0.0, 0, Infinity", "silu, -0.0, -0.0, 0, Infinity",
    "mish, -0.0, -0.0, 0, Infinity", "sigmoid, 0, 0.5, 0.5, 1",
    "log_sigmoid, -Infinity, -0.6931472, -0.6931472, 0", "tanh, -1, -0.0, 0, 1",
    "lecun_tanh, -1.7159, -0.0, 0, 1.7159", "hardtanh, -1, -0.0, 0, 1",
    "hardsigmoid, 0, 0.5, 0.5, 1", "hardswish, -0.0, -0.0, 0, Infinity",
    "hardshrink, -Infinity, 0, 0, Infinity", "softshrink, -Infinity, 0, 0, Infinity",
    "tanhshrink, -Infinity, -0.0, 0, Infinity", "softplus, 0, 0.6931472, 0.6931472, Infinity",
    "softsign, -1, -0.0, 0, 1", "threshold, 20, 20, 20, Infinity",
  })
  void limitsAndZeros(String name, float low, float minusZero, float zero, float high) {
    Activation activation = Activations.get(name, Activations.exampleParameters(name));
    float[] x = {Float.NEGATIVE_INFINITY, -0.0f, 0, Float.POSITIVE_INFINITY, Float.NaN};
    for (String backend : List.of("naive", "rich")) {
      try (BackendScope scope = Backends.use(backend)) {
        float[] y = apply(activation, x);
        float[] expected = {low, minusZero, zero, high, Float.NaN};
        for (int i = 0; i < x.length; i++) {
          assertEquals(expected[i], y[i], backend + " at " + x[i]);
        }
      }
    }
  }

  // ---- forms of one function

  @Test
  void inPlaceFormsGiveTheSameAndTheSameObject() {
    float[] values = {-2, -0.4f, 0, 0.6f, 5};
    for (String name : Activations.names()) {
      Activation activation = Activations.get(name, Activations.exampleParameters(name));
      try (Tensor x = Tensor.of(values)) {
        if (activation.supportsInPlace()) {
          assertSame(x, activation.apply_(x));
          assertArrayEquals(apply(activation, values), x.toFloatArray(), name);
        } else {
          String message =
              assertThrows(ParameterException.class, () -> activation.apply_(x)).getMessage();
          assertTrue(message.contains(name + " has no in-place form"), message);
        }
      }
    }
  }

  @Test
  void rreluDrawsASlopeForEachElementInTraining() {
    try (Tensor x = Tensor.full(-1, DType.FLOAT32, 500)) {
      float[] drawn = Activations.rrelu(x, 0.25, 0.5, RandomKey.of(1)).toFloatArray();
      assertTrue(
          Arrays.equals(drawn, Activations.rrelu(x, 0.25, 0.5, RandomKey.of(1)).toFloatArray()));
      double mean = 0;
      for (float y : drawn) {
        assertTrue(-y >= 0.25 && -y <= 0.5, "" + y);
        mean -= y / drawn.length;
      }
      assertEquals(0.375, mean, 0.02);
      assertEquals(-0.375f, Activations.rrelu(x, 0.25, 0.5).toFloatArray()[0]);
      Activation seeded = Activations.get("rrelu", Map.of("seed", 3));
      float[] first = seeded.apply(x, true).toFloatArray();
      assertFalse(Arrays.equals(first, seeded.apply(x, true).toFloatArray()), "a new draw a call");
      assertArrayEquals(
          first, Activations.get("rrelu", Map.of("seed", 3)).apply(x, true).toFloatArray());
    }
  }

  @Test
  void gluAndSoftmax2dRefuseShapesThatDoNotFit() {
    try (Tensor x = Tensor.ones(2, 3);
        Tensor scalar = Tensor.scalar(1f)) {
      String odd = assertThrows(ShapeException.class, () -> Activations.glu(x)).getMessage();
      assertTrue(odd.contains("odd extent 3 in shape [2, 3]"), odd);
      assertEquals("[1, 3]", Activations.glu(x, 0).shape().toString());
      assertThrows(ShapeException.class, () -> Activations.glu(scalar));
      assertThrows(ShapeException.class, () -> Activations.softmax2d(x));
      assertThrows(ShapeException.class, () -> Activations.softmax(x, 2));
      assertThrows(ShapeException.class, () -> Activations.prelu(x, Tensor.ones(2)));
      assertThrows(ShapeException.class, () -> Activations.prelu(x, Tensor.ones(1, 3)));
    }
  }

  @Test
  void maskedSoftmaxGivesZeroWhereMasked() {
    float[] values = {1, Float.NaN, 1, 9, Float.POSITIVE_INFINITY, 9};
    try (Tensor x = Tensor.of(values, 2, 3);
        Tensor mask = Tensor.of(new float[] {1, 0, 1, 0, 0, 0}, 2, 3);
        Tensor wrong = Tensor.ones(2, 2, 3)) {
      float[] y = Activations.softmax(x, -1, mask).toFloatArray();
      assertArrayEquals(new float[] {0.5f, 0, 0.5f, 0, 0, 0}, y);
      assertThrows(ShapeException.class, () -> Activations.softmax(x, -1, wrong));
    }
  }

  // ---- one's own

  @Test
  void defineInThreeForms() {
    Activation plain = Activation.define("test_cube", x -> x.times(x).times(x));
    Activation derived =
        Activation.define(
            "test_square", x -> x.times(x), (x, upstream) -> x.times(2).times(upstream));
    Activation scaled =
        Activation.define(
            "test_scaled",
            Map.of("scale", 2, "shift", 0.5),
            (x, p) -> x.times(p.get("scale")).plus(p.get("shift")));
    for (String backend : List.of("naive", "other", "rich")) {
      try (BackendScope scope = Backends.use(backend)) {
        assertArrayEquals(new float[] {-8, 27}, apply(plain, -2, 3));
        assertArrayEquals(new float[] {4, 9}, apply(derived, -2, 3));
        assertArrayEquals(new float[] {-3.5f, 6.5f}, apply(scaled, -2, 3));
        assertArrayEquals(
            new float[] {-2, 8},
            apply(Activations.get("test_scaled", Map.of("scale", 2, "shift", 2)), -2, 3));
      }
    }
    assertEquals(Map.of("scale", 2.0, "shift", 0.5), scaled.config());
    assertEquals(scaled.config(), Activations.get(scaled.name(), scaled.config()).config());
    assertTrue(Activations.names().containsAll(List.of("test_cube", "test_square", "test_scaled")));
    assertThrows(
        UnknownNameException.class, () -> Activations.get("test_scaled", Map.of("scal", 1)));
    assertThrows(
        ParameterException.class,
        () -> Activations.get("test_scaled", Map.of("scale", Double.NaN)));
  }

  @Test
  void defineTakesTrivialBodiesAndAnyParameterName() {
    Activation identity = Activation.define("test_identity", x -> x);
    Activation constant = Activation.define("test_constant", x -> Expr.constant(3));
    Activation seeded =
        Activation.define("test_seeded", Map.of("seed", 2.5), (x, p) -> x.times(p.get("seed")));
    for (String backend : List.of("naive", "other", "rich")) {
      try (BackendScope scope = Backends.use(backend)) {
        assertArrayEquals(new float[] {-2, -0f, Float.NaN}, apply(identity, -2, -0f, Float.NaN));
        assertArrayEquals(new float[] {3, 3}, apply(constant, -2, Float.NaN));
        assertArrayEquals(new float[] {-5}, apply(seeded, -2));
      }
    }
  }

  @Test
  void defineRefusesWhatIsTakenOrWrong() {
    for (String name : List.of("gelu", "swish", "Gelu2", "my-own", "", "9lives", "x", "a b")) {
      assertThrows(ParameterException.class, () -> Activation.define(name, x -> x), name);
    }
    assertThrows(NullPointerException.class, () -> Activation.define(null, x -> x));
    assertThrows(NullPointerException.class, () -> Activation.define("test_null", x -> null));
    assertThrows(
        ParameterException.class,
        () -> Activation.define("test_three", x -> x, (x, upstream) -> Expr.input(2)));
    assertThrows(
        ParameterException.class,
        () ->
            Activation.define("test_infinite", Map.of("a", Double.POSITIVE_INFINITY), (x, p) -> x));
    assertThrows(
        ParameterException.class,
        () -> Activation.define("test_name", Map.of("A", 1), (x, p) -> x));
    String unknown =
        assertThrows(
                UnknownNameException.class,
                () -> Activation.define("test_unknown", Map.of("a", 1), (x, p) -> p.get("b")))
            .getMessage();
    assertTrue(unknown.contains("parameter of test_unknown \"b\""), unknown);
    assertThrows(
        IllegalArgumentException.class, () -> Activation.define("test_second", x -> Expr.input(1)));
    for (String name :
        List.of("test_null", "test_three", "test_infinite", "test_unknown", "test_second")) {
      assertFalse(Activations.names().contains(name), "nothing is left of " + name);
    }
  }
}
