package io.ember4j.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ember4j.BackendScope;
import io.ember4j.Backends;
import io.ember4j.DType;
import io.ember4j.GradientException;
import io.ember4j.GradientTape;
import io.ember4j.Ops;
import io.ember4j.Shape;
import io.ember4j.Tensor;
import io.ember4j.naive.Ledger;
import io.ember4j.naive.NaiveBackend;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How parameters come by their gradients. */
class ParameterGradientTest {
  private final Parameter weight = parameter("weight", 1, -2, 3);
  private final Parameter other = parameter("other", 5, 6, 7);
  private BackendScope scope;

  @BeforeEach
  void useTheRequiredFloor() {
    scope = Backends.use("naive");
  }

  @AfterEach
  void close() {
    scope.close();
  }

  private static Parameter parameter(String name, double... values) {
    return new Parameter(name, Tensor.of(values));
  }

  private static void is(Tensor actual, double... expected) {
    assertNotNull(actual, "no gradient");
    assertArrayEquals(expected, actual.toDoubleArray(), 1e-12);
  }

  /** The sum of squares, whose gradient is twice the value. */
  private static Tensor loss(Parameter parameter) {
    return Ops.sum(Ops.mul(parameter.value(), parameter.value()));
  }

  @Test
  void backwardGivesGradientsToThoseThatTookPart() {
    assertNull(weight.grad());
    try (GradientTape tape = GradientTape.record()) {
      tape.backward(loss(weight));
      is(weight.grad(), 2, -4, 6);
      assertNull(other.grad());
      other.value();
      tape.backward(loss(weight));
      assertNull(other.grad(), "its value was read, but not for the loss");
    }
    is(weight.grad(), 4, -8, 12);
  }

  @Test
  void gradientsAddUpUntilTheyAreForgotten() {
    try (GradientTape tape = GradientTape.record()) {
      Tensor loss = loss(weight);
      tape.backward(loss);
      Tensor first = weight.grad();
      tape.backward(loss);
      assertTrue(first.isClosed());
      is(weight.grad(), 4, -8, 12);
      tape.backward(Ops.sum(Ops.mul(weight.value(), other.value())));
      is(weight.grad(), 9, -2, 19);
      is(other.grad(), 1, -2, 3);
    }
    try (GradientTape tape = GradientTape.record()) {
      tape.backward(loss(weight));
      is(weight.grad(), 11, -6, 25);
      Tensor last = weight.grad();
      weight.zeroGrad();
      assertNull(weight.grad());
      assertTrue(last.isClosed());
      weight.zeroGrad();
      tape.backward(loss(weight));
      is(weight.grad(), 2, -4, 6);
    }
  }

  @Test
  void upstreamWeighsTheTarget() {
    try (GradientTape tape = GradientTape.record()) {
      Tensor target = Ops.mul(weight.value(), weight.value());
      tape.backward(target, Tensor.of(new double[] {1, 10, 100}));
      is(weight.grad(), 2, -40, 600);
    }
  }

  @Test
  void gradientHasShapeAndDtypeOfTheValue() {
    Dense dense = new Dense(3, 2);
    Tensor x = Tensor.of(new double[] {1, 2, 3, 4, 5, 6}, 2, 3);
    try (GradientTape tape = GradientTape.record()) {
      tape.backward(Ops.sum(dense.forward(x, true)));
    }
    Parameter matrix = dense.parameters().get("weight");
    assertEquals(matrix.value().shape(), matrix.grad().shape());
    assertEquals(DType.FLOAT32, matrix.grad().dtype());
    is(matrix.grad(), 5, 7, 9, 5, 7, 9);
    is(dense.parameters().get("bias").grad(), 2, 2);
    assertEquals(Shape.of(2), dense.parameters().get("bias").grad().shape());
  }

