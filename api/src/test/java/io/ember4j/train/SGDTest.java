package io.ember4j.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ember4j.BackendScope;
import io.ember4j.Backends;
import io.ember4j.DType;
import io.ember4j.GradientTape;
import io.ember4j.Ops;
import io.ember4j.ParameterException;
import io.ember4j.Tensor;
import io.ember4j.nn.Dense;
import io.ember4j.nn.Initializer;
import io.ember4j.nn.Parameter;
import io.ember4j.nn.Sequential;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Gradient descent against the loop that PyTorch documents, in double precision. */
class SGDTest {
  private static final double[] START = {1, -2, 0.5, 30};

  private BackendScope scope;

  @BeforeEach
  void useTheRequiredFloor() {
    scope = Backends.use("naive");
  }

  @AfterEach
  void close() {
    scope.close();
  }

  private static Parameter parameter(double... values) {
    return new Parameter("p", Tensor.of(values));
  }

  /** Adds the gradient of that step to the parameter's, by a tape. */
  private static void backward(Parameter parameter, int step) {
    try (GradientTape tape = GradientTape.record()) {
      Tensor value = parameter.value();
      Tensor gradient = Tensor.of(gradient(value.toDoubleArray(), step));
      tape.backward(Ops.sum(Ops.mul(value, Ops.cast(gradient, value.dtype()))));
    }
  }

