package io.ember4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ember4j.activation.Activations;
import io.ember4j.expr.Expr;
import io.ember4j.naive.Ledger;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What a tape records, and the gradients that it gives for it. */
class GradientTapeTest {
  private final Tensor x = of(1, -2, 3);
  private final Tensor y = of(4, 5, -6);
  private BackendScope scope;

  @BeforeEach
  void useTheRequiredFloor() {
    scope = Backends.use("naive");
  }

  @AfterEach
  void close() {
    scope.close();
    assertFalse(GradientTape.isRecording(), "a test left a tape open");
  }

  private static Tensor of(double... values) {
    return Tensor.of(values);
  }

  private static void is(Tensor actual, double... expected) {
    assertArrayEquals(expected, actual.toDoubleArray(), 1e-12);
  }

  private static void refuses(Class<? extends Exception> type, String part, Executable action) {
    String message = assertThrows(type, action).getMessage();
    assertTrue(message.contains(part), message);
  }

  // ---- gradients

  @Test
  void gradientOfASourceThatIsUsedManyTimes() {
    try (GradientTape tape = GradientTape.record()) {
      is(tape.gradient(Ops.sum(Ops.mul(x, x)), x), 2, -4, 6);
      Tensor sum = x;
      for (int i = 0; i < 100; i++) {
        sum = Ops.add(sum, Ops.mul(x, i));
      }
      is(tape.gradient(Ops.sum(sum), x), 4951, 4951, 4951);
      Tensor power = x;
      for (int i = 0; i < 3; i++) {
        power = Ops.mul(power, power);
      }
      is(tape.gradient(Ops.sum(power), x), 8, 8 * Math.pow(-2, 7), 8 * Math.pow(3, 7));
      is(tape.gradient(Ops.sum(Ops.concat(0, x, y, x)), x), 2, 2, 2);
      is(tape.gradient(Ops.matmul(x, x), x), 2, -4, 6);
    }
  }

  @Test
  void gradientsOfSeveralSourcesAreInTheirOrder() {
    try (GradientTape tape = GradientTape.record()) {
      Tensor product = Ops.mul(x, y);
      Tensor loss = Ops.sum(Ops.mul(product, product));
      List<Tensor> gradients = tape.gradient(loss, List.of(y, product, x, loss, x));
      is(gradients.get(0), 8, 40, -108);
      is(gradients.get(1), 8, -20, -36);
      is(gradients.get(2), 32, -100, 216);
      is(gradients.get(3), 1);
      is(gradients.get(4), 32, -100, 216);
      assertEquals(Shape.SCALAR, gradients.get(3).shape());
      assertNotSame(gradients.get(2), gradients.get(4));
      gradients.get(2).close();
      is(gradients.get(4), 32, -100, 216);
      assertEquals(List.of(), tape.gradient(loss, List.of()));
    }
  }

  @Test
  void gradientOfATensorWithRespectToItselfIsTheUpstream() {
    try (GradientTape tape = GradientTape.record()) {
      Tensor upstream = of(7, 8, 9);
      is(tape.gradient(x, upstream, List.of(x)).get(0), 7, 8, 9);
      Tensor result = Ops.exp(x);
      is(tape.gradient(result, upstream, List.of(result)).get(0), 7, 8, 9);
      upstream.close();
    }
  }

  @Test
  void upstreamWeighsTheElementsOfTheTarget() {
    try (GradientTape tape = GradientTape.record()) {
      Tensor product = Ops.mul(x, y);
      is(tape.gradient(product, of(1, 10, 100), List.of(x)).get(0), 4, 50, -600);
      is(tape.gradient(product, of(0, 0, 1), List.of(y)).get(0), 0, 0, 3);
      refuses(ShapeException.class, "[3]", () -> tape.gradient(product, x));
      refuses(ShapeException.class, "sum or mean", () -> tape.backward(product));
      refuses(ShapeException.class, "[2]", () -> tape.gradient(product, of(1, 2), List.of(x)));
      refuses(ShapeException.class, "[2]", () -> tape.backward(product, of(1, 2)));
      is(tape.gradient(Ops.reshape(Ops.sum(product), 1, 1), x), 4, 5, -6);
    }
  }

