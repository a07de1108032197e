package io.ember4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ember4j.expr.Expr;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Small and telling cases of every operation. */
class OpsTest {
  private static final float NAN = Float.NaN;
  private static final float INF = Float.POSITIVE_INFINITY;

  private BackendScope scope;

  @BeforeEach
  void useTheRequiredFloor() {
    scope = Backends.use("naive");
  }

  @AfterEach
  void close() {
    scope.close();
  }

  private static Tensor of(float... values) {
    return Tensor.of(values);
  }

  private static Tensor matrix(int rows, int columns, float... values) {
    return Tensor.of(values, rows, columns);
  }

  private static void is(Tensor actual, String shape, float... expected) {
    assertEquals(shape, actual.shape().toString());
    assertArrayEquals(expected, actual.toFloatArray());
  }

  private static void refuses(Class<? extends Exception> type, String part, Executable action) {
    String message = assertThrows(type, action).getMessage();
    assertTrue(message.contains(part), message);
  }

  // ---- elementwise

  @Test
  void arithmetic() {
    Tensor a = of(1, -2, 6);
    Tensor b = of(4, 2, -3);
    is(Ops.add(a, b), "[3]", 5, 0, 3);
    is(Ops.sub(a, b), "[3]", -3, -4, 9);
    is(Ops.mul(a, b), "[3]", 4, -4, -18);
    is(Ops.div(a, b), "[3]", 0.25f, -1, -2);
    is(Ops.add(a, 1), "[3]", 2, -1, 7);
    is(Ops.sub(a, 1), "[3]", 0, -3, 5);
    is(Ops.mul(a, 2), "[3]", 2, -4, 12);
    is(Ops.div(a, 2), "[3]", 0.5f, -1, 3);
    is(a.plus(b).minus(b).times(b).dividedBy(b), "[3]", 1, -2, 6);
    is(a.plus(1).minus(1).times(2).dividedBy(2), "[3]", 1, -2, 6);
  }

  @Test
  void functionsOfOneElement() {
    is(Ops.neg(of(1, -0f, NAN, INF)), "[4]", -1, 0, NAN, -INF);
    is(Ops.abs(of(-1, -0f, NAN, -INF)), "[4]", 1, 0, NAN, INF);
    is(Ops.sqrt(of(4, -0f, -1, INF)), "[4]", 2, -0f, NAN, INF);
    is(Ops.exp(of(0, -INF, NAN)), "[3]", 1, 0, NAN);
    is(Ops.log(of(1, 0, -1, INF)), "[4]", 0, -INF, NAN, INF);
    is(Ops.clip(of(-5, -0f, 5, NAN, INF), -1, 2), "[5]", -1, -0f, 2, NAN, 2);
    is(Ops.clip(of(-5, 5), 2, 2), "[2]", 2, 2);
    refuses(ParameterException.class, "low 2.0 and high 1.0", () -> Ops.clip(of(1), 2, 1));
    refuses(ParameterException.class, "NaN", () -> Ops.clip(of(1), Double.NaN, 1));
  }

  @Test
  void maximumAndMinimumPropagateNan() {
    Tensor a = of(1, NAN, 3, -INF);
    Tensor b = of(2, 2, NAN, INF);
    is(Ops.maximum(a, b), "[4]", 2, NAN, NAN, INF);
    is(Ops.minimum(a, b), "[4]", 1, NAN, NAN, -INF);
  }

  @Test
  void comparisonsGiveOneOrZeroInTheOperandsDtype() {
    Tensor a = of(1, 2, 3, NAN, -0f);
    Tensor b = of(2, 2, 2, NAN, 0);
    is(Ops.lt(a, b), "[5]", 1, 0, 0, 0, 0);
    is(Ops.le(a, b), "[5]", 1, 1, 0, 0, 1);
    is(Ops.gt(a, b), "[5]", 0, 0, 1, 0, 0);
    is(Ops.ge(a, b), "[5]", 0, 1, 1, 0, 1);
    is(Ops.eq(a, b), "[5]", 0, 1, 0, 0, 1);
    is(Ops.ne(a, b), "[5]", 1, 0, 1, 1, 0);
    is(Ops.lt(a, 2), "[5]", 1, 0, 0, 0, 1);
    is(Ops.le(a, 2), "[5]", 1, 1, 0, 0, 1);
    is(Ops.gt(a, 2), "[5]", 0, 0, 1, 0, 0);
    is(Ops.ge(a, 2), "[5]", 0, 1, 1, 0, 0);
    is(Ops.eq(a, 2), "[5]", 0, 1, 0, 0, 0);
    is(Ops.ne(a, 2), "[5]", 1, 0, 1, 1, 1);
    assertEquals(DType.FLOAT64, Ops.lt(Ops.cast(a, DType.FLOAT64), b).dtype());
  }