  private static double[] gradient(double[] values, int step) {
    double[] gradient = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      gradient[i] = Math.cos(values[i]) + 0.1 * step * i;
    }
    return gradient;
  }

  @ParameterizedTest
  @CsvSource({
    "0.1, 0, 0, false",
    "0.1, 0.9, 0, false",
    "0.1, 0, 0.05, false",
    "0.1, 0.9, 0.05, false",
    "0.1, 0.9, 0, true",
    "0.1, 0.5, 0.05, true",
    "0.1, 1, 0, false",
    "0, 0.9, 0.1, true",
  })
  void stepsAreThoseOfPyTorch(double rate, double momentum, double decay, boolean nesterov) {
    Parameter parameter = parameter(START);
    SGD sgd = new SGD(List.of(parameter), rate, momentum, decay, nesterov);
    double[] p = START.clone();
    double[] buffer = null;
    for (int step = 0; step < 5; step++) {
      sgd.zeroGrad();
      backward(parameter, step);
      sgd.step();
      double[] g = gradient(p, step);
      boolean first = buffer == null;
      buffer = first ? new double[p.length] : buffer;
      for (int i = 0; i < p.length; i++) {
        g[i] += decay * p[i];
        if (momentum != 0) {
          buffer[i] = first ? g[i] : momentum * buffer[i] + g[i];
          g[i] = nesterov ? g[i] + momentum * buffer[i] : buffer[i];
        }
        p[i] -= rate * g[i];
      }
      assertArrayEquals(p, parameter.value().toDoubleArray(), 1e-12, "step " + step);
    }
  }

  @Test
  void stepsOfFloat32KeepTheDtype() {
    Parameter parameter = new Parameter("p", Tensor.of(new float[] {1, 2}));
    SGD sgd = new SGD(List.of(parameter), 0.5, 0.5, 0.25, true);
    backward(parameter, 0);
    sgd.step();
    assertEquals(DType.FLOAT32, parameter.value().dtype());
    double g = Math.cos(1) + 0.25;
    assertEquals(1 - 0.5 * 1.5 * g, parameter.value().toDoubleArray()[0], 1e-6);
  }

  @Test
  void gradientsAddUpUntilZeroGrad() {
    Parameter parameter = parameter(1, 2);
    SGD sgd = new SGD(List.of(parameter), 0.1);
    backward(parameter, 0);
    backward(parameter, 0);
    sgd.step();
    assertEquals(1 - 0.2 * Math.cos(1), parameter.value().toDoubleArray()[0], 1e-15);
    assertNotNull(parameter.grad(), "a step does not forget the gradient");
    sgd.zeroGrad();
    assertNull(parameter.grad());
  }

  @Test
  void parametersWithoutGradientStay() {
    Parameter trained = parameter(1, 2);
    Parameter idle = parameter(3, 4);
    SGD sgd = new SGD(List.of(idle, trained), 0.1, 0.9, 0.1, false);
    Tensor before = idle.value();
    backward(trained, 0);
    sgd.step();
    assertSame(before, idle.value());
    assertTrue(trained.value().toDoubleArray()[0] != 1);
    // Its momentum begins with its own first step.
    sgd.zeroGrad();
    backward(idle, 0);
    sgd.step();
    double expected = 3 - 0.1 * (Math.cos(3) + 0.1 * 3);
    assertEquals(expected, idle.value().toDoubleArray()[0], 1e-15);
  }

  @Test
  void learningRateChangesFromTheNextStepOn() {
    Parameter parameter = parameter(1);
    SGD sgd = new SGD(List.of(parameter), 0.1);
    assertEquals(0.1, sgd.learningRate());
    backward(parameter, 0);
    sgd.step();
    double first = 1 - 0.1 * Math.cos(1);
    sgd.setLearningRate(0.5);
    assertEquals(0.5, sgd.learningRate());
    sgd.step();
    double second = first - 0.5 * Math.cos(1);
    assertEquals(second, parameter.value().item(), 1e-15);
  }

  @Test
  void stepIsNotRecordedAndLeavesTheTapeAlone() {
    Parameter parameter = parameter(2, 3);
    SGD sgd = new SGD(List.of(parameter), 0.1, 0.9);
    try (GradientTape tape = GradientTape.record()) {
      Tensor old = parameter.value();
      Tensor loss = Ops.sum(Ops.mul(old, old));
      tape.backward(loss);
      sgd.step();
      assertTrue(GradientTape.isRecording());
      assertArrayEquals(new double[] {4, 6}, tape.gradient(loss, old).toDoubleArray());
      assertArrayEquals(new double[] {2, 3}, old.toDoubleArray(), "the old value stays readable");
      sgd.zeroGrad();
      Tensor next = Ops.sum(Ops.mul(parameter.value(), parameter.value()));
      tape.backward(next);
      assertArrayEquals(new double[] {3.2, 4.8}, parameter.grad().toDoubleArray(), 1e-14);
    }
  }

  @Test
  void layerThatStandsTwiceTakesOneStep() {
    Dense shared = new Dense(2, 2, false, Initializer.HE_NORMAL, 1, DType.FLOAT64);
    Sequential network = new Sequential(shared, shared);
    assertEquals(2, network.parameters().size());
    double[] before = shared.parameters().get("weight").value().toDoubleArray();
    SGD sgd = new SGD(network.parameters().values(), 0.5);
    try (GradientTape tape = GradientTape.record()) {
      tape.backward(Ops.sum(network.forward(Tensor.of(new double[] {1, 2}, 1, 2))));
    }
    Parameter weight = shared.parameters().get("weight");
    double[] gradient = weight.grad().toDoubleArray();
    sgd.step();
    double[] after = weight.value().toDoubleArray();
    for (int i = 0; i < after.length; i++) {
      assertEquals(before[i] - 0.5 * gradient[i], after[i], 1e-14);
    }
  }

  private static void refuses(String part, Executable action) {
    String message = assertThrows(ParameterException.class, action).getMessage();
    assertTrue(message.contains(part), message);
  }

  @Test
  void badArgumentsAreRefused() {
    List<Parameter> one = List.of(parameter(1));
    refuses("without parameters", () -> new SGD(List.of(), 0.1));
    refuses("learning rate is -0.1", () -> new SGD(one, -0.1));
    refuses("learning rate is NaN", () -> new SGD(one, Double.NaN));
    refuses("learning rate is Infinity", () -> new SGD(one, Double.POSITIVE_INFINITY));
    refuses("momentum is -1.0", () -> new SGD(one, 0.1, -1));
    refuses("momentum is 1.5", () -> new SGD(one, 0.1, 1.5));
    refuses("weight decay is -1.0", () -> new SGD(one, 0.1, 0, -1, false));
    refuses("Nesterov", () -> new SGD(one, 0.1, 0, 0, true));
    assertThrows(NullPointerException.class, () -> new SGD(null, 0.1));
    SGD sgd = new SGD(one, 0.1);
    refuses("learning rate is -1.0", () -> sgd.setLearningRate(-1));
    assertEquals(0.1, sgd.learningRate(), "a refused rate changes nothing");
    sgd.step();
  }
}