  @Test
  void eachSourceGetsItsOwnDtype() {
    try (GradientTape tape = GradientTape.record()) {
      Tensor narrow = Tensor.of(new float[] {0.1f, 0.2f, 0.3f});
      Tensor product = Ops.mul(narrow, y);
      Tensor loss = Ops.add(Ops.sum(product), Ops.sum(Ops.mul(narrow, narrow)));
      List<Tensor> gradients = tape.gradient(loss, List.of(narrow, y));
      assertEquals(DType.FLOAT32, gradients.get(0).dtype());
      assertEquals(DType.FLOAT64, gradients.get(1).dtype());
      assertArrayEquals(new double[] {4.2f, 5.4f, -5.4f}, gradients.get(0).toDoubleArray(), 1e-6);
      is(gradients.get(1), 0.1f, 0.2f, 0.3f);
      Tensor square = Ops.mul(narrow, narrow);
      Tensor single = tape.gradient(square, of(1, 1 + 0x1p-40, 2), List.of(narrow)).get(0);
      assertEquals(DType.FLOAT32, single.dtype(), "an upstream of another dtype");
      Tensor cast = Ops.cast(Ops.cast(x, DType.FLOAT32), DType.FLOAT64);
      Tensor through = tape.gradient(cast, of(1, 1 + 0x1p-40, 2), List.of(x)).get(0);
      assertEquals(DType.FLOAT64, through.dtype());
      is(through, 1, 1, 2);
    }
  }

  @Test
  void targetThatDoesNotDependOnTheSourceIsRefused() {
    try (GradientTape tape = GradientTape.record()) {
      Tensor loss = Ops.sum(Ops.mul(x, x));
      refuses(GradientException.class, "does not depend", () -> tape.gradient(loss, y));
      refuses(GradientException.class, "does not depend", () -> tape.gradient(loss, List.of(x, y)));
      refuses(GradientException.class, "any parameter", () -> tape.backward(loss));
      Tensor later = Ops.sum(Ops.mul(loss, y));
      refuses(GradientException.class, "does not depend", () -> tape.gradient(loss, later));
      is(tape.gradient(loss, x), 2, -4, 6);
    }
    Tensor before = Ops.sum(x);
    try (GradientTape tape = GradientTape.record()) {
      refuses(GradientException.class, "does not depend", () -> tape.gradient(before, x));
    }
  }

  // ---- what is not recorded

  @Test
  void pauseAndDetachCut() {
    try (GradientTape tape = GradientTape.record()) {
      is(tape.gradient(Ops.sum(Ops.mul(x, x.detach())), x), 1, -2, 3);
      Tensor constant;
      try (GradientTape.Pause outer = GradientTape.pause()) {
        GradientTape.Pause inner = GradientTape.pause();
        assertFalse(GradientTape.isRecording());
        inner.close();
        inner.close();
        assertFalse(GradientTape.isRecording());
        constant = Ops.mul(x, 2);
      }
      assertTrue(GradientTape.isRecording());
      is(tape.gradient(Ops.sum(Ops.mul(x, constant)), x), 2, -4, 6);
      Tensor cut = Ops.sum(constant);
      refuses(GradientException.class, "does not depend", () -> tape.gradient(cut, x));
      Tensor detached = Ops.sum(Ops.exp(x).detach());
      refuses(GradientException.class, "does not depend", () -> tape.gradient(detached, x));
    }
    try (GradientTape.Pause pause = GradientTape.pause()) {
      assertFalse(GradientTape.isRecording());
    }
  }

