package io.ember4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ember4j.expr.Expr;
import io.ember4j.expr.Functions;
import io.ember4j.expr.NamedFunction;
import io.ember4j.expr.Primitive;
import io.ember4j.naive.Evaluator;
import io.ember4j.naive.Ledger;
import io.ember4j.naive.NaiveBackend;
import io.ember4j.naive.NaiveBackend.Feature;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PlanTest {
  private static final Expr X = Expr.input(0);
  private static final Expr Y = Expr.input(1);
  private static final NamedFunction IDENTITY = NamedFunction.of("identity", List.of("x"), X);
  private static final NamedFunction SEVEN =
      NamedFunction.of("seven", List.of("x"), Expr.constant(7));

  private static Plan plan(Expr expression, Lowering lowering, Feature... features) {
    return Plan.of(expression, new NaiveBackend("b", features), DType.FLOAT32, lowering);
  }

  // ---- what runs where

  @Test
  void requiredFloorGetsPrimitivesAndDefaults() {
    Plan plan = plan(X.sigmoid().plus(X.erf()), Lowering.NATIVE);
    assertFalse(plan.isFused());
    assertEquals(List.of(Functions.ERF), plan.defaults());
    assertEquals(Execution.DEFAULT, plan.execution());
    assertTrue(plan.steps().contains(Plan.How.PRIMITIVE));
    assertFalse(plan.steps().contains(Plan.How.NATIVE));
  }

  @Test
  void nativeFunctionsAreSingleSteps() {
    Plan plan = plan(X.sigmoid().plus(X.erf()), Lowering.NATIVE, Feature.FUNCTIONS);
    assertEquals(List.of(Plan.How.NATIVE, Plan.How.NATIVE, Plan.How.PRIMITIVE), plan.steps());
    assertEquals(Execution.COMPOSED, plan.execution());
    assertEquals(
        Execution.NATIVE, plan(X.sigmoid(), Lowering.NATIVE, Feature.FUNCTIONS).execution());
  }

  @Test
  void fusingBackendGetsTheWholeExpression() {
    Plan plan = plan(X.sigmoid().plus(X.erf()), Lowering.NATIVE, Feature.FUSION);
    assertTrue(plan.isFused());
    assertEquals(Execution.NATIVE, plan.execution());
  }

  @Test
  void composedLoweringForgetsWhatTheBackendCanDo() {
    Plan plan = plan(X.sigmoid().plus(X.erf()), Lowering.COMPOSED, Feature.values());
    assertFalse(plan.isFused());
    assertEquals(List.of(Functions.ERF), plan.defaults());
    assertFalse(plan.steps().contains(Plan.How.NATIVE));
    assertEquals(
        plan.steps(),
        plan(X.sigmoid().plus(X.erf()), Lowering.NATIVE).steps(),
        "as if it had none");
  }

  @Test
  void callsRunByThePlan() {
    try (BackendScope scope = Backends.use("rich");
        Tensor x = Tensor.ones(3)) {
      assertEquals(2, Ledger.steps(() -> Ops.evaluate(X.sigmoid().abs(), x)).size(), "fused");
      try (BackendScope composed = Backends.use("rich", Lowering.COMPOSED)) {
        assertTrue(Ledger.steps(() -> Ops.evaluate(X.sigmoid().abs(), x)).size() > 6, "composed");
      }
    }
  }

  // ---- temporaries

  @Test
  void longChainNeedsOneTemporary() {
    Expr deep = X;
    for (int i = 0; i < 100_000; i++) {
      deep = deep.plus(1).times(0.5);
    }
    assertEquals(2, buffersTaken(deep), "result and one temporary");
  }

  @Test
  void balancedTreeNeedsAsManyTemporariesAsItIsDeep() {
    Expr tree = tree(8, 0);
    int taken = buffersTaken(tree);
    assertTrue(taken <= 10, "256 leaves took " + taken + " buffers");
  }

  private static Expr tree(int depth, int position) {
    return depth == 0
        ? X.times(position + 2)
        : tree(depth - 1, 2 * position).plus(tree(depth - 1, 2 * position + 1));
  }

  /** Returns how many buffers an evaluation takes; each step is a call beside the allocations. */
  private static int buffersTaken(Expr expression) {
    try (BackendScope scope = Backends.use("naive");
        Tensor x = Tensor.ones(1)) {
      Plan plan = Plan.of(expression, NaiveBackend.NAIVE, DType.FLOAT32, Lowering.NATIVE);
      int calls = Ledger.steps(() -> Ops.evaluate(expression, x).close()).size();
      return calls - plan.steps().size();
    }
  }

  // ---- values

  @ParameterizedTest
  @EnumSource(DType.class)
  void randomGraphsGiveWhatADirectEvaluationGives(DType dtype) {
    Random random = new Random(11);
    double[] a = {-2, -0.5, -0.0, 0.25, 1, 3};
    double[] b = {0.5, -1, 2, Double.NaN, Double.POSITIVE_INFINITY, -7};
    double[] c = {1.5};
    for (int round = 0; round < 500; round++) {
      Expr expression = randomGraph(random);
      for (String backend : List.of("naive", "rich")) {
        try (BackendScope scope = Backends.use(backend, Lowering.COMPOSED);
            Tensor x = Ops.cast(Tensor.of(a), dtype);
            Tensor y = Ops.cast(Tensor.of(b), dtype);
            Tensor z = Ops.cast(Tensor.of(c), dtype);
            Tensor result = Ops.evaluate(expression, x, y, z)) {
          double[] expected = new double[a.length];
          for (int i = 0; i < a.length; i++) {
            expected[i] = Evaluator.rounded(expression, dtype, a[i], b[i], c[0]);
          }
          assertArrayEquals(expected, result.toDoubleArray(), expression.toString());
        }
      }
    }
  }

  /** Returns a graph of up to 40 nodes over three inputs, in which nodes are used several times. */
  private static Expr randomGraph(Random random) {
    List<Expr> nodes = new ArrayList<>(List.of(X, Y, Expr.input(2), Expr.constant(0.1)));
    int size = 1 + random.nextInt(40);
    for (int i = 0; i < size; i++) {
      Expr a = pick(nodes, random);
      Expr b = pick(nodes, random);
      Expr c = pick(nodes, random);
      Primitive[] primitives = Primitive.values();
      int choice = random.nextInt(primitives.length + 3);
      if (choice == primitives.length) {
        nodes.add(a.erf());
      } else if (choice == primitives.length + 1) {
        nodes.add(a.log1pexp());
      } else if (choice == primitives.length + 2) {
        nodes.add(Expr.constant(random.nextInt(5) - 2));
      } else {
        Primitive primitive = primitives[choice];
        Expr[] arguments = {a, b, c};
        nodes.add(Expr.apply(primitive, java.util.Arrays.copyOf(arguments, primitive.arity())));
      }
    }
    return nodes.get(nodes.size() - 1);
  }

  private static Expr pick(List<Expr> nodes, Random random) {
    // Mostly late nodes, so that the graph gets deep.
    int back = random.nextInt(random.nextBoolean() ? Math.min(4, nodes.size()) : nodes.size());
    return nodes.get(nodes.size() - 1 - back);
  }

  @ParameterizedTest
  @EnumSource(Lowering.class)
  void bareInputsConstantsAndTrivialFunctionsAreCopies(Lowering lowering) {
    for (String backend : List.of("naive", "other", "rich")) {
      try (BackendScope scope = Backends.use(backend, lowering);
          Tensor x = Tensor.of(new float[] {-0.0f, Float.NaN, 3});
          Tensor y = Tensor.of(new float[] {5})) {
        float[] same = {-0.0f, Float.NaN, 3};
        float[] sevens = {7, 7, 7};
        assertArrayEquals(same, Ops.evaluate(X, x).toFloatArray());
        assertArrayEquals(new float[] {5, 5, 5}, Ops.evaluate(Y, x, y).toFloatArray());
        assertArrayEquals(sevens, Ops.evaluate(Expr.constant(7), x).toFloatArray());
        assertArrayEquals(same, Ops.evaluate(IDENTITY.apply(X), x).toFloatArray());
        assertArrayEquals(sevens, Ops.evaluate(SEVEN.apply(X), x).toFloatArray());
        Expr constants = Expr.constant(3).plus(Expr.constant(4));
        assertArrayEquals(sevens, Ops.evaluate(constants, x).toFloatArray());
        assertArrayEquals(
            sevens, Ops.evaluate(constants.sigmoid().times(0).plus(7), x).toFloatArray());
      }
    }
  }

  @Test
  void defaultRoutineReadsEveryPattern() {
    try (BackendScope scope = Backends.use("naive");
        Tensor row = Tensor.of(new double[] {0.5, 1});
        Tensor column = row.reshape(2, 1);
        Tensor zeros = Tensor.full(0, DType.FLOAT64, 2, 2)) {
      double low = io.ember4j.expr.SpecialFunctions.erf(0.5);
      double high = io.ember4j.expr.SpecialFunctions.erf(1);
      double[] rows = {low, high, low, high};
      double[] columns = {low, low, high, high};
      assertArrayEquals(rows, Ops.evaluate(Y.erf(), zeros, row).toDoubleArray());
      assertArrayEquals(columns, Ops.evaluate(Y.erf(), zeros, column).toDoubleArray());
      Tensor constant = Ops.evaluate(Expr.constant(1).erf(), row);
      assertArrayEquals(new double[] {high, high}, constant.toDoubleArray());
    }
  }

  @Test
  void plansGoWithTheirExpressions() throws InterruptedException {
    for (String backend : List.of("naive", "rich")) {
      WeakReference<Expr> expression = new WeakReference<>(evaluated(backend));
      for (int i = 0; i < 20 && expression.get() != null; i++) {
        System.gc();
        Thread.sleep(10);
      }
      assertNull(expression.get(), backend);
    }
  }

  private static Expr evaluated(String backend) {
    try (BackendScope scope = Backends.use(backend);
        Tensor x = Tensor.ones(2)) {
      Expr expression = X.plus(0.98765).abs();
      Ops.evaluate(expression, x).close();
      return expression;
    }
  }
}
