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

/**
 * The transposed copy of a matrix is there when it is wanted again, and never outlives a change.
 */
class TransposedCopyTest {
  private static final int ROWS = 5;
  private static final int COLUMNS = 3;
  private static final int SIZE = ROWS * COLUMNS;

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
  void isMadeAtTheSecondRequestAndThenKept() {
    PureBuffer matrix = filled(backend, SIZE);
    assertNull(matrix.transposed(ROWS, COLUMNS));
    Object copy = matrix.transposed(ROWS, COLUMNS);
    assertArrayEquals(
        new float[] {0, 3, 6, 9, 12, 1, 4, 7, 10, 13, 2, 5, 8, 11, 14}, (float[]) copy);
    assertSame(copy, matrix.transposed(ROWS, COLUMNS));
  }

  @Test
  void isOfOneReadingOfTheElements() {
    PureBuffer matrix = filled(backend, SIZE);
    assertNull(matrix.transposed(ROWS, COLUMNS));
    assertNull(matrix.transposed(COLUMNS, ROWS));
    assertArrayEquals(
        new float[] {0, 5, 10, 1, 6, 11, 2, 7, 12, 3, 8, 13, 4, 9, 14},
        (float[]) matrix.transposed(COLUMNS, ROWS));
  }

  @Test
  void keepsDoubles() {
    PureBuffer matrix = (PureBuffer) backend.allocate(DType.FLOAT64, 4);
    backend.upload(new double[] {1, 2, 3, 4}, matrix);
    assertNull(matrix.transposed(2, 2));
    assertArrayEquals(new double[] {1, 3, 2, 4}, (double[]) matrix.transposed(2, 2));
    backend.upload(new double[] {5, 6, 7, 8}, matrix);
    assertNull(matrix.transposed(2, 2));
    assertArrayEquals(new double[] {5, 7, 6, 8}, (double[]) matrix.transposed(2, 2));
  }

  @ParameterizedTest
  @MethodSource("writes")
  void isGoneAfterEachWayToWrite(String name) {
    PureBuffer matrix = filled(backend, SIZE);
    matrix.transposed(ROWS, COLUMNS);
    assertNotNull(matrix.transposed(ROWS, COLUMNS));
    WRITES.get(name).accept(backend, matrix);
    assertNull(matrix.transposed(ROWS, COLUMNS));
  }

  @Test
  void isGoneWithTheOwner() {
    PureBuffer matrix = filled(backend, 1000);
    matrix.transposed(10, 100);
    assertNotNull(matrix.transposed(10, 100));
    backend.release(matrix);
    PureBuffer next = (PureBuffer) backend.allocate(DType.FLOAT32, 1000);
    assertSame(matrix, next);
    assertNull(next.transposed(10, 100));
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