  @Test
  void comparisonsAndArgmaxAreConstants() {
    try (GradientTape tape = GradientTape.record()) {
      Tensor mask = Ops.gt(x, 0);
      Tensor count = Ops.sum(mask);
      refuses(GradientException.class, "comparisons", () -> tape.gradient(count, x));
      is(tape.gradient(Ops.sum(Ops.mul(mask, x)), x), 1, 0, 1);
      Tensor largest = Tensor.scalar((double) Ops.argmax(x, 0)[0]);
      refuses(GradientException.class, "argmax", () -> tape.gradient(largest, x));
      is(tape.gradient(Ops.sum(Ops.where(Ops.lt(x, y), x, y)), List.of(x, y)).get(1), 0, 0, 1);
    }
  }

  @Test
  void gradientOfDoesNotDisturbTheTapeAround() {
    try (GradientTape tape = GradientTape.record()) {
      Tensor square = Ops.mul(x, x);
      Tensor inner = GradientTape.gradientOf(t -> Ops.mul(t, Ops.mul(t, t)), x, of(1, 1, 2));
      is(inner, 3, 12, 54);
      assertTrue(GradientTape.isRecording());
      Tensor loss = Ops.sum(Ops.mul(square, inner));
      is(tape.gradient(loss, x), 2 * 3, -4 * 12, 6 * 54);
      Tensor softmax = Activations.get("softmax").gradient(x, of(1, 0, 0));
      Tensor sum = Ops.sum(softmax);
      refuses(GradientException.class, "does not depend", () -> tape.gradient(sum, x));
      assertThrows(
          ShapeException.class, () -> GradientTape.gradientOf(Ops::exp, x, Tensor.scalar(1.0)));
      assertThrows(
          GradientException.class, () -> GradientTape.gradientOf(t -> Ops.exp(y), x, of(1, 1, 1)));
      is(tape.gradient(loss, x), 2 * 3, -4 * 12, 6 * 54);
      try (GradientTape.Pause pause = GradientTape.pause()) {
        is(GradientTape.gradientOf(t -> t, x, of(1, 2, 3)), 1, 2, 3);
        assertFalse(GradientTape.isRecording());
      }
    }
    is(GradientTape.gradientOf(Ops::neg, x, of(1, 2, 3)), -1, -2, -3);
  }

  @Test
  void tapeThatIsClosedInsideOfGradientOfStaysClosed() throws Exception {
    // On a thread of its own, which ends with the test whatever it still records.
    onAnotherThread(
        () -> {
          GradientTape tape = GradientTape.record();
          UnaryOperator<Tensor> closing =
              t -> {
                tape.close();
                return Ops.exp(t);
              };
          is(GradientTape.gradientOf(closing, of(0, 0), of(3, 4)), 3, 4);
          assertFalse(GradientTape.isRecording());
        });
  }

  @Test
  void recordingDoesNotChangeWhatIsComputed() {
    Expr epilogue = Expr.input(0).plus(Expr.input(1)).exp();
    Tensor narrow = Tensor.of(new float[] {0.1f, 0.2f, 0.3f, 0.4f}, 2, 2);
    Tensor wide = of(0.1, 0.2);
    double[] expected = Ops.matmul(narrow, narrow, false, true, epilogue, wide).toDoubleArray();
    try (GradientTape tape = GradientTape.record()) {
      Tensor recorded = Ops.matmul(narrow, narrow, false, true, epilogue, wide);
      assertArrayEquals(expected, recorded.toDoubleArray());
      assertEquals(DType.FLOAT32, tape.gradient(Ops.sum(recorded), narrow).dtype());
      assertThrows(
          ClosedTensorException.class,
          () -> {
            Tensor closed = of(1);
            closed.close();
            Ops.matmul(narrow, narrow, false, true, epilogue, closed);
          });
    }
  }

  // ---- backends, threads, life

