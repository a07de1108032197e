package io.ember4j.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ember4j.BackendScope;
import io.ember4j.Backends;
import io.ember4j.GradientTape;
import io.ember4j.Ops;
import io.ember4j.Tensor;
import io.ember4j.naive.Ledger;
import io.ember4j.naive.NaiveBackend;
import io.ember4j.nn.Parameter;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A step during which the backend fails leaves the optimiser as it was. */
class FailedStepTest {
  private static final double[] START = {1, -2, 0.5};

  private static void backward(Parameter parameter) {
    parameter.zeroGrad();
    try (GradientTape tape = GradientTape.record();
        Tensor value = parameter.value().detach();
        Tensor square = Ops.mul(parameter.value(), value);
        Tensor sum = Ops.sum(square)) {
      tape.backward(sum);
    }
  }

  private static Optimizer optimizer(String name, Parameter parameter) {
    List<Parameter> parameters = List.of(parameter);
    return switch (name) {
      case "Adam" -> new Adam(parameters, 0.1, 0.9, 0.999, 1e-8, 0.1);
      case "SGD" -> new SGD(parameters, 0.1);
      case "momentum" -> new SGD(parameters, 0.1, 0.9);
      default -> new SGD(parameters, 0.1, 0.9, 0.1, true);
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"Adam", "SGD", "momentum", "Nesterov"})
  void stepThatFailedCanBeTakenAgain(String name) {
    try (BackendScope scope = Backends.use("naive")) {
      Parameter parameter = new Parameter("p", Tensor.of(START));
      Parameter same = new Parameter("p", Tensor.of(START));
      Optimizer failing = optimizer(name, parameter);
      Optimizer steady = optimizer(name, same);
      for (int step = 0; step < 3; step++) {
        backward(parameter);
        backward(same);
        steady.step();
        assertTrue(failuresUntilDone(failing) > 2, "nothing failed");
        assertArrayEquals(
            same.value().toDoubleArray(), parameter.value().toDoubleArray(), "step " + step);
      }
    }
  }

  /** Takes the step again and again, and lets each of its calls fail in turn. */
  private static int failuresUntilDone(Optimizer optimizer) {
    Ledger ledger = NaiveBackend.NAIVE.ledger();
    for (int calls = 0; calls < 1000; calls++) {
      ledger.failAfter(calls);
      try {
        optimizer.step();
        return calls;
      } catch (Ledger.InjectedFailure e) {
        // Again, and one call further.
      } finally {
        ledger.failNoMore();
      }
    }
    throw new AssertionError("does not end");
  }
}
