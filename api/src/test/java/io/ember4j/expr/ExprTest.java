package io.ember4j.expr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ember4j.naive.Evaluator;
import java.lang.ref.WeakReference;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExprTest {
  private static final int DEEP = 100_000;
  private static final Expr X = Expr.input(0);
  private static final Expr Y = Expr.input(1);

  @Test
  void functionsHaveShortForms() {
    assertSame(Functions.EXPM1.apply(X), X.expm1());
    assertSame(Functions.LOG1P.apply(X), X.log1p());
    assertSame(Functions.ERF.apply(X), X.erf());
    assertSame(Functions.ERFC.apply(X), X.erfc());
    assertSame(Functions.NDTR.apply(X), X.ndtr());
    assertSame(Functions.SIGMOID.apply(X), X.sigmoid());
  }

  // ---- interning

  @Test
  void sameStructureIsTheSameObject() {
    assertSame(Expr.input(3), Expr.input(3));
    assertSame(Expr.constant(0.5), Expr.constant(0.5));
    assertSame(Expr.constant(Double.NaN), Expr.constant(0.0 / 0.0));
    assertSame(X.times(X.sigmoid()), X.times(X.sigmoid()));
    assertNotSame(X.minus(Y), Y.minus(X));
    assertNotSame(Expr.constant(0.0), Expr.constant(-0.0));
    NamedFunction one = NamedFunction.of("f", List.of("x"), X);
    NamedFunction two = NamedFunction.of("f", List.of("x"), X);
    assertNotSame(one.apply(X), two.apply(X), "functions are compared by identity");
  }

  @Test
  void commonSubexpressionExistsOnce() {
    Expr doubled = X;
    for (int i = 0; i < 60; i++) {
      doubled = doubled.plus(doubled);
    }
    assertEquals(61, doubled.nodes().size());
    assertEquals(0x1p60, Evaluator.inDouble(doubled, 1));
  }

  @Test
  void threadsThatBuildTheSameExpressionGetTheSameObject() throws Exception {
    int threads = 8;
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      for (int round = 0; round < 50; round++) {
        CyclicBarrier start = new CyclicBarrier(threads);
        double seed = round + 0.125;
        List<Future<Expr>> built =
            java.util.stream.IntStream.range(0, threads)
                .mapToObj(
                    t ->
                        pool.submit(
                            () -> {
                              start.await();
                              return chain(50, seed);
                            }))
                .toList();
        Set<Expr> distinct = new HashSet<>();
        for (Future<Expr> expression : built) {
          distinct.add(expression.get());
        }
        assertEquals(1, distinct.size());
      }
    } finally {
      pool.shutdown();
    }
  }

  @Test
  void garbageOfAnyDepthIsCollectedAtOnce() throws InterruptedException {
    WeakReference<Expr> innermost = new WeakReference<>(leafOfDeepGarbage());
    for (int i = 0; i < 20 && innermost.get() != null; i++) {
      System.gc();
      Expr.constant(0.001); // any use of the table forgets what was collected
      Thread.sleep(10);
    }
    assertNull(innermost.get());
  }

  private static Expr leafOfDeepGarbage() {
    Expr leaf = X.plus(0.000123);
    Expr deep = leaf;
    for (int i = 0; i < 1000; i++) {
      deep = deep.abs().plus(0.000456);
    }
    assertEquals(2000, deep.nodes().size() - 4);
    return leaf;
  }

  // ---- building

  @Test
  void wrongNumbersOfArgumentsAreRefused() {
    assertTrue(message(() -> Expr.apply(Primitive.ADD, X)).contains("add takes 2 argument(s)"));
    assertTrue(message(() -> Expr.apply(Primitive.ABS, (Expr) null)).contains("argument 0 of abs"));
    assertTrue(message(() -> Expr.input(-1)).contains("-1 is negative"));
    assertTrue(message(() -> X.plus(Y).substitute(X)).contains("2 input(s), got 1"));
  }

  @Test
  void inputCountIsOneMoreThanTheHighestInput() {
    assertEquals(0, Expr.constant(1).plus(2).inputCount());
    assertEquals(1, X.sigmoid().inputCount());
    assertEquals(6, X.plus(Expr.input(5)).inputCount());
  }

  @ParameterizedTest
  @CsvSource({
    "2, 3, 5",
    "-1, 4, 3",
  })
  void fluentFormsMeanWhatTheySay(double x, double y, double sum) {
    assertEquals(sum, Evaluator.inDouble(X.plus(Y), x, y));
    assertEquals(x - y, Evaluator.inDouble(X.minus(Y), x, y));
    assertEquals(x * y, Evaluator.inDouble(X.times(Y), x, y));
    assertEquals(x / y, Evaluator.inDouble(X.dividedBy(Y), x, y));
    assertEquals(Math.max(x, y), Evaluator.inDouble(X.max(Y), x, y));
    assertEquals(Math.min(x, y), Evaluator.inDouble(X.min(Y), x, y));
    assertEquals(-x, Evaluator.inDouble(X.negate(), x));
    assertEquals(x < y ? 1 : 0, Evaluator.inDouble(X.lt(Y), x, y));
    assertEquals(x <= y ? 1 : 0, Evaluator.inDouble(X.le(Y), x, y));
    assertEquals(x > y ? 1 : 0, Evaluator.inDouble(X.gt(Y), x, y));
    assertEquals(x >= y ? 1 : 0, Evaluator.inDouble(X.ge(Y), x, y));
    assertEquals(1, Evaluator.inDouble(X.eq(x), x));
    assertEquals(0, Evaluator.inDouble(X.gt(x), x));
    assertEquals(1, Evaluator.inDouble(X.ge(x), x));
    assertEquals(0, Evaluator.inDouble(X.lt(x), x));
    assertEquals(1, Evaluator.inDouble(X.le(x), x));
  }

  @Test
  void clipKeepsMinusZeroAndNan() {
    Expr clip = X.clip(-1, 1);
    assertEquals(-0.0, Evaluator.inDouble(clip, -0.0));
    assertEquals(Double.NaN, Evaluator.inDouble(clip, Double.NaN));
    assertEquals(1, Evaluator.inDouble(clip, Double.POSITIVE_INFINITY));
    assertEquals(-1, Evaluator.inDouble(clip, -7));
  }

  // ---- walking

  @Test
  void nodesComeOnceWithArgumentsFirst() {
    Expr shared = X.exp();
    Expr root = shared.plus(shared.times(Y));
    assertEquals(List.of(X, shared, Y, shared.times(Y), root), root.nodes());
  }

  @Test
  void deepChainNeedsNoStack() {
    Expr deep = chain(DEEP, 0.25);
    assertEquals(2 * DEEP + 2, deep.nodes().size());
    assertSame(deep, deep.expand(f -> true));
    Expr expanded = deep.expand(f -> false);
    assertTrue(
        expanded.nodes().stream()
            .noneMatch(n -> n instanceof Expr.Apply a && a.operation() instanceof NamedFunction));
    assertSame(deep, deep.substitute(X));
    assertEquals(
        1, deep.substitute(Y).nodes().stream().filter(Expr.Input.class::isInstance).count());
    assertTrue(deep.toString().length() < 400, deep.toString());
    assertTrue(deep.toString().endsWith("..."));
    assertTrue(Double.isFinite(Evaluator.inDouble(deep, 1)));
  }

  /** Returns n times a sigmoid and a sum. */
  private static Expr chain(int n, double number) {
    Expr deep = X;
    for (int i = 0; i < n; i++) {
      deep = deep.plus(number).sigmoid();
    }
    return deep;
  }

  @Test
  void substitutePutsExpressionsForInputs() {
    Expr root = X.minus(Y);
    assertSame(Y.minus(X), root.substitute(Y, X));
    assertSame(X.minus(1), root.substitute(X, Expr.constant(1)));
    assertSame(X.abs(), X.abs().substitute(X, Y), "more values than inputs");
  }

  @Test
  void expandReplacesAllButWhatIsKeptAllTheWayDown() {
    NamedFunction inner = NamedFunction.of("inner", List.of("x"), X.plus(1));
    NamedFunction outer = NamedFunction.of("outer", List.of("x", "y"), inner.apply(X).times(Y));
    Expr root = outer.apply(Y, inner.apply(X));
    assertSame(Y.plus(1).times(X.plus(1)), root.expand(f -> false));
    assertSame(inner.apply(Y).times(inner.apply(X)), root.expand(f -> f == inner));
    assertSame(root, root.expand(f -> f == inner || f == outer));
    assertSame(X.erf(), X.erf().expand(f -> false), "a function without a body stays");
  }

  @Test
  void toStringIsTheFormula() {
    assertEquals("mul(x0, sigmoid(x0))", X.times(X.sigmoid()).toString());
    assertEquals("add(x0, 0.5)", X.plus(0.5).toString());
    assertEquals("add(x1, -0.0)", Y.plus(-0.0).toString());
    assertEquals("7", Expr.constant(7).toString());
    assertEquals("NaN", Expr.constant(Double.NaN).toString());
  }

  // ---- named functions

  @Test
  void namedFunctionRefusesWhatDoesNotFit() {
    assertTrue(message(() -> NamedFunction.of("f", List.of("x"), Y)).contains("f reads input 1"));
    assertThrows(
        NullPointerException.class, () -> NamedFunction.of("f", List.of("x"), (Expr) null));
    assertTrue(message(() -> Functions.ERF.apply(X, Y)).contains("erf takes 1 argument(s)"));
    NamedFunction constant = NamedFunction.of("c", List.of("x"), Expr.constant(2));
    assertEquals(2, Evaluator.inDouble(constant.apply(X), 1));
    assertFalse(constant.routine().isPresent());
    assertEquals("c(x)", constant.toString());
  }

  private static String message(org.junit.jupiter.api.function.Executable action) {
    return assertThrows(IllegalArgumentException.class, action).getMessage();
  }
}
