package io.ember4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ember4j.activation.Activations;
import io.ember4j.expr.Expr;
import io.ember4j.nn.Parameter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** No gradient is wrong because something was changed in place while a tape recorded. */
class TapeInPlaceTest {
  private static final Expr SUM = Expr.input(0).plus(Expr.input(1));

  private final List<Tensor> open = new ArrayList<>();
  private BackendScope scope;

  @BeforeEach
  void useTheRequiredFloor() {
    scope = Backends.use("naive");
  }

  @AfterEach
  void close() {
    open.forEach(Tensor::close);
    scope.close();
  }

  private Tensor tensor(double... values) {
    open.add(Tensor.of(values));
    return open.get(open.size() - 1);
  }

  private static String refusal(Class<? extends Exception> type, Executable action) {
    return assertThrows(type, action).getMessage();
  }

  private static void refusesInPlace(Executable action) {
    String message = refusal(InPlaceException.class, action);
    assertTrue(message.contains("tape") && message.contains("GradientTape.pause()"), message);
  }

  private static void hasNoGradient(Executable action) {
    String message = refusal(GradientException.class, action);
    assertTrue(message.contains("change in place while the tape recorded"), message);
  }

  @Test
  void recordedTensorsAreNotChangedInPlace() {
    try (GradientTape tape = GradientTape.record()) {
      Tensor x = tensor(1, -2, 3);
      Tensor free = tensor(5, 5, 5);
      Tensor linear = Ops.add(x, 1); // its gradient needs no values of x
      refusesInPlace(() -> Activations.relu_(x));
      refusesInPlace(() -> Activations.relu_(linear));
      refusesInPlace(() -> Ops.evaluate_(SUM, x, free));
      refusesInPlace(() -> Ops.evaluate_(SUM, free, x));
      Tensor watched = tensor(7);
      GradientTape.watch(watched, Tensor::close);
      refusesInPlace(() -> Activations.relu_(watched));
      assertArrayEquals(new double[] {1, -2, 3}, x.toDoubleArray());
      assertArrayEquals(new double[] {5, 5, 5}, free.toDoubleArray());
      Tensor gradient = tape.gradient(Ops.sum(Ops.mul(linear, x)), x);
      assertArrayEquals(new double[] {3, -3, 7}, gradient.toDoubleArray());
      Tensor ones = tensor(1, 1, 1);
      assertArrayEquals(
          new double[] {1, 1, 1},
          tape.gradient(free, ones, List.of(free)).get(0).toDoubleArray(),
          "a change that was refused took no part");
    }
  }

  @Test
  void remedyOfARefusalIsOneThatWorks() {
    try (GradientTape tape = GradientTape.record()) {
      Tensor x = tensor(1, -2, 3);
      Tensor square = Ops.mul(x, x);
      Tensor view = Ops.reshape(square, 3, 1);
      Tensor loss = Ops.sum(Ops.mul(view, view));
      for (Tensor held : List.of(x, view, square)) {
        String message = refusal(InPlaceException.class, () -> Activations.relu_(held));
        assertFalse(message.contains("pause"), message);
      }
      refusesInPlace(() -> Activations.relu_(loss));
      try (GradientTape.Pause pause = GradientTape.pause()) {
        Activations.relu_(loss);
        String message = refusal(InPlaceException.class, () -> Activations.relu_(x));
        assertTrue(message.contains("what a tape holds"), message);
      }
      assertArrayEquals(new double[] {4, -32, 108}, tape.gradient(loss, x).toDoubleArray());
    }
  }

  @Test
  void tensorsOfAnUnrecordedChangeHaveNoGradient() {
    try (GradientTape tape = GradientTape.record()) {
      Tensor x = tensor(1, 2);
      Tensor z = tensor(10, 20);
      Tensor w = tensor(3, 4);
      Ops.evaluate_(SUM, z, x);
      assertArrayEquals(new double[] {11, 22}, z.toDoubleArray());
      Tensor loss = Ops.sum(Ops.mul(Ops.mul(z, x), w));
      hasNoGradient(() -> tape.gradient(loss, x)); // the part through z would be missing
      hasNoGradient(() -> tape.gradient(loss, z));
      hasNoGradient(() -> tape.gradient(loss, List.of(w, x)));
      hasNoGradient(() -> tape.gradient(z, x, List.of(w)));
      assertArrayEquals(new double[] {11, 44}, tape.gradient(loss, w).toDoubleArray());
      Tensor changed = tensor(-1, 2);
      Activations.relu_(changed);
      Tensor after = Ops.sum(Ops.exp(changed));
      hasNoGradient(() -> tape.gradient(after, changed));
      Parameter parameter = new Parameter("late", changed);
      hasNoGradient(parameter::value);
    }
  }

  @Test
  void functionOfGradientOfMayNotChangeInPlaceByItsArgument() {
    Tensor x = tensor(1, 2);
    Tensor z = tensor(10, 20);
    Tensor ones = tensor(1, 1);
    hasNoGradient(
        () ->
            GradientTape.gradientOf(
                t -> {
                  Ops.evaluate_(SUM, z, t);
                  return Ops.mul(z, t);
                },
                x,
                ones));
  }

  @Test
  void changeUnderAPauseOrBeforeOrAfterTheTapeIsForgotten() {
    Tensor x = tensor(-1, 2);
    Tensor shift = tensor(10, 20);
    Ops.evaluate_(SUM, Activations.relu_(x), shift);
    try (GradientTape tape = GradientTape.record()) {
      assertArrayEquals(
          new double[] {20, 44}, tape.gradient(Ops.sum(Ops.mul(x, x)), x).toDoubleArray());
      Tensor y = tensor(-3, 4);
      Tensor loss = Ops.sum(Ops.add(y, 1));
      try (GradientTape.Pause pause = GradientTape.pause()) {
        assertArrayEquals(new double[] {0, 4}, Activations.relu_(y).toDoubleArray());
      }
      assertArrayEquals(new double[] {1, 1}, tape.gradient(loss, y).toDoubleArray());
      Activations.relu_(shift);
    }
    Activations.relu_(x);
    try (GradientTape tape = GradientTape.record()) {
      Tensor loss = Ops.sum(Ops.add(x, shift));
      assertEquals(2, tape.gradient(loss, List.of(x, shift)).size());
    }
  }
}
