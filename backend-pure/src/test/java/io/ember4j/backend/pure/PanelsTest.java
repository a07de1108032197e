package io.ember4j.backend.pure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.ember4j.DType;
import io.ember4j.expr.Expr;
import io.ember4j.expr.Functions;
import io.ember4j.expr.Primitive;
import io.ember4j.spi.Buffer;
import io.ember4j.spi.Epilogue;
import io.ember4j.spi.MatmulSpec;
import io.ember4j.spi.Operand;
import io.ember4j.spi.Reduction;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The panels of a matrix are there when they are wanted again, and never outlive a change. */
class PanelsTest {
  private static final int ROWS = 5;
  private static final int COLUMNS = 3;
  private static final int SIZE = ROWS * COLUMNS;

  /** As wide as the matrix, so that there is one panel. */
  private static final int WIDTH = 8;

  private final PureBackend backend = new PureBackend();

  /** Each way in which a backend writes a buffer of 15 numbers, by its name. */
  private static final Map<String, BiConsumer<PureBackend, Buffer>> WRITES =
      Map.ofEntries(
          Map.entry("upload of floats", (pure, m) -> pure.upload(numbers(7), m)),
          Map.entry(
              "copy",
              (pure, m) ->
                  pure.copy(
                      filled(pure, SIZE), 0, new long[] {1}, m, 2, new long[] {1}, new long[] {4})),
          Map.entry("convert", (pure, m) -> pure.convert(pure.allocate(DType.FLOAT64, SIZE), m)),
          Map.entry(
              "primitive",
              (pure, m) -> pure.apply(Primitive.ABS, List.of(new Operand.View(m, 1)), m)),
          Map.entry(
              "function",
              (pure, m) -> pure.apply(Functions.SIGMOID, List.of(new Operand.View(m, 1)), m)),
          Map.entry(
              "expression",
              (pure, m) ->
                  pure.evaluate(
                      Expr.input(0).plus(Expr.constant(1)), List.of(new Operand.View(m, 1)), m)),
          Map.entry(
              "reduction",
              (pure, m) -> pure.reduce(Reduction.SUM, filled(pure, 2 * SIZE), SIZE, 2, 1, m)),
          Map.entry(
              "softmax", (pure, m) -> pure.softmax(filled(pure, SIZE), ROWS, COLUMNS, 1, false, m)),
          Map.entry(
              "matmul",
              (pure, m) -> pure.matmul(outer(), filled(pure, ROWS), filled(pure, COLUMNS), m)),
          Map.entry(
              "matmul with an epilogue",
              (pure, m) ->
                  pure.matmul(
                      outer(),
                      filled(pure, ROWS),
                      filled(pure, COLUMNS),
                      new Epilogue(Expr.input(0).exp(), List.of(new Operand.View(m, 1))),
                      m)));

  static Stream<String> writes() {
    return WRITES.keySet().stream().sorted();
  }

  @Test
  void areMadeAtTheSecondRequestAndThenKept() {
    PureBuffer matrix = filled(backend, SIZE);
    assertNull(matrix.panels(ROWS, COLUMNS, WIDTH, 1));
    Object copy = matrix.panels(ROWS, COLUMNS, WIDTH, 1);
    assertArrayEquals(
        new float[] {0, 3, 6, 9, 12, 1, 4, 7, 10, 13, 2, 5, 8, 11, 14}, (float[]) copy);
    assertSame(copy, matrix.panels(ROWS, COLUMNS, WIDTH, 1));
  }

  @Test
  void areOfOneReadingOfTheElements() {
    PureBuffer matrix = filled(backend, SIZE);
    assertNull(matrix.panels(ROWS, COLUMNS, WIDTH, 1));
    assertNull(matrix.panels(COLUMNS, ROWS, WIDTH, 1));
    assertArrayEquals(
        new float[] {0, 5, 10, 1, 6, 11, 2, 7, 12, 3, 8, 13, 4, 9, 14},
        (float[]) matrix.panels(COLUMNS, ROWS, WIDTH, 1));
  }