  @Test
  void theDtypeOfWhereIsThatOfItsBranches() {
    Tensor condition = Tensor.of(new double[] {0, 1e-300, NAN});
    Tensor chosen = Ops.where(condition, Tensor.ones(3), Tensor.zeros(3));
    assertEquals(DType.FLOAT32, chosen.dtype());
    is(chosen, "[3]", 0, 1, 1);
  }

  @Test
  void whereSelects() {
    Tensor condition = of(1, 0, NAN, -0f, 0.5f);
    is(Ops.where(condition, of(1, 2, 3, 4, 5), Tensor.scalar(NAN)), "[5]", 1, NAN, 3, NAN, 5);
    is(Ops.where(of(1, 0), matrix(2, 1, 1, 2), of(8, 9)), "[2, 2]", 1, 9, 2, 9);
  }

  @Test
  void javaNumberTakesTheTensorsDtype() {
    assertEquals(DType.FLOAT32, of(1).plus(0.1).dtype());
    is(of(1).plus(0.1), "[1]", 1 + 0.1f);
    assertEquals(1.1, Tensor.scalar(1.0).plus(0.1).item());
  }

  @Test
  void mixedDtypesAreComputedInFloat64() {
    Tensor sum = Ops.add(of(0.1f), Tensor.of(new double[] {0.2}));
    assertEquals(DType.FLOAT64, sum.dtype());
    assertEquals(0.1f + 0.2, sum.item());
  }

  @Test
  void castRoundsToNearest() {
    Tensor wide = Tensor.of(new double[] {0.1, 1e300, -1e-300, Double.NaN});
    is(Ops.cast(wide, DType.FLOAT32), "[4]", 0.1f, INF, -0f, NAN);
    assertEquals(0.1f, Ops.cast(of(0.1f), DType.FLOAT64).item());
    is(Ops.cast(Tensor.zeros(0, 2), DType.FLOAT64), "[0, 2]");
    assertThrows(NullPointerException.class, () -> Ops.cast(wide, null));
  }

  // ---- broadcasting

  @ParameterizedTest
  @CsvSource({
    "'2,3', '2,3'",
    "'2,3', '3'",
    "'2,3', '2,1'",
    "'2,3', ''",
    "'2,1', '1,3'",
    "'4,2,3', '2,1'",
    "'4,2,3', '4,1,3'",
    "'4,1,3', '2,1'",
    "'2,1,3,1', '1,4,1,5'",
    "'1,1,1', '2,3,4'",
    "'', ''",
    "'0,3', '3'",
    "'2,0', '2,1'",
    "'0,1', '1,0'",
    "'5,1,1,2', '3,1,2'",
    "'2,3,1,1', '3,4,5'",
  })
  void broadcastsAsByIndexArithmetic(String left, String right) {
    Shape a = shape(left);
    Shape b = shape(right);
    Shape result = a.broadcast(b);
    float[] x = ramp(a, 1);
    float[] y = ramp(b, 100);
    float[] expected = new float[(int) result.size()];
    for (int i = 0; i < expected.length; i++) {
      expected[i] = x[sourceIndex(i, result, a)] + y[sourceIndex(i, result, b)];
    }
    for (String backend : new String[] {"naive", "rich"}) {
      try (BackendScope inner = Backends.use(backend)) {
        Tensor sum = Ops.add(Tensor.of(x).reshape(a.toArray()), Tensor.of(y).reshape(b.toArray()));
        is(sum, result.toString(), expected);
      }
    }
  }

  private static Shape shape(String extents) {
    return extents.isEmpty()
        ? Shape.SCALAR
        : Shape.of(
            java.util.stream.Stream.of(extents.split(",", -1))
                .mapToLong(Long::parseLong)
                .toArray());
  }

  private static float[] ramp(Shape shape, float step) {
    float[] values = new float[(int) shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = step * (i + 1);
    }
    return values;
  }

