package io.ember4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ember4j.naive.NaiveBackend;
import io.ember4j.nn.Dense;
import io.ember4j.train.Losses;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What a tape says when it refuses, and how a thread gets rid of one that was lost. */
class TapeRefusalsTest {
  private final Tensor x = Tensor.of(new double[] {1, -2, 3});
  private BackendScope scope;

  @BeforeEach
  void useTheRequiredFloor() {
    scope = Backends.use("naive");
  }

  @AfterEach
  void close() {
    scope.close();
    assertFalse(GradientTape.discard(), "a test left a tape open");
  }

  private static void refuses(String part, Executable action) {
    String message = assertThrows(GradientException.class, action).getMessage();
    assertTrue(message.contains(part), message);
  }

  private static void names(String what, Executable action) {
    String message = assertThrows(NullPointerException.class, action).getMessage();
    assertTrue(message != null && message.contains(what), message);
  }

  @Test
  void targetThatTheTapeDidNotSeeIsNotBlamedOnArgmaxAlone() {
    Dense dense = new Dense(3, 2);
    Tensor row = Tensor.of(new float[] {1, 2, 3}, 1, 3);
    Tensor early = Losses.crossEntropy(dense.forward(row), 1);
    try (GradientTape tape = GradientTape.record()) {
      refuses("before record()", () -> tape.backward(early));
      refuses("before record()", () -> tape.gradient(early, x));
      Tensor paused;
      try (GradientTape.Pause pause = GradientTape.pause()) {
        paused = Ops.sum(x);
      }
      refuses("under a pause", () -> tape.gradient(paused, x));
      refuses("any parameter", () -> tape.backward(Ops.sum(x)));
    }
  }

  @Test
  void sourceThatNoOperationUsedIsNamed() {
    try (GradientTape tape = GradientTape.record()) {
      Tensor loss = Ops.sum(x);
      refuses("has not seen", () -> tape.gradient(loss, x.detach()));
      Tensor count = Ops.sum(Ops.gt(Ops.neg(x), 0));
      refuses("comparisons", () -> tape.gradient(count, x));
    }
  }

  @Test
  void nullsAreNamed() {
    try (GradientTape tape = GradientTape.record()) {
      Tensor loss = Ops.sum(x);
      names("source", () -> tape.gradient(loss, (Tensor) null));
      names("source", () -> tape.gradient(loss, Arrays.asList(x, null)));
      names("sources", () -> tape.gradient(loss, (List<Tensor>) null));
      names("sink", () -> GradientTape.watch(x, null));
      names("value", () -> GradientTape.watch(null, Tensor::close));
    }
    names("sink", () -> GradientTape.watch(x, null));
  }

  @Test
  void tapeThatIsInTheWayTellsWhereItWasMade() {
    try (GradientTape tape = GradientTape.record()) {
      GradientException e = assertThrows(GradientException.class, GradientTape::record);
      assertTrue(e.getMessage().contains("GradientTape.discard()"), e.getMessage());
      assertNotNull(e.getCause());
      assertTrue(
          Arrays.stream(e.getCause().getStackTrace())
              .anyMatch(f -> f.getMethodName().equals("tapeThatIsInTheWayTellsWhereItWasMade")));
    }
  }

  @Test
  void lostTapeIsDiscarded() {
    long before = NaiveBackend.NAIVE.ledger().live();
    loseTape();
    assertTrue(GradientTape.isRecording());
    assertTrue(NaiveBackend.NAIVE.ledger().live() > before, "the lost tape held nothing");
    assertTrue(GradientTape.discard());
    assertFalse(GradientTape.isRecording());
    assertEquals(before, NaiveBackend.NAIVE.ledger().live());
    assertFalse(GradientTape.discard());
    try (GradientTape tape = GradientTape.record()) {
      assertArrayEquals(new double[] {1, 1, 1}, tape.gradient(Ops.sum(x), x).toDoubleArray());
    }
  }

  @SuppressWarnings("resource") // that is the point
  private static void loseTape() {
    GradientTape.record();
    Tensor two = Tensor.of(new double[] {2});
    Ops.mul(two, two).close();
    two.close();
  }

  @Test
  void discardedTapeIsAClosedOne() {
    GradientTape tape = GradientTape.record();
    GradientTape.Pause pause = GradientTape.pause();
    Tensor loss = Ops.sum(x);
    assertTrue(GradientTape.discard());
    refuses("closed", () -> tape.gradient(loss, x));
    pause.close();
    tape.close();
  }

  @Test
  void discardInsideOfGradientOfClosesTheTapeAroundToo() {
    try (GradientTape tape = GradientTape.record()) {
      List<Boolean> found = new ArrayList<>();
      refuses(
          "closed",
          () ->
              GradientTape.gradientOf(
                  t -> {
                    found.add(GradientTape.discard());
                    return Ops.exp(t);
                  },
                  x,
                  x));
      assertEquals(List.of(true), found);
      assertFalse(GradientTape.isRecording());
    }
  }
}