  @Test
  void gradientsGoAcrossASwapOfTheBackendAndAreComputedOnTheOneInEffect() {
    try (GradientTape tape = GradientTape.record()) {
      Tensor product = Ops.mul(x, y);
      Tensor loss;
      try (BackendScope other = Backends.use("other")) {
        Tensor square = Ops.mul(product, product);
        Backends.use("rich").close();
        loss = Ops.sum(square);
      }
      try (BackendScope rich = Backends.use("rich")) {
        List<String> steps =
            Ledger.steps(() -> is(tape.gradient(loss, x), 32, -100, 216)).stream()
                .filter(step -> !step.endsWith(Ledger.DOWNLOAD))
                .distinct()
                .toList();
        assertEquals(List.of("rich"), steps);
      }
      is(tape.gradient(loss, x), 32, -100, 216);
    }
  }

  @Test
  void threadHasOneTapeAtATime() {
    try (GradientTape tape = GradientTape.record()) {
      refuses(GradientException.class, "already", GradientTape::record);
      is(tape.gradient(Ops.sum(x), x), 1, 1, 1);
    }
    try (GradientTape tape = GradientTape.record()) {
      assertTrue(GradientTape.isRecording());
    }
  }

  private static void onAnotherThread(Executable action) throws Exception {
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      thread
          .submit(
              () -> {
                try (BackendScope scope = Backends.use("naive")) {
                  action.execute();
                } catch (Throwable e) {
                  throw new IllegalStateException(e);
                }
              })
          .get();
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause().getCause());
    } finally {
      thread.shutdown();
    }
  }

  @Test
  void tapeBelongsToItsThread() throws Exception {
    try (GradientTape tape = GradientTape.record()) {
      Tensor loss = Ops.sum(Ops.mul(x, x));
      Tensor[] foreign = new Tensor[1];
      onAnotherThread(
          () -> {
            assertFalse(GradientTape.isRecording());
            foreign[0] = Ops.sum(x);
            refuses(GradientException.class, "thread", () -> tape.gradient(loss, x));
            refuses(GradientException.class, "thread", () -> tape.backward(loss));
            refuses(GradientException.class, "thread", tape::close);
            try (GradientTape own = GradientTape.record()) {
              is(own.gradient(Ops.sum(Ops.mul(x, 5)), x), 5, 5, 5);
            }
          });
      assertTrue(GradientTape.isRecording());
      is(tape.gradient(loss, x), 2, -4, 6);
      refuses(GradientException.class, "depend", () -> tape.gradient(foreign[0], x));
    }
  }

  @Test
  void closedTapeRefusesAndRecordsNothing() {
    GradientTape tape = GradientTape.record();
    Tensor loss = Ops.sum(x);
    tape.close();
    tape.close();
    assertFalse(GradientTape.isRecording());
    refuses(GradientException.class, "closed", () -> tape.gradient(loss, x));
    refuses(GradientException.class, "closed", () -> tape.gradient(loss, loss, List.of(x)));
    refuses(GradientException.class, "closed", () -> tape.backward(loss));
    refuses(GradientException.class, "closed", () -> tape.backward(loss, loss));
  }

  @Test
  void exceptionsLeaveTheTapeUsable() {
    try (GradientTape tape = GradientTape.record()) {
      Tensor square = Ops.mul(x, x);
      assertThrows(ShapeException.class, () -> Ops.mul(square, of(1, 2)));
      assertThrows(ShapeException.class, () -> Ops.matmul(square, of(1, 2)));
      assertThrows(NullPointerException.class, () -> tape.gradient(null, x));
      assertThrows(NullPointerException.class, () -> tape.gradient(square, null, List.of(x)));
      Tensor closed = of(1);
      closed.close();
      assertThrows(ClosedTensorException.class, () -> Ops.mul(square, closed));
      assertThrows(ClosedTensorException.class, () -> tape.gradient(closed, x));
      is(tape.gradient(Ops.sum(square), x), 2, -4, 6);
    }
  }
}
