package io.ember4j.activation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ember4j.BackendInfo;
import io.ember4j.BackendScope;
import io.ember4j.Backends;
import io.ember4j.Ops;
import io.ember4j.Shape;
import io.ember4j.Tensor;
import io.ember4j.nn.Layer;
import io.ember4j.nn.Layers;
import io.ember4j.nn.Parameter;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of activations is complete: names, methods, layers, documentation. */
class CatalogueTest {
  private static final List<String> CATALOGUE =
      List.of(
          "relu",
          "leaky_relu",
          "prelu",
          "relu6",
          "elu",
          "celu",
          "selu",
          "rrelu",
          "gelu",
          "silu",
          "mish",
          "sigmoid",
          "log_sigmoid",
          "tanh",
          "lecun_tanh",
          "hardtanh",
          "hardsigmoid",
          "hardswish",
          "softshrink",
          "hardshrink",
          "tanhshrink",
          "softplus",
          "softsign",
          "threshold",
          "glu",
          "softmax",
          "log_softmax",
          "softmin",
          "softmax2d");

  private static final List<String> LAYERS =
      List.of(
          "ReLU",
          "LeakyReLU",
          "PReLU",
          "ReLU6",
          "ELU",
          "CELU",
          "SELU",
          "RReLU",
          "GELU",
          "SiLU",
          "Mish",
          "Sigmoid",
          "LogSigmoid",
          "Tanh",
          "LeCunTanh",
          "Hardtanh",
          "Hardsigmoid",
          "Hardswish",
          "Softshrink",
          "Hardshrink",
          "Tanhshrink",
          "Softplus",
          "Softsign",
          "Threshold",
          "GLU",
          "Softmax",
          "LogSoftmax",
          "Softmin",
          "Softmax2d",
          "Dropout",
          "AlphaDropout",
          "Dense",
          "Sequential");

  static List<String> names() {
    return CATALOGUE;
  }

  @Test
  void namesAreTheCatalogueInAnyOrder() {
    List<String> names = Activations.names();
    assertEquals(new HashSet<>(CATALOGUE), new HashSet<>(names.subList(0, CATALOGUE.size())));
    assertEquals(names.size(), new HashSet<>(names).size());
  }

  @ParameterizedTest
  @MethodSource("names")
  void everyNameHasAMethodAndInPlaceWhereItSaysSo(String name) {
    String method = camelCase(name);
    Activation activation = Activations.get(name, Activations.exampleParameters(name));
    assertEquals(name, activation.name());
    assertTrue(staticMethods(Activations.class).contains(method), method);
    assertEquals(
        activation.supportsInPlace(), staticMethods(Activations.class).contains(method + "_"));
  }

