package io.ember4j.expr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ember4j.BackendScope;
import io.ember4j.Backends;
import io.ember4j.GradientException;
import io.ember4j.GradientTape;
import io.ember4j.Ops;
import io.ember4j.Tensor;
import io.ember4j.activation.Activation;
import io.ember4j.naive.Evaluator;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The gradients of named functions: derived, given by hand, or missing. */
class FunctionGradientsTest {
  private static final Expr X = Expr.input(0);
  private static final Expr Y = Expr.input(1);
  private static final Expr ZERO = Expr.constant(0);
  private static final double INF = Double.POSITIVE_INFINITY;
  private static final double NAN = Double.NaN;

  private static NamedFunction function(Expr body) {
    return NamedFunction.of("f", List.of("x"), body);
  }

  private static double backward(NamedFunction function, double x, double upstream) {
    return Evaluator.inDouble(function.backward(0).apply(X, Y), x, upstream);
  }

  private static void refuses(String part, Executable action) {
    String message = assertThrows(IllegalArgumentException.class, action).getMessage();
    assertTrue(message.contains(part), message);
  }

  // ---- derived

  static List<NamedFunction> flatAtMinusOne() {
    Expr relu = Expr.where(X.lt(0), ZERO, X);
    Expr step = Expr.where(X.gt(0), Expr.constant(1), ZERO);
    return List.of(
        function(relu),
        function(X.max(0)),
        function(X.clip(0, 6)),
        function(X.plus(1).times(X.plus(1))),
        function(X.times(3)).withDerivatives(step),
        function(X.times(3)).withDerivatives(X.plus(1)),
        function(relu.times(X.exp())));
  }

  @ParameterizedTest
  @MethodSource("flatAtMinusOne")
  void zeroDerivativeGivesZeroWhateverTheUpstream(NamedFunction flat) {
    for (double upstream : new double[] {2, INF, -INF, NAN}) {
      assertEquals(0, Math.abs(backward(flat, -1, upstream)), flat.body() + " times " + upstream);
    }
    assertEquals(INF, backward(flat, 1, INF), flat.body() + " where it is not flat");
  }

  static List<NamedFunction> piecewise() {
    return List.of(
        function(Expr.where(X.lt(0), ZERO, X)),
        function(X.abs()),
        function(X.max(0)),
        function(X.min(0).times(2)),
        function(X.clip(-1, 1)),
        function(X),
        function(Expr.where(X.gt(1), Expr.constant(3), ZERO)),
        function(X.tanh()),
        function(X.sigmoid().times(X)));
  }

  @ParameterizedTest
  @MethodSource("piecewise")
  void derivedGradientIsNanWhereTheArgumentIs(NamedFunction function) {
    assertEquals(NAN, backward(function, NAN, 1), function.body().toString());
    assertEquals(NAN, backward(function, NAN, 0), function.body().toString());
  }

  @Test
  void gradientOfSeveralArguments() {
    NamedFunction f = NamedFunction.of("f", List.of("x", "y"), X.times(X).times(Y).plus(Y.exp()));
    Expr applied = f.apply(X.times(2), X.plus(Y));
    double x = 0.5;
    double y = -0.25;
    // 4 x^2 (x + y) + e^(x + y)
    double byX = 12 * x * x + 8 * x * y + Math.exp(x + y);
    double byY = 4 * x * x + Math.exp(x + y);
    assertEquals(byX, Evaluator.inDouble(applied.derivative(0), x, y), 1e-14);
    assertEquals(byY, Evaluator.inDouble(applied.derivative(1), x, y), 1e-14);
    assertEquals(List.of("x", "y", "upstream"), f.backward(1).arguments());
    assertEquals(3 * 4, Evaluator.inDouble(f.backward(1).apply(X, Y, Expr.input(2)), 2, -INF, 3));
  }

