package io.ember4j.conformance;

import io.ember4j.BackendException;
import io.ember4j.Backends;
import io.ember4j.DType;
import io.ember4j.Ops;
import io.ember4j.ParameterException;
import io.ember4j.ShapeException;
import io.ember4j.Tensor;
import io.ember4j.UnknownNameException;
import io.ember4j.activation.Activation;
import io.ember4j.activation.Activations;
import io.ember4j.activation.Approximate;
import io.ember4j.nn.AlphaDropout;
import io.ember4j.nn.Dense;
import io.ember4j.nn.Dropout;
import io.ember4j.nn.Layers;
import io.ember4j.nn.PReLU;
import io.ember4j.nn.Sequential;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** ER: bad input is refused with the value and the remedy, and nothing has changed. */
final class ErrorRules {
  private static final String HINT =
      "checked by the api before the backend is called; an exception of the backend's own must not"
          + " come first";

  private ErrorRules() {}

  static List<Rule> rules() {
    return List.of(
        new Rule(
            "ER-1.shapes",
            "A shape or a number of values that does not fit is a ShapeException that names both.",
            HINT,
            subject -> shapes()),
        new Rule(
            "ER-2.axes",
            "An axis out of range is a ShapeException that names it and the range.",
            HINT,
            subject -> axes()),
        new Rule(
            "ER-3.parameters",
            "A parameter out of range is a ParameterException that names it, its value and the"
                + " range, in the functional form, by name and in the layer.",
            HINT,
            subject -> parameters()),
        new Rule(
            "ER-4.names",
            "An unknown name is an UnknownNameException with the nearest names; an unknown backend"
                + " is a BackendException that lists what was found.",
            HINT,
            ErrorRules::names),
        new Rule(
            "ER-5.null",
            "A null argument is a NullPointerException that names it.",
            HINT,
            subject -> nulls()),
        new Rule(
            "ER-6.unchanged",
            "After an error the operands hold what they held, and can be used.",
            "something was written before the arguments were checked",
            subject -> unchanged()));
  }

  private static void shape(String what, Checks.Action action, String... words) {
    Checks.refuses(ShapeException.class, what, action, words);
  }

  private static void parameter(String what, Checks.Action action, String... words) {
    Checks.refuses(ParameterException.class, what, action, words);
  }

  private static void unknown(String what, Checks.Action action, String... words) {
    Checks.refuses(UnknownNameException.class, what, action, words);
  }

  private static void shapes() {
    Tensor x = Tensor.zeros(2, 3);
    Tensor y = Tensor.zeros(4);
    shape("of", () -> Tensor.of(new float[5], 2, 3), "[2, 3]", "6", "5");
    shape("of", () -> Tensor.of(new double[5], 2, -3), "-3", "0 or more");
    shape("copyTo", () -> x.copyTo(new float[5]), "5", "6");
    shape("item", x::item, "[2, 3]", "exactly one");
    shape("add", () -> Ops.add(x, y), "[2, 3]", "[4]", "must be equal");
    shape("where", () -> Ops.where(x, y, x), "[2, 3]", "[4]");
    shape("matmul", () -> Ops.matmul(x, x), "[2, 3]", "must be equal");
    shape("matmul with a bias", () -> biased(x, y), "[4]", "[2, 2]");
    shape("reshape", () -> x.reshape(4, 2), "6", "8");
    shape("concat", () -> Ops.concat(0, x, y), "[2, 3]", "[4]", "must be equal");
    shape("slice", () -> Ops.slice(x, 1, 2, 5), "[2, 5)", "<= 3");
    shape("slice", () -> Ops.slice(x, 1, 2, 1), "[2, 1)", "start <= stop");
    shape("slice", () -> Ops.slice(x, 1, 0, 2, 0), "step 0", "step >= 1");
    shape("split", () -> Ops.split(x, 1, 1, 1), "[1, 1]", "add up to 3");
    shape("glu", () -> Activations.glu(x, 1), "odd", "3", "make it even");
    shape("softmax2d", () -> Activations.softmax2d(x), "[2, 3]", "softmax with a dim");
    shape("masked softmax", () -> Activations.softmax(x, 1, y), "[4]", "[2, 3]", "broadcast");
    shape("prelu", () -> Activations.prelu(x, y), "4 slopes", "[2, 3]", "pass 1, or 3");
    shape("prelu", () -> Activations.prelu(x, x), "[2, 3]", "one per channel");
    shape("Dense", () -> new Dense(4, 2).forward(x), "[2, 3]", "must be 4");
    x.close();
    y.close();
  }

  private static Tensor biased(Tensor x, Tensor bias) {
    return Ops.matmul(x, x, false, true, NaiveProduct.BIASED, bias);
  }

