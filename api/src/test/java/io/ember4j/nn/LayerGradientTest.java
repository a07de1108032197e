package io.ember4j.nn;

import static io.ember4j.naive.GradientCheck.check;
import static io.ember4j.naive.GradientCheck.mixed;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ember4j.BackendScope;
import io.ember4j.Backends;
import io.ember4j.DType;
import io.ember4j.GradientTape;
import io.ember4j.Ops;
import io.ember4j.RandomKey;
import io.ember4j.Tensor;
import io.ember4j.activation.Activation;
import io.ember4j.expr.Expr;
import io.ember4j.naive.GradientCheck;
import io.ember4j.train.Losses;
import io.ember4j.train.SGD;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Layers in training: the gradient is that of what the very call computed. */
class LayerGradientTest {
  private static final int SIZE = 500;

  private BackendScope scope;

  @BeforeEach
  void useTheRequiredFloor() {
    scope = Backends.use("naive");
  }

  @AfterEach
  void close() {
    scope.close();
  }

  /** Output and gradient of a call, for one x and one upstream. */
  private static final class Call {
    final double[] x;
    final double[] upstream;
    final double[] y;
    final double[] gradient;

    Call(UnaryOperator<Tensor> forward) {
      Tensor input = mixed(1, SIZE).tensor();
      Tensor weights = mixed(2, SIZE).tensor();
      x = input.toDoubleArray();
      upstream = weights.toDoubleArray();
      try (GradientTape tape = GradientTape.record()) {
        Tensor first = forward.apply(input);
        forward.apply(input).close(); // another call, which must not disturb the first
        y = first.toDoubleArray();
        gradient = tape.gradient(first, weights, List.of(input)).get(0).toDoubleArray();
      }
    }
  }

  // ---- what draws

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void dropoutDropsTheGradientWhereItDroppedTheElement(boolean inPlace) {
    Dropout dropout = new Dropout(0.25, inPlace, 3);
    Call call = new Call(x -> dropout.forward(x, true));
    int dropped = 0;
    for (int i = 0; i < SIZE; i++) {
      double expected = call.y[i] == 0 ? 0 : call.upstream[i] / 0.75;
      assertEquals(expected, call.gradient[i], 1e-14, "element " + i);
      dropped += call.y[i] == 0 ? 1 : 0;
    }
    assertTrue(dropped > 90 && dropped < 160, dropped + " dropped");
    Call next = new Call(x -> dropout.forward(x, true));
    assertNotEquals(Arrays.toString(call.gradient), Arrays.toString(next.gradient));
  }

  @Test
  void dropoutOfAKeyHasTheMaskOfTheKeyInTheGradient() {
    RandomKey key = new RandomKey(5, 9);
    double[] uniform = new double[SIZE];
    key.fillUniform(uniform);
    Call call = new Call(x -> new Dropout(0.5).forward(x, key));
    for (int i = 0; i < SIZE; i++) {
      double expected = uniform[i] < 0.5 ? 0 : call.upstream[i] * 2;
      assertEquals(expected, call.gradient[i], 0, "element " + i);
    }
  }

  @Test
  void dropoutAtInferenceAndAtTheEndsOfItsRange() {
    Call inference = new Call(x -> new Dropout(0.5).forward(x, false));
    assertArrayEquals(inference.upstream, inference.gradient);
    Call nothing = new Call(x -> new Dropout(0).forward(x, true));
    assertArrayEquals(nothing.upstream, nothing.gradient);
    Call all = new Call(x -> new Dropout(1).forward(x, true));
    assertEquals(0, Arrays.stream(all.gradient).map(Math::abs).sum());
    Call alpha = new Call(x -> new AlphaDropout(1).forward(x, true));
    assertEquals(0, Arrays.stream(alpha.gradient).map(Math::abs).sum());
  }

