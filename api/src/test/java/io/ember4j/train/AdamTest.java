package io.ember4j.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
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
import io.ember4j.naive.Ledger;
import io.ember4j.naive.NaiveBackend;
import io.ember4j.nn.Parameter;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Adam against the loop that PyTorch documents, in double precision. */
class AdamTest {
  private static final double[] START = {1, -2, 0.5, 30, 1e-6};

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
      gradient[i] = i == 4 ? 0 : Math.cos(values[i]) + 0.1 * step * i;
    }
    return gradient;
  }

  /** PyTorch's update in plain doubles. */
  private static final class Reference {
    private final double[] p = START.clone();
    private final double[] m = new double[p.length];
    private final double[] v = new double[p.length];
    private int t;

    void step(double rate, double beta1, double beta2, double epsilon, double decay, int step) {
      double[] g = gradient(p, step);
      t++;
      for (int i = 0; i < p.length; i++) {
        double d = g[i] + decay * p[i];
        m[i] = beta1 * m[i] + (1 - beta1) * d;
        v[i] = beta2 * v[i] + (1 - beta2) * d * d;
        double mean = m[i] / (1 - Math.pow(beta1, t));
        double deviation = Math.sqrt(v[i] / (1 - Math.pow(beta2, t)));
        p[i] -= rate * mean / (deviation + epsilon);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0.001, 0.9, 0.999, 1e-8, 0",
    "0.1, 0.9, 0.999, 1e-8, 0.05",
    "0.1, 0.5, 0.75, 1e-3, 0",
    "0.1, 0, 0.999, 1e-8, 0.1",
    "0.1, 0.9, 0, 1e-8, 0",
    "0, 0.9, 0.999, 1e-8, 0.1",
  })
  void stepsAreThoseOfPyTorch(
      double rate, double beta1, double beta2, double epsilon, double decay) {
    Parameter parameter = parameter(START);
    Adam adam = new Adam(List.of(parameter), rate, beta1, beta2, epsilon, decay);
    Reference reference = new Reference();
    for (int step = 0; step < 5; step++) {
      adam.zeroGrad();
      backward(parameter, step);
      adam.step();
      reference.step(rate, beta1, beta2, epsilon, decay, step);
      assertArrayEquals(reference.p, parameter.value().toDoubleArray(), 1e-12, "step " + step);
    }
  }

  @Test
  void defaultsAreThoseOfPyTorch() {
    Parameter parameter = parameter(START);
    Adam adam = new Adam(List.of(parameter), 0.01);
    Reference reference = new Reference();
    for (int step = 0; step < 5; step++) {
      adam.zeroGrad();
      backward(parameter, step);
      adam.setLearningRate(0.01 / (step + 1));
      adam.step();
      reference.step(0.01 / (step + 1), 0.9, 0.999, 1e-8, 0, step);
    }
    assertArrayEquals(reference.p, parameter.value().toDoubleArray(), 1e-13);
  }

  @Test
  void stepsOfFloat32KeepTheDtype() {
    Parameter parameter = new Parameter("p", Tensor.of(new float[] {1, 2}));
    Adam adam = new Adam(List.of(parameter), 0.125);
    backward(parameter, 0);
    adam.step();
    assertEquals(DType.FLOAT32, parameter.value().dtype());
    // The first step is the rate, against the sign of the gradient.
    assertArrayEquals(new double[] {0.875, 2.125}, parameter.value().toDoubleArray(), 1e-6);
  }

  @Test
  void eachParameterCountsItsOwnSteps() {
    Parameter trained = parameter(START);
    Parameter late = parameter(START);
    Tensor before = late.value();
    Adam adam = new Adam(List.of(trained, late), 0.1);
    for (int step = 0; step < 3; step++) {
      adam.zeroGrad();
      backward(trained, step);
      adam.step();
    }
    assertSame(before, late.value());
    adam.zeroGrad();
    backward(late, 7);
    adam.step();
    Reference reference = new Reference();
    reference.step(0.1, 0.9, 0.999, 1e-8, 0, 7);
    assertArrayEquals(reference.p, late.value().toDoubleArray(), 1e-13);
  }

  @Test
  void stepKeepsOnlyItsState() {
    Parameter parameter = parameter(START);
    Adam adam = new Adam(List.of(parameter), 0.1, 0.9, 0.999, 1e-8, 0.1);
    long steady = 0;
    for (int step = 0; step < 4; step++) {
      Tensor old = parameter.value();
      try (GradientTape tape = GradientTape.record();
          Tensor loss = Ops.sum(parameter.value())) {
        adam.zeroGrad();
        tape.backward(loss);
      }
      adam.step();
      old.close();
      long live = NaiveBackend.NAIVE.ledger().live();
      assertTrue(step == 0 || live == steady, "step " + step + " left " + (live - steady));
      steady = live;
    }
  }

  private static void refuses(String part, Executable action) {
    String message = assertThrows(ParameterException.class, action).getMessage();
    assertTrue(message.contains(part), message);
  }

  @Test
  void zerosAreMadeForTheFirstStepOnly() {
    try (BackendScope scope = Backends.use("naive")) {
      Parameter parameter = parameter(1, 2, 3);
      Adam adam = new Adam(List.of(parameter), 0.1);
      try (GradientTape tape = GradientTape.record()) {
        tape.backward(Ops.sum(Ops.mul(parameter.value(), parameter.value())));
      }
      int first = Ledger.steps(adam::step).size();
      int second = Ledger.steps(adam::step).size();
      assertTrue(second < first, first + " steps of the backend, then " + second);
    }
  }

  @Test
  void badArgumentsAreRefused() {
    List<Parameter> one = List.of(parameter(1));
    refuses("without parameters", () -> new Adam(List.of(), 0.1));
    refuses("learning rate is -0.1", () -> new Adam(one, -0.1));
    refuses("beta1 is 1.0", () -> new Adam(one, 0.1, 1, 0.999, 1e-8, 0));
    refuses("beta1 is NaN", () -> new Adam(one, 0.1, Double.NaN, 0.999, 1e-8, 0));
    refuses("beta2 is -0.5", () -> new Adam(one, 0.1, 0.9, -0.5, 1e-8, 0));
    refuses("epsilon is -1.0", () -> new Adam(one, 0.1, 0.9, 0.999, -1, 0));
    refuses("weight decay is NaN", () -> new Adam(one, 0.1, 0.9, 0.999, 1e-8, Double.NaN));
    nullIsNamed("parameters is null", () -> new Adam(null, 0.1));
    nullIsNamed("a parameter is null", () -> new Adam(Collections.singletonList(null), 0.1));
    nullIsNamed("name is null", () -> new Parameter(null, Tensor.ones(1)));
    nullIsNamed("value is null", () -> new Parameter("weight", null));
  }

  private static void nullIsNamed(String part, Executable action) {
    String message = assertThrows(NullPointerException.class, action).getMessage();
    assertTrue(message != null && message.contains(part), message);
  }
}