  private static void axes() {
    Tensor x = Tensor.zeros(2, 3);
    Tensor scalar = Tensor.scalar(1f);
    for (int axis : new int[] {2, -3, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
      String[] words = {"axis " + axis, "[2, 3]", "use -2 to 1"};
      shape("sum", () -> Ops.sum(x, axis), words);
      shape("max", () -> Ops.max(x, axis), words);
      shape("mean", () -> Ops.mean(x, axis), words);
      shape("var", () -> Ops.var(x, axis), words);
      shape("argmax", () -> Ops.argmax(x, axis), words);
      shape("softmax", () -> Activations.softmax(x, axis), words);
      shape("softmax", () -> Activations.softmax(x, axis, 2.0), words);
      shape("log_softmax", () -> Activations.logSoftmax(x, axis), words);
      shape("softmin", () -> Activations.softmin(x, axis), words);
      shape("glu", () -> Activations.glu(x, axis), words);
      shape("slice", () -> Ops.slice(x, axis, 0, 1), words);
      shape("concat", () -> Ops.concat(axis, x), words);
      shape("split", () -> Ops.split(x, axis, 1, 1), words);
      shape("permute", () -> Ops.permute(x, 0, axis), words);
    }
    shape("permute", () -> Ops.permute(x, 0, 0), "[0, 0]", "name each axis once");
    shape("permute", () -> Ops.permute(x, 1), "[1]", "name each axis once");
    shape("sum", () -> Ops.sum(x, 1, -1), "[1, -1]", "name each once");
    shape("sum of a scalar", () -> Ops.sum(scalar, 0), "rank 0");
    shape("glu of a scalar", () -> Activations.glu(scalar), "rank 0");
    shape("softmax of a scalar", () -> Ops.softmax(scalar, 5), "axis 5", "-1 to 0");
    x.close();
    scalar.close();
  }

  private static void parameters() {
    Tensor x = Tensor.zeros(2, 3);
    double nan = Double.NaN;
    parameter("softmax", () -> Activations.softmax(x, 1, 0.0), "temperature", "0.0", "> 0");
    parameter("softmax", () -> Activations.softmax(x, 1, -1.0), "temperature", "-1.0", "> 0");
    parameter("softmax", () -> Activations.softmax(x, 1, nan), "temperature", "NaN", "> 0");
    parameter("hardshrink", () -> Activations.hardshrink(x, -0.5), "lambd", "-0.5", ">= 0");
    parameter("softshrink", () -> Activations.softshrink(x, -0.5), "lambd", "-0.5", ">= 0");
    parameter("hardtanh", () -> Activations.hardtanh(x, 2, 2), "min_val", "2.0", "below max_val");
    parameter("rrelu", () -> Activations.rrelu(x, 0.5, 0.1), "0.5", "0.1", "not be above upper");
    parameter("celu", () -> Activations.celu(x, 0), "alpha", "0.0", "not 0");
    parameter("elu", () -> Activations.elu(x, nan), "alpha", "NaN", "finite");
    parameter("softplus", () -> Activations.softplus(x, 0, 20), "beta", "0.0", "not 0");
    parameter("threshold", () -> Activations.get("threshold"), "threshold", "finite number");
    parameter("clip", () -> Ops.clip(x, 1, 0), "1.0", "0.0", "low <= high");
    parameter("var", () -> Ops.var(x, -1, false), "-1", "0 or more");
    parameter("concat", () -> Ops.concat(0), "at least one");
    byName("gelu", "approximate", "fast", "fast", "tanh");
    byName("leaky_relu", "negative_slope", "0.1", "0.1", "a finite number");
    byName("softmax", "dim", 0.5, "0.5", "an integer");
    byName("softmax", "dim", 1L << 40, "" + (1L << 40), "an integer");
    byName("softmax", "temperature", 0, "0", "> 0");
    byName("hardshrink", "lambd", -1, "-1", ">= 0");
    for (double rate : new double[] {-0.1, 1.1, nan, Double.POSITIVE_INFINITY}) {
      parameter("Dropout", () -> new Dropout(rate), "p is " + rate, "[0, 1]");
      parameter("AlphaDropout", () -> new AlphaDropout(rate), "p is " + rate, "[0, 1]");
    }
    parameter("Dense", () -> new Dense(0, 3), "in_features is 0", "1 or more");
    parameter("PReLU", () -> new PReLU(0, 0.25), "num_parameters is 0", "must be 1");
    parameter("define", () -> Activation.define("relu", v -> v), "\"relu\"", "another name");
    parameter("define", () -> Activation.define("My Relu", v -> v), "My Relu", "lower-case");
    x.close();
  }

  private static void byName(String name, String parameter, Object value, String... words) {
    String[] all = Arrays.copyOf(words, words.length + 2);
    all[words.length] = name;
    all[words.length + 1] = parameter;
    parameter(name, () -> Activations.get(name, Map.of(parameter, value)), all);
  }

  private static void names(Subject subject) {
    unknown("get", () -> Activations.get("geluu"), "\"geluu\"", "nearest", "gelu");
    unknown("get", () -> Activations.get("LeakyRelu"), "leaky_relu");
    unknown("get", () -> Activations.get(""), "nearest");
    unknown("get", () -> Activations.get("elu", Map.of("alhpa", 1)), "\"alhpa\"", "alpha");
    unknown("get", () -> Activations.get("relu", Map.of("alpha", 1)), "\"alpha\"", "none");
    unknown("fromConfig", () -> Layers.fromConfig(Map.of("layer", "Relu")), "\"Relu\"", "ReLU");
    unknown(
        "fromConfig",
        () -> Layers.fromConfig(Map.of("layer", "Dropout", "rate", 0.5)),
        "\"rate\"",
        "it has");
    parameter("fromConfig", () -> Layers.fromConfig(Map.of("p", 0.5)), "\"layer\"");
    String name = subject.backend();
    for (Checks.Action action :
        List.<Checks.Action>of(
            () -> Backends.use("no-such-backend"),
            () -> Backends.get("no-such-backend"),
            () -> Backends.set("no-such-backend"))) {
      Checks.refuses(BackendException.class, "backend", action, "\"no-such-backend\"", name);
    }
    Checks.isTrue(
        Backends.current().name().equals(name), "the failed choice changed the current backend");
  }

  private static void nulls() {
    Tensor x = Tensor.zeros(2, 3);
    Tensor none = null;
    isNull("values", () -> Tensor.of((float[]) null));
    isNull("values", () -> Tensor.of((double[]) null));
    isNull("dtype", () -> Tensor.full(0, null, 2));
    isNull("dtype", () -> Ops.cast(x, null));
    isNull("target", () -> x.copyTo((float[]) null));
    isNull("input 1", () -> Ops.add(x, none));
    isNull("input 0", () -> Ops.add(none, x));
    isNull("x", () -> Ops.sum(none));
    isNull("x", () -> Ops.softmax(none, 0));
    isNull("x", () -> Ops.permute(none, 0));
    isNull("left", () -> Ops.matmul(none, x));
    isNull("right", () -> Ops.matmul(x, none));
    isNull("operand 0", () -> Ops.matmul(x, x, false, true, NaiveProduct.BIASED, none));
    isNull("part 1", () -> Ops.concat(0, x, none));
    isNull("expression", () -> Ops.evaluate(null, x));
    isNull("x", () -> Activations.relu(none));
    isNull("x", () -> Activations.glu(none));
    isNull("weight", () -> Activations.prelu(x, none));
    isNull("mask", () -> Activations.softmax(x, 0, none));
    isNull("approximate", () -> Activations.gelu(x, (Approximate) null));
    isNull("name", () -> Activations.get(null));
    isNull("parameters", () -> Activations.get("relu", null));
    isNull("name", () -> Backends.use(null));
    isNull("action", () -> Backends.wrap(null));
    isNull("backend", () -> x.prefetch(null));
    isNull("x", () -> new Dropout().forward(none));
    isNull("x", () -> new Dense(2, 2).forward(none));
    isNull("x", () -> new Sequential().forward(none));
    isNull("config", () -> Layers.fromConfig(null));
    x.close();
  }

  private static void isNull(String word, Checks.Action action) {
    Checks.refuses(NullPointerException.class, "null for " + word, action, word, "null");
  }

  private static void unchanged() {
    for (DType dtype : DType.values()) {
      double[] values = Naive.count(6, -2, 1);
      long[] shape = {2, 3};
      try (Tensor x = Checks.tensor(dtype, values, shape);
          Tensor y = Tensor.full(1, dtype, 4)) {
        shape("add", () -> Ops.add(x, y));
        shape("add in place", () -> Ops.evaluate_(NaiveProduct.BIASED, x, y));
        shape("matmul", () -> Ops.matmul(x, x));
        shape("matmul with a bias", () -> biased(x, y));
        shape("sum", () -> Ops.sum(x, 7));
        shape("glu", () -> Activations.glu(x));
        parameter("hardtanh", () -> Activations.hardtanh_(x, 1, 0));
        parameter("rrelu", () -> Activations.rrelu(x, 1, 0));
        Checks.same("an operand of refused calls", dtype, shape, values, x);
        Activations.relu_(x);
        double[] positive = Arrays.stream(values).map(v -> v < 0 ? 0 : v).toArray();
        Checks.same("relu_ after refused calls", dtype, shape, positive, x);
      }
    }
  }
}
