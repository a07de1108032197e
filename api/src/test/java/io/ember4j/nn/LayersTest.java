package io.ember4j.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ember4j.ClosedTensorException;
import io.ember4j.DType;
import io.ember4j.ParameterException;
import io.ember4j.RandomKey;
import io.ember4j.ShapeException;
import io.ember4j.Tensor;
import io.ember4j.UnknownNameException;
import io.ember4j.activation.Activation;
import io.ember4j.activation.Activations;
import io.ember4j.activation.Approximate;
import io.ember4j.activation.Parameters;
import io.ember4j.expr.Expr;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LayersTest {
  /** Every layer of the library with parameters that are not the defaults. */
  static Stream<Layer> layers() {
    return Stream.of(
        new ReLU(true),
        new ReLU6(),
        new LeakyReLU(0.2),
        new PReLU(3, 0.1),
        new ELU(0.5),
        new CELU(2, true),
        new SELU(),
        new RReLU(0.1, 0.2, true, 7),
        new GELU(Approximate.TANH),
        new SiLU(true),
        new Mish(),
        new Sigmoid(),
        new LogSigmoid(),
        new Tanh(),
        new LeCunTanh(),
        new Hardtanh(-2, 3),
        new Hardsigmoid(),
        new Hardswish(),
        new Softshrink(0.25),
        new Hardshrink(0.75),
        new Tanhshrink(),
        new Softplus(2, 10),
        new Softsign(),
        new Threshold(0.1, -1),
        new GLU(1),
        new Softmax(0, 0.5),
        new LogSoftmax(0),
        new Softmin(0),
        new Softmax2d(),
        new Dropout(0.25, true, 5),
        new AlphaDropout(0.25),
        new Dense(3, 2, false, Initializer.LECUN_UNIFORM, 1, DType.FLOAT64),
        new Sequential(new Dense(3, 2), new Sequential(new GELU())));
  }

  // ---- config

  @ParameterizedTest
  @MethodSource("layers")
  void configRoundTrips(Layer layer) {
    Layer again = Layers.fromConfig(layer.config());
    assertSame(layer.getClass(), again.getClass());
    assertEquals(layer.config(), again.config());
    assertEquals(layer.parameters().keySet(), again.parameters().keySet());
    layer
        .parameters()
        .forEach(
            (name, p) -> {
              assertEquals(p.value().shape(), again.parameters().get(name).value().shape());
              assertEquals(p.value().dtype(), again.parameters().get(name).value().dtype());
            });
  }

  @ParameterizedTest
  @MethodSource("layers")
  void unknownSettingIsRefused(Layer layer) {
    Map<String, Object> config = new HashMap<>(layer.config());
    config.put("colour", 1);
    String message =
        assertThrows(UnknownNameException.class, () -> Layers.fromConfig(config)).getMessage();
    assertTrue(message.contains("colour"), message);
  }

  static Stream<Arguments> badConfigs() {
    return Stream.of(
        Arguments.of(Map.of(), "needs the entry \"layer\""),
        Arguments.of(Map.of("layer", 3), "got 3"),
        Arguments.of(Map.of("layer", "Relu"), "unknown layer type \"Relu\"; known: AlphaDropout"),
        Arguments.of(Map.of("layer", "Dense", "in_features", 2), "\"out_features\" is missing"),
        Arguments.of(dense(2.5, 1), "\"in_features\" is 2.5; it must be an integer"),
        Arguments.of(dense(1e300, 1), "it must be an integer"),
        Arguments.of(dense("2", 1), "\"in_features\" is 2; it must be a Number"),
        Arguments.of(dense(0, 1), "in_features is 0"),
        Arguments.of(dense(1L << 32, 1L << 32), "4294967296 by 4294967296"),
        Arguments.of(Map.of("layer", "PReLU", "dtype", "int8"), "unknown dtype \"int8\""),
        Arguments.of(Map.of("layer", "PReLU", "num_parameters", 0), "num_parameters is 0"),
        Arguments.of(Map.of("layer", "ReLU", "inplace", "yes"), "it must be a Boolean"),
        Arguments.of(Map.of("layer", "ELU", "alpha", "big"), "alpha is \"big\""),
        Arguments.of(Map.of("layer", "Dropout", "p", 1.5), "p is 1.5; it must be in [0, 1]"),
        Arguments.of(Map.of("layer", "Dropout", "p", Double.NaN), "p is NaN"),
        Arguments.of(Map.of("layer", "Sequential"), "\"layers\" is missing"),
        Arguments.of(
            Map.of("layer", "Sequential", "layers", List.of(1)),
            "holds 1; it must be a map of settings"),
        Arguments.of(
            Map.of("layer", "Sequential", "layers", List.of(Map.of("layer", "Nope"))), "\"Nope\""));
  }

  private static Map<String, Object> dense(Object in, Object out) {
    return Map.of("layer", "Dense", "in_features", in, "out_features", out);
  }

  @ParameterizedTest
  @MethodSource("badConfigs")
  void badConfigNamesValueAndRemedy(Map<String, ?> config, String expected) {
    RuntimeException e =
        assertThrows(IllegalArgumentException.class, () -> Layers.fromConfig(config));
    assertTrue(e.getMessage().contains(expected), e.getMessage());
    assertTrue(e instanceof ParameterException || e instanceof UnknownNameException);
  }

  // ---- by the activation's name

  static Stream<String> catalogue() {
    return Activations.names().stream()
        .filter(
            name ->
                !Activations.get(name, Activations.exampleParameters(name))
                    .documentation()
                    .formula()
                    .isEmpty());
  }

  @ParameterizedTest
  @MethodSource("catalogue")
  void everyActivationHasALayer(String name) {
    Layer layer = Layers.activation(name, Activations.exampleParameters(name));
    if (name.equals("prelu")) {
      assertSame(PReLU.class, layer.getClass());
    } else {
      assertEquals(name, ((ActivationLayer) layer).activation().name());
    }
    for (String alias : Activations.aliases(name)) {
      assertSame(
          layer.getClass(),
          Layers.activation(alias, Activations.exampleParameters(name)).getClass());
    }
  }

  @Test
  void anActivationsLayerTakesSettings() {
    assertEquals(new GELU().config(), Layers.activation("gelu").config());
    assertEquals(
        new PReLU(3, 0.5, DType.FLOAT64).config(),
        Layers.activation("prelu", Map.of("num_parameters", 3, "init", 0.5, "dtype", "float64"))
            .config());
    assertEquals(
        new RReLU(0.1, 0.2, false, 7).config(),
        Layers.activation("rrelu", Map.of("lower", 0.1, "upper", 0.2, "seed", 7)).config());
  }

  @Test
  void anActivationOfOnesOwnHasALayer() {
    Activation own =
        Activation.define(
            "layers_own", Map.of("layer", 2.0, "activation", 1.0), LayersTest::scaledTanh);
    Layer layer = Layers.activation("layers_own", Map.of("layer", 3));
    assertEquals(
        Map.of(
            "layer",
            "OwnActivation",
            "activation",
            "layers_own",
            "parameters",
            Map.of("layer", 3.0, "activation", 1.0)),
        layer.config());
    Tensor x = Tensor.of(new float[] {-1, 0.5f, 2}, 1, 3);
    float[] expected = Activations.get("layers_own", Map.of("layer", 3)).apply(x).toFloatArray();
    Dense dense = new Dense(3, 3);
    assertArrayEquals(expected, layer.forward(x).toFloatArray());
    assertArrayEquals(expected, Layers.fromConfig(layer.config()).forward(x, true).toFloatArray());
    assertArrayEquals(
        own.apply(dense.forward(x)).toFloatArray(),
        new Sequential(dense, Layers.activation("layers_own")).forward(x).toFloatArray(),
        1e-6f);
  }

  private static Expr scaledTanh(Expr x, Parameters p) {
    return x.times(p.get("activation")).tanh().times(p.get("layer"));
  }

  @Test
  void ownActivationIsNotTakenForALayerOfTheLibrary() {
    Activation.define("leakyre_lu", x -> x.times(5)); // but for the underscore, one of them
    Activation.define("dense", x -> x);
    Tensor x = Tensor.of(new float[] {-1});
    assertArrayEquals(new float[] {-5}, Layers.activation("leakyre_lu").forward(x).toFloatArray());
    assertEquals("OwnActivation dense{}", Layers.activation("dense").toString());
  }

  @Test
  void anUnknownActivationOrSettingIsRefused() {
    String message =
        assertThrows(UnknownNameException.class, () -> Layers.activation("rleu")).getMessage();
    assertTrue(message.contains("rleu"), message);
    assertThrows(ParameterException.class, () -> Layers.activation("threshold"));
    assertThrows(UnknownNameException.class, () -> Layers.activation("relu", Map.of("alpha", 1.0)));
    Activation.define("layers_plain", x -> x);
    assertThrows(
        UnknownNameException.class, () -> Layers.activation("layers_plain", Map.of("alpha", 1.0)));
    assertThrows(
        ParameterException.class, () -> Layers.fromConfig(Map.of("layer", "OwnActivation")));
  }

  /** A user's layer, which looks its activation up by name. */
  private record Scaled(String activation, double scale) implements Layer {
    @Override
    public Tensor forward(Tensor x, boolean training) {
      try (Tensor y = Activations.get(activation).apply(x, training)) {
        return y.times(scale);
      }
    }

    @Override
    public Map<String, Object> config() {
      Map<String, Object> config = new LinkedHashMap<>();
      config.put("layer", "test.Scaled");
      config.put("activation", activation);
      config.put("scale", scale);
      return config;
    }
  }

  @Test
  void usersLayerIsRegisteredOnceAndRoundTrips() {
    Layers.LayerFactory factory =
        settings -> new Scaled((String) settings.get("activation"), (Double) settings.get("scale"));
    Layers.register("test.Scaled", factory);
    Layer network = new Sequential(new Scaled("relu", 3));
    assertEquals(network.config(), Layers.fromConfig(network.config()).config());
    try (Tensor x = Tensor.of(new float[] {-1, 2})) {
      Layer again = Layers.fromConfig(network.config());
      assertArrayEquals(new float[] {-0f, 6}, again.forward(x).toFloatArray(), 0f);
    }
    assertThrows(ParameterException.class, () -> Layers.register("test.Scaled", factory));
    assertThrows(ParameterException.class, () -> Layers.register("ReLU", factory));
    Layers.register("test.Null", settings -> null);
    assertTrue(
        assertThrows(
                NullPointerException.class, () -> Layers.fromConfig(Map.of("layer", "test.Null")))
            .getMessage()
            .contains("test.Null"));
    Layer without = (x, training) -> x;
    assertThrows(UnsupportedOperationException.class, without::config);
  }

  // ---- Dense and the initialisers

  @Test
  void denseIsTheMatrixProductWithTheTransposedWeightPlusBias() {
    Dense dense = new Dense(2, 3);
    dense.parameters().get("weight").set(Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 3, 2));
    dense.parameters().get("bias").set(Tensor.of(new float[] {10, 20, 30}));
    try (Tensor vector = Tensor.of(new float[] {1, -1});
        Tensor batch = Tensor.of(new float[] {1, 0, 0, 1}, 2, 1, 2);
        Tensor none = Tensor.zeros(0, 2)) {
      assertArrayEquals(new float[] {9, 19, 29}, dense.forward(vector).toFloatArray());
      Tensor y = dense.forward(batch);
      assertEquals("[2, 1, 3]", y.shape().toString());
      assertArrayEquals(new float[] {11, 23, 35, 12, 24, 36}, y.toFloatArray());
      assertEquals("[0, 3]", dense.forward(none).shape().toString());
      assertThrows(ShapeException.class, () -> dense.forward(Tensor.scalar(1f)));
      assertThrows(ShapeException.class, () -> dense.forward(Tensor.ones(3)));
    }
  }

  @Test
  void sameSeedGivesTheSameWeights() {
    float[] one = weights(new Dense(5, 4, Initializer.HE_NORMAL, 3));
    assertArrayEquals(one, weights(new Dense(5, 4, Initializer.HE_NORMAL, 3)));
    assertNotEquals(
        Arrays.toString(one), Arrays.toString(weights(new Dense(5, 4, Initializer.HE_NORMAL, 4))));
    assertNotEquals(
        Arrays.toString(weights(new Dense(5, 4))), Arrays.toString(weights(new Dense(5, 4))));
    assertArrayEquals(
        new float[4], new Dense(5, 4).parameters().get("bias").value().toFloatArray());
  }

  private static float[] weights(Layer layer) {
    return layer.parameters().get("weight").value().toFloatArray();
  }

  @ParameterizedTest
  @EnumSource(Initializer.class)
  void initializersHaveTheirVariance(Initializer initializer) {
    int in = 400;
    int out = 100;
    double[] values = initializer.weight(in, out, DType.FLOAT64, RandomKey.of(1)).toDoubleArray();
    String name = initializer.name();
    double variance =
        name.startsWith("LECUN") ? 1.0 / in : name.startsWith("HE") ? 2.0 / in : 2.0 / (in + out);
    double mean = DoubleStream.of(values).average().orElseThrow();
    double measured = DoubleStream.of(values).map(v -> v * v).average().orElseThrow();
    assertEquals(0, mean, 5 * Math.sqrt(variance / values.length));
    assertEquals(1, measured / variance, 5 * Math.sqrt(2.0 / values.length));
    double largest = DoubleStream.of(values).map(Math::abs).max().orElseThrow();
    double bound = Math.sqrt(3 * variance);
    assertEquals(name.endsWith("UNIFORM"), largest <= bound, "largest " + largest);
  }

  // ---- dropout

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.1, 0.5, 0.7, 0.9, 1})
  void dropoutDropsItsShareAndKeepsTheMean(double p) {
    Dropout dropout = new Dropout(p, false, 3);
    int n = 20_000;
    try (Tensor x = Tensor.ones(n)) {
      float[] y = dropout.forward(x, true).toFloatArray();
      int dropped = 0;
      for (float value : y) {
        dropped += value == 0 ? 1 : 0;
        assertTrue(value == 0 || value == (float) (1 / (1 - p)), "" + value);
      }
      assertEquals(n * p, dropped, 5 * Math.sqrt(n * p * (1 - p)));
      assertArrayEquals(x.toFloatArray(), dropout.forward(x).toFloatArray());
    }
  }

  @Test
  void dropoutSelectsSoThatNanCanBeDropped() {
    try (Tensor x = Tensor.full(Float.NaN, 100)) {
      float[] y = new Dropout(0.5, false, 1).forward(x, true).toFloatArray();
      int zeros = 0;
      for (float value : y) {
        zeros += value == 0 ? 1 : 0;
      }
      assertTrue(zeros > 20 && zeros < 80, "" + zeros);
      assertArrayEquals(new float[100], new Dropout(1.0).forward(x, true).toFloatArray());
    }
  }

  @Test
  void everyCallHasItsMaskAndASeedRepeatsThem() {
    Dropout one = new Dropout(0.5, false, 9);
    Dropout two = new Dropout(0.5, false, 9);
    try (Tensor x = Tensor.ones(64)) {
      float[] first = one.forward(x, true).toFloatArray();
      float[] second = one.forward(x, true).toFloatArray();
      assertNotEquals(Arrays.toString(first), Arrays.toString(second));
      assertArrayEquals(first, two.forward(x, true).toFloatArray());
      assertArrayEquals(second, two.forward(x, true).toFloatArray());
      RandomKey key = new RandomKey(9, 0);
      assertArrayEquals(first, new Dropout(0.5).forward(x, key).toFloatArray());
    }
  }

  @ParameterizedTest
  @CsvSource({"0.1", "0.3", "0.7", "0.99999999"})
  void maskIsTheSameInBothDtypes(double p) {
    // Near the rate, where a rounded rate would decide otherwise.
    double threshold = new Dropout(p).threshold();
    assertEquals(threshold, (double) (float) threshold);
    assertTrue(threshold >= p && threshold - p < 0x1p-24);
    RandomKey key = RandomKey.of(4);
    try (Tensor narrow = Tensor.ones(10_000);
        Tensor wide = Tensor.full(1, DType.FLOAT64, 10_000)) {
      float[] a = new Dropout(p).forward(narrow, key).toFloatArray();
      double[] b = new Dropout(p).forward(wide, key).toDoubleArray();
      for (int i = 0; i < a.length; i++) {
        assertEquals(a[i] == 0, b[i] == 0);
      }
    }
  }

  @Test
  void alphaDropoutKeepsMeanAndVariance() {
    int n = 50_000;
    double[] normal = new double[n];
    RandomKey.of(2).fillNormal(normal);
    try (Tensor x = Tensor.of(normal)) {
      double[] y = new AlphaDropout(0.2, false, 3).forward(x, true).toDoubleArray();
      assertEquals(0, DoubleStream.of(y).average().orElseThrow(), 0.03);
      assertEquals(1, DoubleStream.of(y).map(v -> v * v).average().orElseThrow(), 0.04);
      assertArrayEquals(new double[n], new AlphaDropout(1.0).forward(x, true).toDoubleArray(), 0.0);
    }
  }

  // ---- parameters

  @Test
  void preluHasOneSlopePerChannel() {
    PReLU prelu = new PReLU(2, 0.5);
    prelu.parameters().get("weight").set(Tensor.of(new float[] {10, 100}));
    try (Tensor x = Tensor.of(new float[] {-1, -2, -3, 4}, 1, 2, 2);
        Tensor three = Tensor.ones(1, 3)) {
      assertArrayEquals(new float[] {-10, -20, -300, 4}, prelu.forward(x).toFloatArray());
      assertThrows(ShapeException.class, () -> prelu.forward(three));
    }
    assertThrows(ParameterException.class, () -> new PReLU(0, 0.1));
    assertThrows(ParameterException.class, () -> new PReLU(1, Double.NaN));
    assertThrows(NullPointerException.class, () -> new PReLU(1, 0.1, null));
  }

  @Test
  void parameterRefusesOtherShapesAndClosedTensors() {
    Parameter parameter = new Parameter("weight", Tensor.ones(2));
    assertThrows(ShapeException.class, () -> parameter.set(Tensor.ones(3)));
    assertThrows(ShapeException.class, () -> parameter.set(Tensor.full(1, DType.FLOAT64, 2)));
    assertThrows(NullPointerException.class, () -> parameter.set(null));
    Tensor closed = Tensor.ones(2);
    closed.close();
    assertThrows(ClosedTensorException.class, () -> parameter.set(closed));
    Tensor old = parameter.value();
    parameter.set(Tensor.zeros(2));
    assertArrayEquals(new float[] {1, 1}, old.toFloatArray(), "the old value is not closed");
  }

  @Test
  void layersInPlaceSayWhereTheyCannot() {
    assertThrows(
        UnknownNameException.class,
        () -> Layers.fromConfig(Map.of("layer", "GELU", "inplace", true)));
  }
}