  @Test
  void valueThatWasReadBeforeIsAConstant() {
    Tensor before = weight.value();
    try (GradientTape tape = GradientTape.record()) {
      Tensor loss = Ops.sum(Ops.mul(before, before));
      String message =
          assertThrows(GradientException.class, () -> tape.backward(loss)).getMessage();
      assertTrue(message.contains("parameter"), message);
      Tensor paused;
      try (GradientTape.Pause pause = GradientTape.pause()) {
        paused = other.value();
      }
      tape.backward(Ops.sum(Ops.mul(paused, weight.value())));
      is(weight.grad(), 5, 6, 7);
      assertNull(other.grad());
    }
  }

  @Test
  void valueThatIsReplacedLaterStillGetsItsGradient() {
    try (GradientTape tape = GradientTape.record()) {
      Tensor loss = loss(weight);
      weight.set(Tensor.of(new double[] {10, 20, 30}));
      tape.backward(loss);
      is(weight.grad(), 2, -4, 6);
      tape.backward(Ops.add(loss, loss(weight)));
      is(weight.grad(), 2 + 2 + 20, -4 - 4 + 40, 6 + 6 + 60);
    }
  }

  @Test
  void parametersThatHoldOneTensorAreToldApart() {
    other.set(weight.value());
    try (GradientTape tape = GradientTape.record()) {
      weight.value();
      String message = assertThrows(GradientException.class, other::value).getMessage();
      assertTrue(message.contains("[3]") && message.contains("detach()"), message);
      other.set(weight.value().detach());
      tape.backward(Ops.add(loss(weight), Ops.sum(other.value())));
      is(weight.grad(), 2, -4, 6);
      is(other.grad(), 1, 1, 1);
    }
  }

  @Test
  void backwardIsNotRecordedItself() {
    try (GradientTape tape = GradientTape.record()) {
      tape.backward(loss(weight));
      Tensor sum = Ops.sum(weight.grad());
      assertThrows(GradientException.class, () -> tape.backward(sum));
      assertTrue(GradientTape.isRecording());
    }
  }

  private static void closeAll(Layer layer) {
    for (Parameter parameter : layer.parameters().values()) {
      parameter.zeroGrad();
      parameter.value().close();
    }
  }

  private static Sequential network() {
    return new Sequential(
        new Dense(3, 4, Initializer.HE_NORMAL, 1),
        new GELU(),
        new Dropout(0.5, true, 7),
        new PReLU(4, 0.1),
        new ReLU(true),
        new Sequential(new Dense(4, 2, Initializer.HE_NORMAL, 2), new Sigmoid()),
        new Softmax());
  }

  @Test
  void trainingKeepsNoBuffers() throws Throwable {
    Ledger.assertBalanced(
        () -> {
          Sequential network = network();
          try (Tensor x = Tensor.ones(2, 3)) {
            for (int i = 0; i < 3; i++) {
              try (GradientTape tape = GradientTape.record();
                  Tensor y = network.forward(x, true);
                  Tensor loss = Ops.max(y)) {
                tape.backward(loss);
                tape.backward(loss);
              }
            }
            assertEquals(5, network.parameters().size());
            network.parameters().values().forEach(p -> assertNotNull(p.grad(), p.name()));
          }
          closeAll(network);
        });
  }

  @Test
  void trainingKeepsNoBuffersWhereverTheBackendFails() throws Throwable {
    Ledger ledger = NaiveBackend.NAIVE.ledger();
    Ledger.assertBalanced(
        () -> {
          Sequential network = network();
          try (Tensor x = Tensor.ones(2, 3)) {
            int failures = 0;
            for (boolean failed = true; failed; failures++) {
              assertTrue(failures < 10_000, "does not end");
              ledger.failAfter(failures);
              try (GradientTape tape = GradientTape.record();
                  Tensor y = network.forward(x, true);
                  Tensor loss = Ops.max(y)) {
                tape.backward(loss);
                tape.backward(loss);
                failed = false;
                assertTrue(ledger.failNoMore(), "a failure of the backend was swallowed");
              } catch (Ledger.InjectedFailure e) {
                ledger.failNoMore();
              }
            }
            assertTrue(failures > 50, failures + " calls");
          } finally {
            ledger.failNoMore();
          }
          closeAll(network);
        });
  }
}
