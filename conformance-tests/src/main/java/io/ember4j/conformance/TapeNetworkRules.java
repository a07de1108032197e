package io.ember4j.conformance;

import io.ember4j.BackendScope;
import io.ember4j.Backends;
import io.ember4j.DType;
import io.ember4j.GradientTape;
import io.ember4j.Lowering;
import io.ember4j.Tensor;
import io.ember4j.nn.Dense;
import io.ember4j.nn.Dropout;
import io.ember4j.nn.Initializer;
import io.ember4j.nn.PReLU;
import io.ember4j.nn.Parameter;
import io.ember4j.nn.Sequential;
import io.ember4j.nn.Softmax;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** TP-13 and TP-14: gradients of whole networks, and of them in other ways. */
final class TapeNetworkRules {
  /** The step of the finite differences; a power of 2, so that it is exact. */
  static final double STEP = 0x1p-9;

  /**
   * How far central differences of fourth order are from the derivative: step^4 / 30, 5e-13, times
   * the fifth derivative, which is below 1000 for these functions, and rounding errors over the
   * step, 1e-13. A derivative that is wrong by a millionth is found.
   */
  static final double NEAR = 1e-9;

  /**
   * As many roundings are on the longest way from an input of the network through its result back
   * to a parameter: the extents 5, 7, 4, 7, 4 and 6 of sums, 24 in softmax, 7 elsewhere.
   */
  static final double ROUNDINGS = 64;

  private static final int SAMPLES = 6;

  private TapeNetworkRules() {}

  static List<Rule> rules() {
    return List.of(
        new Rule(
            "TP-13.network",
            "The gradients of all parameters of Dense, PReLU, Dropout, Dense and Softmax are within"
                + " 1e-9 of finite differences in float64, for every third of the weights, and in"
                + " float32 within 64 u of the largest one of the parameter.",
            "the first rule of this family that fails tells more",
            subject -> network()),
        new Rule(
            "TP-14.composed",
            "Composed of primitives, gradients keep the same bounds: elementwise ones, those of the"
                + " softmax family and those of a network.",
            "primitives; what is computed in one piece plays no part here",
            subject -> {
              Map<String, double[]> expected = gradients(DType.FLOAT64);
              try (BackendScope scope = Backends.use(subject.backend(), Lowering.COMPOSED)) {
                TapeElementwiseRules.elementwise();
                TapeSoftmaxRules.tables(subject);
                near(DType.FLOAT64, expected, gradients(DType.FLOAT64));
                near(DType.FLOAT32, expected, gradients(DType.FLOAT32));
                TapeFunctionRules.ownFunctions();
              }
            }),
        new Rule(
            "TP-14.repeats",
            "The gradients of the same layers are the same bits every time, on every thread.",
            "an order of summing that depends on time or threads",
            subject -> repeats()));
  }

  private static Sequential build(DType dtype) {
    return new Sequential(
        new Dense(5, 7, true, Initializer.GLOROT_UNIFORM, 1, dtype),
        new PReLU(7, 0.25, dtype),
        new Dropout(0.3, false, 5),
        new Dense(7, 4, true, Initializer.GLOROT_UNIFORM, 2, dtype),
        new Softmax());
  }

  /** Numbers of float32, in either dtype. */
  private static Map<String, double[]> start() {
    Map<String, double[]> values = new LinkedHashMap<>();
    build(DType.FLOAT32)
        .parameters()
        .forEach(
            (name, p) -> {
              double[] start = p.value().toDoubleArray();
              double[] moved = Naive.random(DType.FLOAT32, start.length, 0.5, name.hashCode());
              boolean changed = name.endsWith("bias") || name.startsWith("1.");
              values.put(name, changed ? moved : start);
            });
    return values;
  }

  /** Runs the network in training with these parameters, made anew so that the mask repeats. */
  private static Sequential with(DType dtype, Map<String, double[]> values) {
    Sequential network = build(dtype);
    network
        .parameters()
        .forEach(
            (name, p) ->
                p.set(Checks.tensor(dtype, values.get(name), p.value().shape().toArray())));
    return network;
  }

  private static Tensor input(DType dtype) {
    return Checks.tensor(dtype, Naive.random(DType.FLOAT32, 5 * SAMPLES, 2, 121), SAMPLES, 5);
  }