  @Test
  void alphaDropoutScalesTheGradientOfWhatIsKept() {
    double p = 0.25;
    double v = -1.0507009873554805 * 1.6732632423543772;
    double a = 1 / Math.sqrt(1 - p + v * v * (1 - p) * p);
    double saturated = a * v - a * p * v;
    Call call = new Call(x -> new AlphaDropout(p, false, 3).forward(x, true));
    int dropped = 0;
    for (int i = 0; i < SIZE; i++) {
      boolean gone = Math.abs(call.y[i] - saturated) < 1e-12;
      assertEquals(gone ? 0 : a * call.upstream[i], call.gradient[i], 1e-14, "element " + i);
      dropped += gone ? 1 : 0;
    }
    assertTrue(dropped > 90 && dropped < 160, dropped + " dropped");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void rreluHasTheSlopesOfTheCallInTheGradient(boolean inPlace) {
    RReLU rrelu = new RReLU(0.1, 0.4, inPlace, 3);
    Call call = new Call(x -> rrelu.forward(x, true));
    double least = 1;
    double most = 0;
    for (int i = 0; i < SIZE; i++) {
      double slope = call.y[i] / call.x[i];
      assertEquals(slope * call.upstream[i], call.gradient[i], 1e-14, "element " + i);
      if (call.x[i] > 0) {
        assertEquals(1, slope);
      } else {
        least = Math.min(least, slope);
        most = Math.max(most, slope);
      }
    }
    assertTrue(least >= 0.1 && least < 0.12 && most > 0.38 && most < 0.4, least + " to " + most);
    Call inference = new Call(x -> rrelu.forward(x, false));
    for (int i = 0; i < SIZE; i++) {
      double slope = inference.x[i] > 0 ? 1 : 0.25;
      assertEquals(slope * inference.upstream[i], inference.gradient[i], 1e-15);
    }
  }

  // ---- prelu

  @ParameterizedTest
  @ValueSource(strings = {"4,3", "2,3,5", "2,3,2,4", "1,3,1,1", "0,3"})
  void preluSumsTheGradientOfEachSlopeOverItsChannel(String extents) {
    long[] shape = Arrays.stream(extents.split(",")).mapToLong(Long::parseLong).toArray();
    prelu(3, shape);
    prelu(1, shape);
  }

  @Test
  void preluOfOneSlopeTakesAnyRank() {
    prelu(1);
    prelu(1, 6);
  }

  private static void prelu(int slopes, long... shape) {
    PReLU prelu = new PReLU(slopes, 0.25, DType.FLOAT64);
    Parameter weight = prelu.parameters().get("weight");
    weight.set(Tensor.of(Arrays.copyOf(new double[] {0.1, -0.2, 0.3}, slopes)));
    Tensor x = mixed(1, shape).tensor();
    Tensor upstream = mixed(2, shape).tensor();
    double[] in = x.toDoubleArray();
    double[] u = upstream.toDoubleArray();
    double[] slope = weight.value().toDoubleArray();
    double[] byX = new double[in.length];
    double[] bySlope = new double[slopes];
    long inner = LongStream.of(shape).skip(2).reduce(1, (a, b) -> a * b);
    for (int i = 0; i < in.length; i++) {
      int channel = (int) (i / inner % slopes);
      byX[i] = in[i] > 0 ? u[i] : u[i] * slope[channel];
      bySlope[channel] += in[i] > 0 ? 0 : u[i] * in[i];
    }
    try (GradientTape tape = GradientTape.record()) {
      Tensor y = prelu.forward(x, true);
      assertArrayEquals(byX, tape.gradient(y, upstream, List.of(x)).get(0).toDoubleArray(), 1e-14);
      tape.backward(y, upstream);
    }
    assertArrayEquals(bySlope, weight.grad().toDoubleArray(), 1e-13);
  }

  // ---- networks

  private static Sequential network(Layer activation, Tensor... values) {
    Sequential network =
        new Sequential(
            new Dense(3, 5, true, Initializer.HE_NORMAL, 1, DType.FLOAT64),
            activation,
            new Dropout(0.3, true, 11),
            new Dense(5, 4, true, Initializer.HE_NORMAL, 2, DType.FLOAT64),
            new Softmax());
    int i = 0;
    for (Parameter parameter : network.parameters().values()) {
      if (i < values.length) {
        parameter.set(values[i++]);
      }
    }
    return network;
  }

  /** Checks the gradients of x and of all parameters, each call with the dropout mask anew. */
  private static void checkNetwork(java.util.function.Supplier<Layer> activation) {
    GradientCheck.Function function =
        t -> network(activation.get(), Arrays.copyOfRange(t, 1, t.length)).forward(t[0], true);
    List<Parameter> parameters = List.copyOf(network(activation.get()).parameters().values());
    GradientCheck.Input[] inputs = new GradientCheck.Input[parameters.size() + 1];
    inputs[0] = mixed(1, 6, 3);
    for (int i = 0; i < parameters.size(); i++) {
      inputs[i + 1] = mixed(i + 2, parameters.get(i).value().shape().toArray());
    }
    check(function, inputs);
  }

  @Test
  void networkHasItsFiniteDifferences() {
    for (String backend : List.of("naive", "rich")) {
      try (BackendScope inner = Backends.use(backend)) {
        checkNetwork(() -> new PReLU(5, 0.25, DType.FLOAT64));
        checkNetwork(() -> new LeakyReLU(0.2));
        checkNetwork(() -> new RReLU(0.1, 0.4, true, 7));
        checkNetwork(Softsign::new);
      }
    }
  }

  @Test
  void activationWithoutADerivativeByHandIsTrained() {
    Activation bent =
        Activation.define(
            "test_bent_identity", x -> x.times(x).plus(1).sqrt().minus(1).dividedBy(2).plus(x));
    checkNetwork(() -> (x, training) -> bent.apply(x, training));
    Activation ramp =
        Activation.define(
            "test_ramp", x -> Expr.where(x.lt(-0.5), Expr.constant(0), x.plus(0.5).min(2)));
    checkNetwork(() -> (x, training) -> ramp.apply(x, training));
    assertTrue(losses((x, training) -> bent.apply(x, training))[29] < 0.5);
  }

  @Test
  void layersInPlaceTrainLikeTheOthers() {
    assertArrayEquals(losses(new ReLU()), losses(new ReLU(true)));
    assertArrayEquals(losses(new SELU()), losses(new SELU(true)));
    assertArrayEquals(losses(new RReLU(0.1, 0.4, false, 5)), losses(new RReLU(0.1, 0.4, true, 5)));
    assertArrayEquals(
        losses(new AlphaDropout(0.2, false, 5)), losses(new AlphaDropout(0.2, true, 5)));
  }

  /** Returns the losses of 30 steps, relative to the first. */
  private static double[] losses(Layer activation) {
    Sequential network =
        new Sequential(
            new Dense(3, 8, true, Initializer.HE_NORMAL, 1, DType.FLOAT64),
            new Sequential(),
            activation,
            new Dense(8, 2, true, Initializer.HE_NORMAL, 2, DType.FLOAT64));
    SGD optimizer = new SGD(network.parameters().values(), 0.1);
    Tensor x = mixed(1, 4, 3).tensor();
    Tensor target = mixed(2, 4, 2).tensor();
    double[] before = x.toDoubleArray();
    double[] losses = new double[30];
    for (int i = 0; i < losses.length; i++) {
      try (GradientTape tape = GradientTape.record();
          Tensor y = network.forward(x, true);
          Tensor loss = Losses.meanSquaredError(y, target)) {
        losses[i] = loss.item();
        optimizer.zeroGrad();
        tape.backward(loss);
      }
      optimizer.step();
    }
    assertArrayEquals(before, x.toDoubleArray(), "the input");
    assertNotEquals(losses[0], losses[1], "nothing was trained");
    double first = losses[0];
    return Arrays.stream(losses).map(l -> l / first).toArray();
  }

  @Test
  void parametersOfANetworkGetTheGradientsOfTheTape() {
    Sequential network = network(new PReLU(5, 0.25, DType.FLOAT64));
    List<Parameter> parameters = List.copyOf(network.parameters().values());
    List<Tensor> values = parameters.stream().map(Parameter::value).toList();
    try (GradientTape tape = GradientTape.record()) {
      Tensor loss = Ops.max(network.forward(mixed(1, 6, 3).tensor(), true));
      List<Tensor> gradients = tape.gradient(loss, values);
      tape.backward(loss);
      for (int i = 0; i < parameters.size(); i++) {
        assertArrayEquals(
            gradients.get(i).toDoubleArray(), parameters.get(i).grad().toDoubleArray());
      }
    }
  }
}