  @Test
  void areOfSomeColumnsEachAndTheLastOfTwoIsNarrow() {
    // 7 columns of 2 rows: column j is 2 j, 2 j + 1.
    PureBuffer matrix = filled(backend, 14);
    assertArrayEquals(
        new float[] {0, 2, 4, 6, 1, 3, 5, 7, 8, 10, 12, 9, 11, 13}, panels(matrix, 7, 4, 1));
    assertArrayEquals(
        new float[] {0, 2, 4, 6, 1, 3, 5, 7, 8, 10, 12, 0, 9, 11, 13, 0}, panels(matrix, 7, 4, 2));
    assertArrayEquals(
        new float[] {0, 2, 4, 1, 3, 5, 6, 8, 10, 7, 9, 11, 12, 0, 0, 13, 0, 0},
        panels(matrix, 7, 3, 1));
  }

  private static float[] panels(PureBuffer matrix, int n, int width, int lanes) {
    assertNull(matrix.panels(n, 2, width, lanes));
    return (float[]) matrix.panels(n, 2, width, lanes);
  }

  @Test
  void areOfDoublesToo() {
    PureBuffer matrix = (PureBuffer) backend.allocate(DType.FLOAT64, 4);
    backend.upload(new double[] {1, 2, 3, 4}, matrix);
    assertNull(matrix.panels(2, 2, WIDTH, 1));
    assertArrayEquals(new double[] {1, 3, 2, 4}, (double[]) matrix.panels(2, 2, WIDTH, 1));
    backend.upload(new double[] {5, 6, 7, 8}, matrix);
    assertNull(matrix.panels(2, 2, WIDTH, 1));
    assertArrayEquals(new double[] {5, 7, 6, 8}, (double[]) matrix.panels(2, 2, WIDTH, 1));
  }

  @ParameterizedTest
  @MethodSource("writes")
  void areGoneAfterEachWayToWrite(String name) {
    PureBuffer matrix = filled(backend, SIZE);
    matrix.panels(ROWS, COLUMNS, WIDTH, 1);
    assertNotNull(matrix.panels(ROWS, COLUMNS, WIDTH, 1));
    WRITES.get(name).accept(backend, matrix);
    assertNull(matrix.panels(ROWS, COLUMNS, WIDTH, 1));
  }

  @Test
  void areGoneWithTheOwner() {
    PureBuffer matrix = filled(backend, 1000);
    matrix.panels(10, 100, WIDTH, 1);
    assertNotNull(matrix.panels(10, 100, WIDTH, 1));
    backend.release(matrix);
    PureBuffer next = (PureBuffer) backend.allocate(DType.FLOAT32, 1000);
    assertSame(matrix, next);
    assertNull(next.panels(10, 100, WIDTH, 1));
  }

  /** Enough products for the vector code, with a weight that changes every few of them. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 19, 130})
  void productsSeeEveryChangeOfTheWeight(int m) {
    int n = 301;
    int k = 257;
    MatmulSpec spec = new MatmulSpec(1, m, n, k, false, true, 0, 0);
    PureBuffer x = filled(backend, m * k);
    PureBuffer weight = filled(backend, n * k);
    PureBuffer result = (PureBuffer) backend.allocate(DType.FLOAT32, spec.resultSize());
    for (int i = 0; i < (m == 1 ? 1500 : 500); i++) {
      if (i % 5 == 0) {
        backend.upload(numbers(n * k, i), weight);
      }
      backend.matmul(spec, x, weight, result);
      int row = i % m;
      int j = i % n;
      float sum = 0;
      for (int p = 0; p < k; p++) {
        sum = Math.fma(x.floats()[row * k + p], weight.floats()[j * k + p], sum);
      }
      assertArrayEquals(
          new float[] {sum}, new float[] {result.floats()[row * n + j]}, "product " + i);
    }
  }

  private static MatmulSpec outer() {
    return new MatmulSpec(1, ROWS, COLUMNS, 1, false, false, 0, 0);
  }

  private static PureBuffer filled(PureBackend backend, int size) {
    PureBuffer buffer = (PureBuffer) backend.allocate(DType.FLOAT32, size);
    backend.upload(numbers(size, 0), buffer);
    return buffer;
  }

  private static float[] numbers(int start) {
    return numbers(SIZE, start);
  }

  private static float[] numbers(int size, int start) {
    float[] numbers = new float[size];
    for (int i = 0; i < size; i++) {
      numbers[i] = (start + i) % 1000;
    }
    return numbers;
  }
}