  private static double[] upstream() {
    return Naive.random(DType.FLOAT32, 4 * SAMPLES, 2, 122);
  }

  /** Returns the sum of result times upstream in float64. */
  private static double loss(Map<String, double[]> values) {
    try (Tensor x = input(DType.FLOAT64);
        Tensor y = with(DType.FLOAT64, values).forward(x, true)) {
      double[] results = y.toDoubleArray();
      double[] upstream = upstream();
      double sum = 0;
      for (int i = 0; i < results.length; i++) {
        sum += results[i] * upstream[i];
      }
      return sum;
    }
  }

  private static Map<String, double[]> gradients(DType dtype) {
    return gradients(dtype, with(dtype, start()));
  }

  private static Map<String, double[]> gradients(DType dtype, Sequential network) {
    Map<String, double[]> gradients = new LinkedHashMap<>();
    try (Tensor x = input(dtype);
        Tensor u = Checks.tensor(dtype, upstream(), SAMPLES, 4);
        GradientTape tape = GradientTape.record()) {
      tape.backward(network.forward(x, true), u);
    }
    for (Map.Entry<String, Parameter> entry : network.parameters().entrySet()) {
      Tensor gradient = entry.getValue().grad();
      Checks.isTrue(gradient != null, "%s has no gradient", entry.getKey());
      Checks.form(
          "gradient of " + entry.getKey(),
          dtype,
          entry.getValue().value().shape().toArray(),
          gradient);
      gradients.put(entry.getKey(), gradient.toDoubleArray());
    }
    return gradients;
  }

  private static void network() {
    Map<String, double[]> wide = gradients(DType.FLOAT64);
    Map<String, double[]> values = start();
    wide.forEach(
        (name, actual) -> {
          double[] moved = values.get(name);
          double[] expected = actual.clone();
          // Every third weight is in every row and column.
          for (int i = 0; i < actual.length; i += actual.length > 8 ? 3 : 1) {
            int at = i;
            double before = moved[at];
            expected[i] =
                difference(
                    h -> {
                      moved[at] = before + h;
                      return loss(values);
                    });
            moved[at] = before;
          }
          double[] bounds = Naive.count(actual.length, NEAR * (1 + largest(actual)), 0);
          long[] shape = {actual.length};
          Checks.within("gradient of " + name, DType.FLOAT64, shape, expected, bounds, actual);
        });
    near(DType.FLOAT32, wide, gradients(DType.FLOAT32));
  }

  private static double largest(double... values) {
    return Arrays.stream(values).map(Math::abs).max().orElseThrow();
  }

  /** Compares gradients by the roundings on their way. */
  private static void near(
      DType dtype, Map<String, double[]> expected, Map<String, double[]> actual) {
    expected.forEach(
        (name, wanted) -> {
          double bound = ROUNDINGS * Naive.unit(dtype) * largest(wanted);
          double[] bounds = Naive.count(wanted.length, bound, 0);
          long[] shape = {wanted.length};
          Checks.within("gradient of " + name, dtype, shape, wanted, bounds, actual.get(name));
        });
  }

  /** Returns the derivative at 0, of fourth order. */
  private static double difference(java.util.function.DoubleUnaryOperator f) {
    double near = f.applyAsDouble(STEP) - f.applyAsDouble(-STEP);
    double far = f.applyAsDouble(2 * STEP) - f.applyAsDouble(-2 * STEP);
    return (8 * near - far) / (12 * STEP);
  }

  /** All but the softmax: that functions repeat is a rule of its own. */
  private static Map<String, double[]> withoutSoftmax(DType dtype) {
    return gradients(dtype, new Sequential(with(dtype, start()).layers().subList(0, 4)));
  }

  private static void repeats() throws InterruptedException {
    for (DType dtype : DType.values()) {
      Map<String, double[]> first = withoutSoftmax(dtype);
      Threads.run(
          4,
          thread -> {
            for (int again = 0; again < 3; again++) {
              Map<String, double[]> actual = withoutSoftmax(dtype);
              for (String name : first.keySet()) {
                String what = "gradient of " + name + " again";
                double[] expected = first.get(name);
                long[] shape = {expected.length};
                Checks.same(what, dtype, shape, expected, actual.get(name));
              }
            }
          });
    }
  }
}