  private static int sourceIndex(int index, Shape result, Shape source) {
    int rest = index;
    int at = 0;
    int stride = 1;
    for (int axis = 1; axis <= result.rank(); axis++) {
      int i = rest % (int) result.extent(-axis);
      rest /= (int) result.extent(-axis);
      if (axis <= source.rank()) {
        int extent = (int) source.extent(-axis);
        at += extent == 1 ? 0 : i * stride;
        stride *= extent;
      }
    }
    return at;
  }

  @Test
  void expressionsNeedTheirInputs() {
    Expr sum = Expr.input(0).plus(Expr.input(1));
    refuses(ParameterException.class, "reads 2 input(s), got 1", () -> Ops.evaluate(sum, of(1)));
    refuses(ParameterException.class, "got 0 tensor(s)", () -> Ops.evaluate(Expr.constant(1)));
    refuses(NullPointerException.class, "expression is null", () -> Ops.evaluate(null, of(1)));
    refuses(NullPointerException.class, "input 1 is null", () -> Ops.add(of(1), (Tensor) null));
    refuses(ShapeException.class, "do not broadcast", () -> Ops.add(of(1, 2), of(1, 2, 3)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"naive", "rich"})
  void expressionsOverPartsReadThemWhereTheyLie(String backend) {
    Expr minus = Expr.input(0).minus(Expr.input(1));
    Expr last = Expr.input(2).times(1);
    try (BackendScope scope = Backends.use(backend)) {
      Tensor x = Tensor.of(ramp(Shape.of(2, 6, 2), 1), 2, 6, 2);
      is(Ops.evaluateParts(Expr.input(0).times(2), x, 2), "[2, 6, 2]", doubled(24));
      is(Ops.evaluateParts(minus, x, 0), "[1, 6, 2]", filled(12, -12));
      is(Ops.evaluateParts(minus, x, -2), "[2, 3, 2]", filled(12, -6));
      is(Ops.evaluateParts(minus, x, -1), "[2, 6, 1]", filled(12, -1));
      is(Ops.evaluateParts(last, x, 1), "[2, 2, 2]", 9, 10, 11, 12, 21, 22, 23, 24);
      is(Ops.evaluateParts(minus, Tensor.zeros(3, 0), 1), "[3, 0]");
      is(Ops.evaluateParts(minus, Tensor.zeros(0, 4), 1), "[0, 2]");
      refuses(ShapeException.class, "into 3 equal parts", () -> Ops.evaluateParts(last, x, 2));
      refuses(ShapeException.class, "use -3 to 2", () -> Ops.evaluateParts(last, x, 3));
      refuses(
          ShapeException.class,
          "a scalar (rank 0) has no axes",
          () -> Ops.evaluateParts(minus, Tensor.scalar(1f), 0));
      refuses(
          ParameterException.class,
          "reads no input",
          () -> Ops.evaluateParts(Expr.constant(1), x, 0));
      refuses(NullPointerException.class, "x is null", () -> Ops.evaluateParts(minus, null, 0));
    }
    refuses(
        NullPointerException.class,
        "expression is null",
        () -> Ops.evaluateParts(null, Tensor.zeros(2), 0));
  }

  @Test
  void expressionsOverPartsHaveTheGradientsOfTheParts() {
    try (GradientTape tape = GradientTape.record()) {
      Tensor x = matrix(2, 4, 1, 2, 3, 4, 5, 6, 7, 8);
      Tensor y = Ops.evaluateParts(Expr.input(0).times(Expr.input(1)), x, 1);
      is(y, "[2, 2]", 3, 8, 35, 48);
      is(tape.gradient(Ops.sum(y), x), "[2, 4]", 3, 4, 1, 2, 7, 8, 5, 6);
      refuses(
          ShapeException.class, "into 3 equal parts", () -> Ops.evaluateParts(Expr.input(2), x, 1));
    }
  }

  private static float[] filled(int size, float value) {
    float[] values = new float[size];
    Arrays.fill(values, value);
    return values;
  }

  private static float[] doubled(int size) {
    float[] values = ramp(Shape.of(size), 1);
    for (int i = 0; i < size; i++) {
      values[i] *= 2;
    }
    return values;
  }

  // ---- reductions

  @Test
  void reductionsOverAxes() {
    Tensor x = Tensor.of(ramp(Shape.of(2, 3, 4), 1), 2, 3, 4);
    is(Ops.sum(x), "[]", 300);
    is(Ops.sum(x, 0, 1, 2), "[]", 300);
    is(Ops.sum(x, true), "[1, 1, 1]", 300);
    is(Ops.sum(x, 2), "[2, 3]", 10, 26, 42, 58, 74, 90);
    is(Ops.sum(x, -3), "[3, 4]", 14, 16, 18, 20, 22, 24, 26, 28, 30, 32, 34, 36);
    is(Ops.sum(x, true, 0, 2), "[1, 3, 1]", 68, 100, 132);
    is(Ops.sum(x, 2, 0), "[3]", 68, 100, 132);
    is(Ops.max(x, 0, -1), "[3]", 16, 20, 24);
    is(Ops.max(x, true, 1), "[2, 1, 4]", 9, 10, 11, 12, 21, 22, 23, 24);
    is(Ops.min(x, 1, 2), "[2]", 1, 13);
    is(Ops.min(x), "[]", 1);
    is(Ops.min(x, true, 0, 1, 2), "[1, 1, 1]", 1);
    is(Ops.mean(x, 1), "[2, 4]", 5, 6, 7, 8, 17, 18, 19, 20);
    is(Ops.mean(x, true, -1), "[2, 3, 1]", 2.5f, 6.5f, 10.5f, 14.5f, 18.5f, 22.5f);
  }

  @Test
  void reductionsOfScalarsAndSingleElements() {
    Tensor scalar = Tensor.scalar(3f);
    is(Ops.sum(scalar), "[]", 3);
    is(Ops.max(scalar), "[]", 3);
    is(Ops.mean(scalar), "[]", 3);
    is(Ops.var(scalar), "[]", 0);
    is(Ops.sum(matrix(1, 1, 5), 0), "[1]", 5);
    refuses(ShapeException.class, "has no axes", () -> Ops.sum(scalar, 0));
  }

  @Test
  void reductionsOverNothing() {
    Tensor none = Tensor.zeros(0, 3);
    is(Ops.sum(none), "[]", 0);
    is(Ops.sum(none, 0), "[3]", 0, 0, 0);
    is(Ops.sum(none, 1), "[0]");
    is(Ops.mean(none, 0), "[3]", NAN, NAN, NAN);
    is(Ops.var(none), "[]", NAN);
    is(Ops.max(none, 1), "[0]");
    is(Ops.max(none, true, 1), "[0, 1]");
    refuses(ShapeException.class, "max over no elements", () -> Ops.max(none, 0));
    refuses(ShapeException.class, "min over no elements", () -> Ops.min(none));
    refuses(ShapeException.class, "argmax over no elements", () -> Ops.argmax(none, 0));
    assertEquals(0, Ops.argmax(none, 1).length);
  }

  @Test
  void reductionsPropagateNan() {
    Tensor x = matrix(2, 3, 1, NAN, 3, 4, INF, -INF);
    is(Ops.max(x, 1), "[2]", NAN, INF);
    is(Ops.min(x, 1), "[2]", NAN, -INF);
    is(Ops.sum(x, 1), "[2]", NAN, NAN);
    assertArrayEquals(new long[] {1, 1}, Ops.argmax(x, 1));
  }

  @Test
  void argmaxTakesTheFirstOfEqualOnes() {
    Tensor x = Tensor.of(new float[] {1, 5, 5, 0, 7, 7, -1, -1}, 2, 2, 2);
    assertArrayEquals(new long[] {1, 0, 0, 0}, Ops.argmax(x, 1));
    assertArrayEquals(new long[] {1, 0, 0, 0}, Ops.argmax(x, -1));
    assertArrayEquals(new long[] {1, 1, 0, 0}, Ops.argmax(x, 0));
    assertArrayEquals(new long[] {0}, Ops.argmax(of(NAN, NAN), 0));
    refuses(ShapeException.class, "out of range", () -> Ops.argmax(x, 3));
  }

  @Test
  void varianceIsTheMeanSquaredDeviation() {
    Tensor x = matrix(2, 2, 1, 3, 2, 8);
    is(Ops.var(x, 1), "[2]", 1, 9);
    is(Ops.var(x, 1, true, 1), "[2, 1]", 2, 18);
    is(Ops.var(x, 2, false, 1), "[2]", INF, INF);
    refuses(ParameterException.class, "correction is -1", () -> Ops.var(x, -1, false, 1));
    refuses(ShapeException.class, "name axis 1 twice", () -> Ops.sum(x, 1, -1));
    refuses(ShapeException.class, "axis 2 is out of range", () -> Ops.mean(x, 2));
  }

  // ---- softmax

  @ParameterizedTest
  @ValueSource(strings = {"naive", "rich"})
  void softmaxAndItsLogarithm(String backend) {
    try (BackendScope inner = Backends.use(backend)) {
      Tensor x = matrix(2, 2, 1000, 1000, 0, -INF);
      is(Ops.softmax(x, 1), "[2, 2]", 0.5f, 0.5f, 1, 0);
      is(Ops.softmax(x, 0), "[2, 2]", 1, 1, 0, 0);
      float half = (float) -Math.log(2);
      is(Ops.logSoftmax(x, -1), "[2, 2]", half, half, 0, -INF);
      is(Ops.softmax(Tensor.scalar(9f), 0), "[]", 1);
      is(Ops.logSoftmax(Tensor.scalar(9f), -1), "[]", 0);
      is(Ops.softmax(Tensor.scalar(NAN), 0), "[]", NAN);
      is(Ops.softmax(Tensor.zeros(2, 0), 1), "[2, 0]");
      for (float bad : new float[] {NAN, INF}) {
        is(Ops.softmax(of(1, bad, 2), 0), "[3]", NAN, NAN, NAN);
        is(Ops.logSoftmax(of(1, bad, 2), 0), "[3]", NAN, NAN, NAN);
      }
      is(Ops.softmax(of(-INF, -INF), 0), "[2]", NAN, NAN);
      is(Ops.logSoftmax(of(-INF, -INF), 0), "[2]", NAN, NAN);
      refuses(ShapeException.class, "use -2 to 1", () -> Ops.softmax(x, 2));
    }
  }

  // ---- matrix product

  @Test
  void matmulOfMatricesAndVectors() {
    Tensor a = matrix(2, 3, 1, 2, 3, 4, 5, 6);
    Tensor b = matrix(3, 2, 1, 0, 0, 1, 1, 1);
    is(Ops.matmul(a, b), "[2, 2]", 4, 5, 10, 11);
    is(a.matmul(b), "[2, 2]", 4, 5, 10, 11);
    is(Ops.matmul(a, a, true, false), "[3, 3]", 17, 22, 27, 22, 29, 36, 27, 36, 45);
    is(Ops.matmul(a, a, false, true), "[2, 2]", 14, 32, 32, 77);
    is(Ops.matmul(a, b, true, true), "[3, 3]", 1, 4, 5, 2, 5, 7, 3, 6, 9);
    is(Ops.matmul(of(1, 2), a), "[3]", 9, 12, 15);
    is(Ops.matmul(a, of(1, 0, -1)), "[2]", -2, -2);
    is(Ops.matmul(of(1, 2, 3), of(4, 5, 6)), "[]", 32);
    assertEquals(DType.FLOAT64, Ops.matmul(a, Ops.cast(b, DType.FLOAT64)).dtype());
  }

  @Test
  void matmulOverOrOfNothing() {
    is(Ops.matmul(Tensor.zeros(2, 0), Tensor.zeros(0, 3)), "[2, 3]", 0, 0, 0, 0, 0, 0);
    is(Ops.matmul(Tensor.zeros(0, 2), Tensor.zeros(2, 3)), "[0, 3]");
    is(Ops.matmul(Tensor.zeros(0), Tensor.zeros(0)), "[]", 0);
    is(Ops.matmul(Tensor.zeros(0, 2, 2), Tensor.zeros(2, 2)), "[0, 2, 2]");
    Expr plusOne = Expr.input(0).plus(1);
    Tensor biased = Ops.matmul(Tensor.zeros(1, 0), Tensor.zeros(0, 2), false, false, plusOne);
    is(biased, "[1, 2]", 1, 1);
  }

  @ParameterizedTest
  @CsvSource({
    "'4,2,3', '4,3,5', '4,2,5'", "'4,2,3', '3,5', '4,2,5'", "'2,3', '4,3,5', '4,2,5'",
    "'2,1,2,3', '4,3,5', '2,4,2,5'", "'2,1,2,3', '1,4,3,1', '2,4,2,1'", "'1,2,3', '3', '1,2'",
    "'3', '2,3,4', '2,4'",
  })
  void matmulBatchesBroadcast(String left, String right, String expected) {
    Random random = new Random(3);
    Tensor a = random(shape(left), random);
    Tensor b = random(shape(right), random);
    Tensor product = Ops.matmul(a, b);
    assertEquals(shape(expected), product.shape());
    // The same by broadcasting products and summing.
    Shape ea = a.rank() == 1 ? Shape.of(1, a.size()) : a.shape();
    Shape eb = b.rank() == 1 ? Shape.of(b.size(), 1) : b.shape();
    long[] column = java.util.Arrays.copyOf(ea.toArray(), ea.rank() + 1);
    column[ea.rank()] = 1;
    long[] row = new long[eb.rank() + 1];
    System.arraycopy(eb.toArray(), 0, row, 0, eb.rank() - 2);
    row[eb.rank() - 2] = 1;
    row[eb.rank() - 1] = eb.extent(-2);
    row[eb.rank()] = eb.extent(-1);
    Tensor sum = Ops.sum(Ops.mul(a.reshape(column), b.reshape(row)), -2);
    assertArrayEquals(sum.toFloatArray(), product.toFloatArray(), 1e-5f);
    if (a.rank() > 1 && b.rank() > 1) {
      Tensor swapped = Ops.matmul(swapLast(a), swapLast(b), true, true);
      assertArrayEquals(product.toFloatArray(), swapped.toFloatArray(), 1e-6f);
    }
  }

  private static Tensor random(Shape shape, Random random) {
    float[] values = new float[(int) shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat() - 0.5f;
    }
    return Tensor.of(values, shape.toArray());
  }

  private static Tensor swapLast(Tensor x) {
    int[] axes = new int[x.rank()];
    for (int i = 0; i < axes.length; i++) {
      axes[i] = i;
    }
    axes[axes.length - 1] = axes.length - 2;
    axes[axes.length - 2] = axes.length - 1;
    return Ops.permute(x, axes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"naive", "rich"})
  void matmulEpilogueIsAppliedToEachElement(String backend) {
    try (BackendScope inner = Backends.use(backend)) {
      Expr epilogue = Expr.input(0).plus(Expr.input(1)).max(0).times(Expr.input(2));
      Tensor a = matrix(2, 2, 1, 2, 3, 4);
      Tensor column = matrix(2, 1, 10, 100);
      Tensor result = Ops.matmul(a, a, false, false, epilogue, of(-8, 0), column);
      is(result, "[2, 2]", 0, 100, 700, 2200);
      refuses(
          ParameterException.class,
          "got 1 operand(s)",
          () -> Ops.matmul(a, a, false, false, epilogue, column));
      refuses(
          ShapeException.class,
          "[2, 2] and [3] do not broadcast",
          () -> Ops.matmul(a, a, false, false, Expr.input(1), of(1, 2, 3)));
      refuses(
          ShapeException.class,
          "[2, 1, 2] does not fit the product's shape [2, 2]",
          () -> Ops.matmul(a, a, false, false, Expr.input(1), Tensor.ones(2, 1, 2)));
    }
  }

  @Test
  void matmulRefusesWhatDoesNotFit() {
    Tensor a = Tensor.ones(2, 3);
    refuses(
        ShapeException.class,
        "[2, 3] by [2, 3]: the left has 3 columns, the right 2 rows",
        () -> Ops.matmul(a, a));
    refuses(
        ShapeException.class,
        "[2, 3] transposed by",
        () -> Ops.matmul(a, Tensor.ones(3, 2), true, false));
    refuses(
        ShapeException.class,
        "right operand of matmul is a scalar",
        () -> Ops.matmul(a, Tensor.scalar(1f)));
    refuses(
        ShapeException.class,
        "rank 1 and cannot be transposed",
        () -> Ops.matmul(of(1), a, true, false));
    refuses(
        ShapeException.class,
        "do not broadcast",
        () -> Ops.matmul(Tensor.ones(2, 1, 1), Tensor.ones(3, 1, 1)));
    refuses(NullPointerException.class, "left operand is null", () -> Ops.matmul(null, a));
    refuses(
        NullPointerException.class, "epilogue is null", () -> Ops.matmul(a, a, false, true, null));
  }

  // ---- shape

  @Test
  void permuteAndTranspose() {
    Tensor x = Tensor.of(ramp(Shape.of(2, 3, 2), 1), 2, 3, 2);
    is(Ops.permute(x, 1, 0, 2), "[3, 2, 2]", 1, 2, 7, 8, 3, 4, 9, 10, 5, 6, 11, 12);
    is(Ops.permute(x, -1, 0, 1), "[2, 2, 3]", 1, 3, 5, 7, 9, 11, 2, 4, 6, 8, 10, 12);
    is(x.transpose(), "[2, 3, 2]", 1, 7, 3, 9, 5, 11, 2, 8, 4, 10, 6, 12);
    is(Ops.transpose(Tensor.scalar(4f)), "[]", 4);
    is(Ops.transpose(Tensor.zeros(0, 2)), "[2, 0]");
    refuses(ShapeException.class, "has 2 axes, shape [2, 3, 2] has 3", () -> Ops.permute(x, 0, 1));
    refuses(ShapeException.class, "names axis 2 twice", () -> Ops.permute(x, 0, 2, -1));
    refuses(ShapeException.class, "axis 3 is out of range", () -> Ops.permute(x, 0, 1, 3));
  }

  @Test
  void sliceTakesEveryStepthElement() {
    Tensor x = matrix(2, 5, ramp(Shape.of(2, 5), 1));
    is(Ops.slice(x, 1, 1, 4), "[2, 3]", 2, 3, 4, 7, 8, 9);
    is(Ops.slice(x, -1, 0, 5, 2), "[2, 3]", 1, 3, 5, 6, 8, 10);
    is(Ops.slice(x, 1, 1, 5, 3), "[2, 2]", 2, 5, 7, 10);
    is(Ops.slice(x, 0, 1, 2), "[1, 5]", 6, 7, 8, 9, 10);
    is(Ops.slice(x, 0, 1, 1), "[0, 5]");
    is(Ops.slice(x, 1, 2, 5, Long.MAX_VALUE), "[2, 1]", 3, 8);
    is(Ops.slice(x, 1, 5, 5, Long.MAX_VALUE), "[2, 0]");
    for (long[] bad : new long[][] {{-1, 2, 1}, {3, 2, 1}, {0, 6, 1}, {0, 2, 0}, {0, 2, -1}}) {
      refuses(
          ShapeException.class,
          "use 0 <= start <= stop <= 5 and step >= 1",
          () -> Ops.slice(x, 1, bad[0], bad[1], bad[2]));
    }
    refuses(ShapeException.class, "has no axes", () -> Ops.slice(Tensor.scalar(1f), 0, 0, 1));
  }

  @Test
  void concatAndSplitAreInverse() {
    Tensor x = matrix(2, 3, 1, 2, 3, 4, 5, 6);
    Tensor[] parts = Ops.split(x, 1, 2, 0, 1);
    is(parts[0], "[2, 2]", 1, 2, 4, 5);
    is(parts[1], "[2, 0]");
    is(parts[2], "[2, 1]", 3, 6);
    is(Ops.concat(1, parts), "[2, 3]", 1, 2, 3, 4, 5, 6);
    is(Ops.concat(0, x, Ops.neg(x)), "[4, 3]", 1, 2, 3, 4, 5, 6, -1, -2, -3, -4, -5, -6);
    is(Ops.concat(-1, of(1), of(2, 3)), "[3]", 1, 2, 3);
    assertEquals(DType.FLOAT64, Ops.concat(0, of(1), Tensor.of(new double[] {2})).dtype());
    refuses(ShapeException.class, "must add up to 3", () -> Ops.split(x, 1, 2, 2));
    refuses(ShapeException.class, "must add up to 3", () -> Ops.split(x, 1, 4, -1));
    refuses(
        ShapeException.class, "[2, 3] and [3] along axis 0", () -> Ops.concat(0, x, of(1, 2, 3)));
    refuses(
        ShapeException.class, "[2, 3] and [2, 2] along", () -> Ops.concat(0, x, Tensor.ones(2, 2)));
    refuses(ParameterException.class, "at least one tensor", () -> Ops.concat(0));
    refuses(NullPointerException.class, "part 1 is null", () -> Ops.concat(0, x, null));
    refuses(ShapeException.class, "has no axes", () -> Ops.concat(0, Tensor.scalar(1f)));
  }
}