  @Test
  void backwardIsAlwaysTheSameObject() throws Exception {
    int threads = 8;
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      for (int round = 0; round < 50; round++) {
        NamedFunction f = function(X.times(X));
        CyclicBarrier start = new CyclicBarrier(threads);
        List<Future<NamedFunction>> made = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
          made.add(
              pool.submit(
                  () -> {
                    start.await();
                    return f.backward(0);
                  }));
        }
        Set<NamedFunction> distinct = new HashSet<>();
        for (Future<NamedFunction> each : made) {
          distinct.add(each.get());
        }
        assertEquals(Set.of(f.backward(0)), distinct);
      }
    } finally {
      pool.shutdown();
    }
  }

  // ---- given by hand

  @Test
  void derivativeGivenByHandIsUsed() {
    NamedFunction plain = function(X.times(X));
    NamedFunction byHand = plain.withDerivatives(X.times(10));
    assertEquals(60, backward(byHand, 3, 2));
    assertEquals(12, backward(plain, 3, 2), "the original stays as it was");
    assertNotSame(plain, byHand);
    assertSame(plain.body().orElseThrow(), byHand.body().orElseThrow());
    NamedFunction clipped = plain.withBackward(Y.clip(-1, 1));
    assertEquals(1, backward(clipped, 3, 2));
    assertEquals(
        30, Evaluator.inDouble(byHand.apply(X.exp()).derivative(0), Math.log(Math.sqrt(3))), 1e-13);
  }

  @Test
  void whatIsLeftOutIsDerived() {
    NamedFunction f = NamedFunction.of("f", List.of("x", "y"), X.times(Y));
    Expr second = f.withDerivatives(null, Expr.constant(7)).apply(X, Y);
    assertEquals(5, Evaluator.inDouble(second.derivative(0), 3, 5));
    assertEquals(7, Evaluator.inDouble(second.derivative(1), 3, 5));
    Expr first = f.withBackward(Expr.input(2).times(9)).apply(X, Y);
    assertEquals(9, Evaluator.inDouble(first.derivative(0), 3, 5));
    assertEquals(3, Evaluator.inDouble(first.derivative(1), 3, 5));
  }

  @Test
  void gradientsThatDoNotFitAreRefused() {
    NamedFunction f = function(X.times(X));
    refuses("1 argument(s), got 2", () -> f.withDerivatives(X, X));
    refuses("1 argument(s), got 2", () -> f.withBackward(Y, Y));
    refuses("reads input 1; it may read 0 to 0", () -> f.withDerivatives(X.times(Y)));
    refuses("reads input 2; it may read 0 to 1", () -> f.withBackward(Expr.input(2)));
    assertThrows(IndexOutOfBoundsException.class, () -> f.backward(1));
    assertThrows(IndexOutOfBoundsException.class, () -> f.backward(-1));
  }

  // ---- missing

  @Test
  void functionOfARoutineAloneHasNoGradientUnlessGiven() {
    NamedFunction opaque = NamedFunction.of("test_cube_root", Math::cbrt);
    String message =
        assertThrows(UnsupportedOperationException.class, () -> opaque.backward(0)).getMessage();
    assertTrue(message.contains("test_cube_root") && message.contains("withDerivatives"), message);
    assertThrows(UnsupportedOperationException.class, () -> opaque.apply(X).backward(0));
    assertThrows(UnsupportedOperationException.class, () -> opaque.apply(X).derivative(0));
    Expr third = Expr.constant(1.0 / 3).dividedBy(opaque.apply(X).times(opaque.apply(X)));
    assertEquals(1.0 / 12, backward(opaque.withDerivatives(third), 8, 1), 1e-15);
  }

  @Test
  void missingGradientIsAnErrorOnlyWhenItIsAskedFor() {
    NamedFunction opaque = NamedFunction.of("test_opaque", Math::cbrt);
    try (BackendScope scope = Backends.use("naive");
        Tensor x = Tensor.of(new double[] {8, 27});
        Tensor one = Tensor.of(new double[] {1, 1})) {
      Activation activation = Activation.define("test_without_gradient", opaque::apply);
      assertEquals(3, activation.apply(x).toDoubleArray()[1]);
      assertThrows(UnsupportedOperationException.class, activation::backward);
      String refused =
          assertThrows(GradientException.class, () -> activation.gradient(x, one)).getMessage();
      assertTrue(refused.contains("test_without_gradient"), refused);
      try (GradientTape tape = GradientTape.record()) {
        Tensor y = Ops.sum(Ops.mul(activation.apply(x), x));
        Tensor other = Ops.sum(Ops.mul(x, x));
        assertEquals(2 * 8 + 3 * 27, y.item());
        String missing =
            assertThrows(GradientException.class, () -> tape.gradient(y, x)).getMessage();
        assertTrue(missing.contains("test_opaque"), missing);
        assertEquals(16, tape.gradient(other, x).toDoubleArray()[0], "the tape stays usable");
      }
    }
  }
}
