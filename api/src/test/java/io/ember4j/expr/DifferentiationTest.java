package io.ember4j.expr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ember4j.naive.Evaluator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Derivatives of expressions against those that calculus gives. */
class DifferentiationTest {
  private static final Expr X = Expr.input(0);
  private static final Expr Y = Expr.input(1);
  private static final Expr ZERO = Expr.constant(0);
  private static final double INF = Double.POSITIVE_INFINITY;
  private static final double[] POINTS = {-2.5, -1, -0.3, 0.7, 1.25, 3};

  private static double derivative(Expr expression, int input, double... at) {
    return Evaluator.inDouble(expression.derivative(input), at);
  }

  private static double backward(Expr expression, double upstream, double x) {
    return Evaluator.inDouble(expression.backward(0), x, upstream);
  }

  private static void near(double expected, double actual, double relative, String what) {
    if (Double.isNaN(expected) || Double.isInfinite(expected)) {
      assertEquals(expected, actual, what);
    } else {
      assertEquals(expected, actual, relative * Math.max(1e-300, Math.abs(expected)), what);
    }
  }

  // ---- primitives and functions

  private static Arguments of(Expr expression, DoubleBinaryOperator byX, DoubleBinaryOperator byY) {
    return Arguments.of(expression, byX, byY);
  }