  private static String camelCase(String name) {
    StringBuilder camel = new StringBuilder();
    for (String word : name.split("_", -1)) {
      camel.append(
          camel.length() == 0
              ? word
              : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
    }
    return camel.toString();
  }

  private static Set<String> staticMethods(Class<?> type) {
    Set<String> names = new HashSet<>();
    for (Method method : type.getMethods()) {
      if (Modifier.isStatic(method.getModifiers())) {
        names.add(method.getName());
      }
    }
    return names;
  }

  @ParameterizedTest
  @MethodSource("names")
  void everyNameHasALayerClassThatApplesIt(String name) throws Exception {
    String squeezed = name.replace("_", "");
    String layer =
        LAYERS.stream()
            .filter(l -> l.toLowerCase(Locale.ROOT).equals(squeezed))
            .findFirst()
            .orElseThrow();
    Class<?> type = Class.forName("io.ember4j.nn." + layer);
    assertTrue(Layer.class.isAssignableFrom(type) && Modifier.isFinal(type.getModifiers()));
    Map<String, Object> config = new java.util.HashMap<>(Activations.exampleParameters(name));
    config.put("layer", layer);
    Layer made = Layers.fromConfig(config);
    Shape shape = name.equals("softmax2d") ? Shape.of(2, 3, 2) : Shape.of(3, 4);
    float[] values = new float[12];
    for (int i = 0; i < 12; i++) {
      values[i] = (i - 6) * 0.8f;
    }
    try (Tensor x = Tensor.of(values, shape.toArray());
        Tensor byLayer = made.forward(x);
        Tensor byName = Activations.get(name, Activations.exampleParameters(name)).apply(x)) {
      assertEquals(byName.shape(), byLayer.shape());
      assertEquals(Arrays.toString(byName.toFloatArray()), Arrays.toString(byLayer.toFloatArray()));
    }
  }

  /** DESIGN.md, "Public names", but for the gradients, which are to come. */
  @Test
  void publicNamesAreThere() throws Exception {
    for (String layer : LAYERS) {
      assertTrue(Modifier.isPublic(Class.forName("io.ember4j.nn." + layer).getModifiers()), layer);
    }
    has(Backends.class, "available", List.class);
    has(Backends.class, "set", void.class, String.class);
    has(Backends.class, "current", BackendInfo.class);
    has(Backends.class, "get", BackendInfo.class, String.class);
    has(Backends.class, "use", BackendScope.class, String.class);
    has(Backends.class, "wrap", Runnable.class, Runnable.class);
    has(Backends.class, "transfers", long.class);
    assertTrue(AutoCloseable.class.isAssignableFrom(BackendScope.class));
    has(Tensor.class, "of", Tensor.class, float[].class, long[].class);
    has(Tensor.class, "of", Tensor.class, double[].class, long[].class);
    has(Tensor.class, "scalar", Tensor.class, float.class);
    has(Tensor.class, "scalar", Tensor.class, double.class);
    has(Tensor.class, "zeros", Tensor.class, long[].class);
    has(Tensor.class, "ones", Tensor.class, long[].class);
    has(Tensor.class, "full", Tensor.class, float.class, long[].class);
    for (String name : List.of("shape", "dtype", "rank", "size", "toFloatArray", "toDoubleArray")) {
      assertNotNull(Tensor.class.getMethod(name));
    }
    has(Tensor.class, "copyTo", void.class, float[].class);
    has(Tensor.class, "prefetch", Tensor.class, String.class);
    has(Tensor.class, "close", void.class);
    for (String name : List.of("add", "sub", "mul", "div", "matmul", "sum", "mean", "max")) {
      assertTrue(staticMethods(Ops.class).contains(name), name);
    }
    has(Activations.class, "gelu", Tensor.class, Tensor.class, Approximate.class);
    has(Activations.class, "softmax", Tensor.class, Tensor.class, int.class);
    has(Activations.class, "get", Activation.class, String.class);
    has(Activations.class, "get", Activation.class, String.class, Map.class);
    has(Activations.class, "names", List.class);
    has(Activation.class, "name", String.class);
    has(Activation.class, "config", Map.class);
    has(Activation.class, "apply", Tensor.class, Tensor.class);
    has(Activation.class, "apply", Tensor.class, Tensor.class, boolean.class);
    assertEquals(
        3,
        Stream.of(Activation.class.getMethods()).filter(m -> m.getName().equals("define")).count());
    has(Layer.class, "forward", Tensor.class, Tensor.class);
    has(Layer.class, "forward", Tensor.class, Tensor.class, boolean.class);
    has(Layer.class, "parameters", Map.class);
    has(Layer.class, "config", Map.class);
    has(Layers.class, "fromConfig", Layer.class, Map.class);
    assertTrue(Modifier.isPublic(Parameter.class.getModifiers()));
  }

  private static void has(Class<?> type, String name, Class<?> result, Class<?>... arguments)
      throws NoSuchMethodException {
    assertEquals(result, type.getMethod(name, arguments).getReturnType(), name);
  }

  // ---- documentation

  @ParameterizedTest
  @MethodSource("names")
  void documentationIsComplete(String name) {
    Documentation text = Activations.get(name, Activations.exampleParameters(name)).documentation();
    for (String field : List.of(text.formula(), text.range(), text.gradientAtZero(), text.use())) {
      assertFalse(field.isBlank(), text.toString());
      assertFalse(field.endsWith("."), field);
    }
  }

  /** At a kink the documented gradient is the one from the left, as in PyTorch. */
  @ParameterizedTest
  @MethodSource("names")
  void documentedGradientAtZeroIsTheSlopeFromTheLeft(String name) {
    Activation activation = Activations.get(name, Activations.exampleParameters(name));
    Optional<Double> documented =
        gradient(activation.documentation().gradientAtZero(), activation.config());
    Optional<io.ember4j.expr.Expr> expression = activation.expression();
    if (expression.isEmpty() || documented.isEmpty()) {
      assertTrue(
          List.of(
                  "prelu",
                  "rrelu",
                  "glu",
                  "softmax",
                  "log_softmax",
                  "softmin",
                  "softmax2d",
                  "threshold")
              .contains(name),
          name);
      return;
    }
    double h = 1e-6;
    double y0 = io.ember4j.naive.Evaluator.inDouble(expression.get(), -h);
    double y1 = io.ember4j.naive.Evaluator.inDouble(expression.get(), 0);
    assertEquals(documented.get(), (y1 - y0) / h, 1e-4);
  }

  private static Optional<Double> gradient(String text, Map<String, Object> config) {
    if (config.get(text) instanceof Double parameter) {
      return Optional.of(parameter);
    }
    return text.matches("[0-9.]+") ? Optional.of(Double.valueOf(text)) : Optional.empty();
  }

  /** The range in the table, "[low, high)", holds for what is computed. */
  @ParameterizedTest
  @MethodSource("names")
  void documentedRangeHolds(String name) {
    Activation activation = Activations.get(name, Activations.exampleParameters(name));
    String range = activation.documentation().range();
    for (Map.Entry<String, Object> parameter : activation.config().entrySet()) {
      range = range.replace(parameter.getKey(), "" + parameter.getValue());
    }
    if (!range.matches("[\\[(]\\S+, \\S+[\\])]")) {
      assertEquals("depends", range);
      return;
    }
    String[] ends =
        range.substring(1, range.length() - 1).replace("inf", "Infinity").split(", ", -1);
    double low = Double.parseDouble(ends[0].replace("--", ""));
    double high = Double.parseDouble(ends[1]);
    if (activation.expression().isPresent()) {
      for (double x = -50; x <= 50; x += 0.0625) {
        double y = io.ember4j.naive.Evaluator.inDouble(activation.expression().get(), x);
        assertTrue(y >= low - 1e-5 && y <= high, name + "(" + x + ") = " + y);
      }
    }
  }

  // ---- aliases and nearest names

  @ParameterizedTest
  @CsvSource({
    "swish, silu",
    "logistic, sigmoid",
    "logsigmoid, log_sigmoid",
    "hard_sigmoid, hardsigmoid",
    "hard_swish, hardswish",
    "hard_silu, hardswish",
  })
  void aliasesAreOtherNames(String alias, String name) {
    assertEquals(name, Activations.get(alias).name());
    assertTrue(Activations.aliases(name).contains(alias));
    assertFalse(Activations.names().contains(alias));
  }

  @ParameterizedTest
  @CsvSource({
    "Relu, relu",
    "gleu, gelu",
    "leakyrelu, leaky_relu",
    "SoftMax, softmax",
    "sigmod, sigmoid",
    "hardtan, hardtanh",
    "log_soft_max, log_softmax",
  })
  void unknownNameComesWithTheNearest(String wrong, String right) {
    String message =
        assertThrows(io.ember4j.UnknownNameException.class, () -> Activations.get(wrong))
            .getMessage();
    assertTrue(message.contains("\"" + wrong + "\"") && message.contains(right), message);
  }

  @Test
  void unknownParameterComesWithTheNearest() {
    String message =
        assertThrows(
                io.ember4j.UnknownNameException.class,
                () -> Activations.get("hardtanh", Map.of("minval", -1)))
            .getMessage();
    assertTrue(message.contains("\"minval\"") && message.contains("min_val"), message);
    assertTrue(
        assertThrows(
                io.ember4j.UnknownNameException.class,
                () -> Activations.get("relu", Map.of("alpha", 1)))
            .getMessage()
            .contains("there are none"));
  }
}