  static List<Arguments> expressions() {
    DoubleBinaryOperator zero = (x, y) -> 0;
    DoubleBinaryOperator one = (x, y) -> 1;
    List<Arguments> all = new ArrayList<>();
    all.add(of(X.plus(Y), one, one));
    all.add(of(X.minus(Y), one, (x, y) -> -1));
    all.add(of(X.times(Y), (x, y) -> y, (x, y) -> x));
    all.add(of(X.dividedBy(Y), (x, y) -> 1 / y, (x, y) -> -x / (y * y)));
    all.add(of(X.max(Y), (x, y) -> x > y ? 1 : x == y ? 0.5 : 0, (x, y) -> tie(y, x)));
    all.add(of(X.min(Y), (x, y) -> tie(y, x), (x, y) -> tie(x, y)));
    all.add(of(X.abs(), (x, y) -> Math.signum(x), zero));
    all.add(of(X.sqrt(), (x, y) -> 0.5 / Math.sqrt(x), zero));
    all.add(of(X.exp(), (x, y) -> Math.exp(x), zero));
    all.add(of(X.log(), (x, y) -> 1 / x, zero));
    all.add(of(X.tanh(), (x, y) -> 1 / Math.pow(Math.cosh(x), 2), zero));
    all.add(of(X.lt(Y), zero, zero));
    all.add(of(X.le(Y), zero, zero));
    all.add(of(X.eq(Y), zero, zero));
    all.add(
        of(
            Expr.where(X.lt(Y), X.times(3), Y.times(X)),
            (x, y) -> x < y ? 3 : y,
            (x, y) -> x < y ? 0 : x));
    all.add(of(X.negate(), (x, y) -> -1, zero));
    all.add(of(X.clip(-1.5, 2), (x, y) -> x > -1.5 && x < 2 ? 1 : 0, zero));
    all.add(of(Y.times(Y).times(Y), zero, (x, y) -> 3 * y * y));
    all.add(of(Expr.constant(7), zero, zero));
    all.add(of(X.expm1(), (x, y) -> Math.exp(x), zero));
    all.add(of(X.abs().log1p(), (x, y) -> Math.signum(x) / (1 + Math.abs(x)), zero));
    all.add(of(X.erf(), (x, y) -> 2 / Math.sqrt(Math.PI) * Math.exp(-x * x), zero));
    all.add(of(X.erfc(), (x, y) -> -2 / Math.sqrt(Math.PI) * Math.exp(-x * x), zero));
    all.add(of(X.ndtr(), (x, y) -> Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI), zero));
    all.add(of(X.sigmoid(), (x, y) -> 1 / (2 + Math.exp(x) + Math.exp(-x)), zero));
    all.add(of(X.log1pexp(), (x, y) -> 1 / (1 + Math.exp(-x)), zero));
    return all;
  }

  /** Returns the derivative of max(a, b) by a. */
  private static double tie(double a, double b) {
    return a > b ? 1 : a == b ? 0.5 : 0;
  }

  @ParameterizedTest
  @MethodSource("expressions")
  void derivativesAreThoseOfCalculus(
      Expr expression, DoubleBinaryOperator byX, DoubleBinaryOperator byY) {
    for (double x : POINTS) {
      for (double y : POINTS) {
        if (expression == X.log() && x < 0) {
          continue; // the logarithm is not defined there
        }
        String where = expression + " at " + x + ", " + y;
        double dx = byX.applyAsDouble(x, y);
        double dy = byY.applyAsDouble(x, y);
        near(dx, derivative(expression, 0, x, y), 1e-12, where);
        near(dy, derivative(expression, 1, x, y), 1e-12, where);
        double[] inputs = java.util.Arrays.copyOf(new double[] {x, y}, expression.inputCount() + 1);
        inputs[expression.inputCount()] = -3;
        near(-3 * dx, Evaluator.inDouble(expression.backward(0), inputs), 1e-12, where);
        near(-3 * dy, Evaluator.inDouble(expression.backward(1), inputs), 1e-12, where);
      }
    }
  }

  @Test
  void gradientOfAnInputThatIsNotReadIsZero() {
    Expr y = Y.exp();
    assertSame(ZERO, y.derivative(0));
    assertSame(ZERO, y.backward(0));
    assertSame(ZERO, y.derivative(5));
    assertSame(ZERO, y.backward(5));
    assertSame(y.backward(1), y.backward(1));
    assertSame(Expr.input(2), X.plus(Y).backward(0), "the upstream is the input after the others");
  }

  @Test
  void gradientsOfSharedNodesAddUp() {
    Expr shared = X.times(Y);
    Expr sum = shared.plus(X).times(shared).plus(shared.exp());
    // (xy + x) xy + e^xy by x: 2 x y^2 + 2 x y + y e^xy.
    double x = 0.75;
    double y = -1.5;
    double expected = 2 * x * y * y + 2 * x * y + y * Math.exp(x * y);
    near(expected, derivative(sum, 0, x, y), 1e-14, "by x");
    near(2 * x * x * y + x * x + x * Math.exp(x * y), derivative(sum, 1, x, y), 1e-14, "by y");
    Expr doubled = X;
    for (int i = 0; i < 60; i++) {
      doubled = doubled.plus(doubled);
    }
    assertEquals(0x1p60, derivative(doubled, 0, 1));
    Expr power = X;
    for (int i = 0; i < 5; i++) {
      power = power.times(power);
    }
    near(32 * Math.pow(1.1, 31), derivative(power, 0, 1.1), 1e-12, "x^32");
    assertEquals(1, derivative(X.max(X), 0, 2), "both shares of a tie with itself");
  }

  @Test
  void derivativesOfDerivatives() {
    Expr cube = X.times(X).times(X);
    near(6 * 1.7, Evaluator.inDouble(cube.derivative(0).derivative(0), 1.7), 1e-14, "x^3");
    double t = Math.tanh(0.6);
    Expr second = X.tanh().derivative(0).derivative(0);
    near(-2 * t * (1 - t * t), Evaluator.inDouble(second, 0.6), 1e-12, "tanh");
    NamedFunction square = NamedFunction.of("square", List.of("x"), X.times(X));
    Expr ofFunction = square.apply(X).derivative(0).derivative(0);
    near(2, Evaluator.inDouble(ofFunction, -0.4), 1e-14, "a named function");
  }

  // ---- what a select cuts off

  @Test
  void branchThatIsNotChosenDoesNotDisturb() {
    Expr root = Expr.where(X.gt(0), X.sqrt(), ZERO);
    assertEquals(0, derivative(root, 0, 0.0));
    assertEquals(0, derivative(root, 0, -4));
    assertEquals(0.25, derivative(root, 0, 4));
    assertEquals(0, backward(root, INF, 0));
    Expr within = Expr.where(X.gt(0), X.sqrt().times(3).plus(1).log().dividedBy(2), X.times(0));
    assertEquals(0, derivative(within, 0, 0.0));
    near(0.75 / 2 / 7, derivative(within, 0, 4), 1e-14, "log(3 sqrt(x) + 1) / 2 at 4");
    Expr reciprocal = Expr.where(X.eq(0), ZERO, Expr.constant(1).dividedBy(X));
    assertEquals(0, derivative(reciprocal, 0, 0.0));
    assertEquals(-0.25, derivative(reciprocal, 0, 2));
    Expr overflowing = Expr.where(X.lt(0), X.exp().tanh(), Expr.constant(1));
    assertEquals(0, derivative(overflowing, 0, 1000));
  }

  @Test
  void manySelectsInsideOfEachOtherCutOffToo() {
    Expr nested = X.sqrt();
    for (int i = 9; i >= 0; i--) {
      nested = Expr.where(X.gt(-i), nested.times(2), ZERO);
    }
    assertEquals(0, derivative(nested, 0, 0.0));
    assertEquals(0, derivative(nested, 0, -4));
    assertEquals(256, derivative(nested, 0, 4));
  }

  @Test
  void nodeOfSeveralBranchesThatAreAllCutOffDoesNotDisturb() {
    Expr root = X.sqrt();
    Expr inner = Expr.where(X.gt(0), root.times(2), ZERO);
    for (Expr shared :
        List.of(
            Expr.where(X.gt(1), root, inner),
            Expr.where(X.gt(1), root, ZERO).plus(inner),
            Expr.where(X.gt(1), X, inner).times(3))) {
      assertEquals(0, derivative(shared, 0, 0.0), shared.toString());
      assertEquals(0, derivative(shared, 0, -1), shared.toString());
    }
    assertEquals(0.25, derivative(Expr.where(X.gt(1), root, inner), 0, 4));
    assertEquals(2, derivative(Expr.where(X.gt(1), root, inner), 0, 0.25));
    assertEquals(0.75, derivative(Expr.where(X.gt(1), root, ZERO).plus(inner), 0, 4));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 5, 6, 9, 20})
  void nodeOfManyBranchesThatAreAllCutOffDoesNotDisturb(int branches) {
    Expr log = X.log();
    Expr sum = ZERO;
    Expr nested = ZERO;
    double slope = 0;
    for (int k = 0; k < branches; k++) {
      sum = sum.plus(Expr.where(X.gt(k), log.times(k + 1), ZERO));
      nested = Expr.where(X.gt(k), log.times(k + 1), nested.times(1));
      slope += k + 1;
    }
    assertEquals(0, derivative(sum, 0, 0.0));
    assertEquals(0, derivative(sum, 0, -1));
    near(slope / 100, derivative(sum, 0, 100), 1e-14, "sum at 100");
    near(1 / 0.5, derivative(sum, 0, 0.5), 1e-14, "sum at 0.5");
    assertEquals(0, derivative(nested, 0, 0.0));
    near(branches / 100.0, derivative(nested, 0, 100), 1e-14, "nested at 100");
  }

  @ParameterizedTest
  @CsvSource({"0, 0.5", "1, 1", "-1, 0"})
  void tiesOfMaxAndMinGiveHalfToEach(double x, double expected) {
    assertEquals(expected, derivative(X.max(0), 0, x));
    assertEquals(1 - expected, derivative(X.min(0), 0, x));
    assertEquals(expected, derivative(X.max(Y), 0, x, 0));
    assertEquals(1 - expected, derivative(X.max(Y), 1, x, 0));
  }

  @Test
  void absHasDerivativeZeroAtZero() {
    assertEquals(0, derivative(X.abs(), 0, 0.0));
    assertEquals(0, derivative(X.abs(), 0, -0.0));
    assertEquals(0, backward(X.abs(), INF, 0));
  }

  @Test
  void nothingGoesThroughComparisonsAndConditions() {
    assertSame(ZERO, X.lt(Y).plus(X.le(2)).times(Y.eq(Y)).derivative(0));
    assertSame(ZERO, Expr.where(X, Y, Y.exp()).derivative(0));
    assertEquals(5, derivative(X.times(5).plus(X.gt(1)), 0, 1));
  }

  // ---- size

  private static Expr repeat(int times, UnaryOperator<Expr> step) {
    Expr chain = X;
    for (int i = 0; i < times; i++) {
      chain = step.apply(chain);
    }
    return chain;
  }

  @Test
  void longChainIsDifferentiatedInSensibleTime() {
    assertTimeout(
        Duration.ofSeconds(60),
        () -> {
          Expr chain = repeat(50_000, e -> e.times(1.00001).plus(0.5));
          assertTrue(chain.nodes().size() >= 100_000);
          Expr derivative = chain.derivative(0);
          near(Math.pow(1.00001, 50_000), Evaluator.inDouble(derivative, 1), 1e-9, "chain");
          Expr tanh = repeat(100_000, e -> e.tanh());
          double expected = 1;
          double x = 1e-4;
          for (int i = 0; i < 100_000; i++) {
            x = Math.tanh(x);
            expected *= 1 - x * x;
          }
          near(expected, Evaluator.inDouble(tanh.derivative(0), 1e-4), 1e-9, "tanh");
        });
  }

  static List<Arguments> selects() {
    NamedFunction relu = NamedFunction.of("relu", List.of("x"), Expr.where(X.lt(0), ZERO, X));
    UnaryOperator<Expr> plain = e -> Expr.where(e.lt(0), ZERO, e);
    UnaryOperator<Expr> scaled = e -> Expr.where(e.lt(0), ZERO, e.times(0.99999));
    UnaryOperator<Expr> leaky = e -> Expr.where(e.gt(0), e, e.times(0.99999));
    UnaryOperator<Expr> clipped = e -> e.clip(-1, 8).times(0.99999);
    UnaryOperator<Expr> largest = e -> e.max(0).times(0.99999);
    double shrunk = Math.pow(0.99999, 10_000);
    return List.of(
        Arguments.of("relu", plain, 1, 0),
        Arguments.of("named relu", (UnaryOperator<Expr>) relu::apply, 1, 0),
        Arguments.of("scaled relu", scaled, shrunk, 0),
        Arguments.of("leaky", leaky, 1, shrunk),
        Arguments.of("clip", clipped, shrunk, 0),
        Arguments.of("max", largest, shrunk, 0));
  }

  @ParameterizedTest
  @MethodSource("selects")
  void longChainOfSelectsGrowsInStep(
      String name, UnaryOperator<Expr> step, double above, double below) {
    assertTimeout(
        Duration.ofSeconds(60),
        () -> {
          Expr chain = repeat(10_000, step);
          Expr derivative = chain.derivative(0);
          int size = derivative.nodes().size();
          assertTrue(size < 20 * chain.nodes().size(), name + " has " + size + " nodes");
          near(above, Evaluator.inDouble(derivative, 2), 1e-9, name);
          near(below, Evaluator.inDouble(derivative, -2), 1e-9, name);
        });
  }
}
