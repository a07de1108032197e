package io.ember4j.backend.pure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ember4j.DType;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A loop down a strip computes what loops over its rows do, and nothing beside the strip. */
class StripTest {
  private static final int ROWS = 48;

  private final Random random = new Random(5);

  @BeforeEach
  void assumeSimd() {
    assumeTrue(Simd.isAvailable());
  }

  @ParameterizedTest
  @EnumSource
  void writesEachElementOfTheStrip(DType dtype) {
    check(dtype, code -> ExpKernels.exp(code.input(0).minus(code.input(1))));
    check(dtype, code -> code.input(0).times(code.input(1)));
    check(dtype, code -> code.input(1).minus(code.input(0)).dividedBy(code.input(1)));
  }

  /** Operand 0 is a matrix, operand 1 one row for all rows. */
  private void check(DType dtype, Function<Code, Value> formula) {
    int width = Strip.columns(dtype);
    LoopShape shape = LoopShape.map(formula.apply(new Code(dtype)), 2, 0);
    StripLoop strip = LoopWriter.writeStrip(shape, VectorWriter.preferred(dtype));
    Loop scalar = LoopWriter.write(shape, new ScalarWriter(dtype));
    for (int rows : new int[] {1, 2, 7, ROWS}) {
      int stride = width + 3;
      int resultStride = width + 5;
      Object x = numbers(dtype, 2 + rows * stride);
      Object m = numbers(dtype, 4 + width);
      Object expected = numbers(dtype, 1 + rows * resultStride);
      Object actual = copy(expected);
      for (int p = 0; p < rows; p++) {
        scalar.run(
            expected,
            1 + p * resultStride,
            new Object[] {x, m},
            new int[] {2 + p * stride, 4},
            width);
      }
      strip.run(
          actual,
          1,
          new Object[] {x, m},
          new int[] {2, 4},
          rows,
          resultStride,
          new int[] {stride, 0});
      assertSame(expected, actual);
    }
  }

  @ParameterizedTest
  @EnumSource
  void findsTheLargestOfEachColumn(DType dtype) {
    int width = Strip.columns(dtype);
    StripLoop strip = fold(dtype, Fold.MAX);
    Object x = numbers(dtype, 3 + ROWS * (width + 1));
    set(x, 3 + 5 * (width + 1) + 2, Double.NaN);
    Object best = numbers(dtype, width + 9);
    Object expected = copy(best);
    for (int p = 0; p < ROWS; p++) {
      for (int j = 0; j < width; j++) {
        double largest = Math.max(get(expected, 7 + j), get(x, 3 + p * (width + 1) + j));
        set(expected, 7 + j, largest);
      }
    }
    run(strip, x, 3, width + 1, best, 7);
    assertSame(expected, best);
  }

  @ParameterizedTest
  @EnumSource
  void addsUpInTheSumOrder(DType dtype) {
    int width = Strip.vector(dtype);
    StripLoop strip = fold(dtype, Fold.SUM);
    Object x = numbers(dtype, 3 + ROWS * (width + 1));
    Object sums = numbers(dtype, width + 9);
    for (int j = 0; j < width; j++) {
      set(sums, 7 + j, 0);
    }
    Object expected = copy(sums);
    for (int j = 0; j < width; j++) {
      double[] lanes = new double[SumOrder.LANES];
      for (int p = 0; p < ROWS; p++) {
        int lane = p % SumOrder.LANES;
        lanes[lane] = dtype.round(lanes[lane] + get(x, 3 + p * (width + 1) + j));
      }
      for (int half = SumOrder.LANES / 2; half > 0; half /= 2) {
        for (int lane = 0; lane < half; lane++) {
          lanes[lane] = dtype.round(lanes[lane] + lanes[lane + half]);
        }
      }
      set(expected, 7 + j, lanes[0]);
    }
    run(strip, x, 3, width + 1, sums, 7);
    assertSame(expected, sums);
  }

  private static StripLoop fold(DType dtype, Fold fold) {
    LoopShape shape = new LoopShape(new Code(dtype).input(0), 1, 0, fold);
    return LoopWriter.writeStrip(shape, VectorWriter.preferred(dtype));
  }

  private static void run(StripLoop strip, Object x, int start, int stride, Object row, int at) {
    strip.run(
        null, 0, new Object[] {x, row}, new int[] {start, at}, ROWS, 0, new int[] {stride, 0});
  }

  private static void assertSame(Object expected, Object actual) {
    if (expected instanceof float[] floats) {
      assertEquals(Arrays.toString(floats), Arrays.toString((float[]) actual));
    } else {
      assertEquals(Arrays.toString((double[]) expected), Arrays.toString((double[]) actual));
    }
  }

  private Object numbers(DType dtype, int size) {
    double[] numbers = random.doubles(size, -20, 20).toArray();
    return PureBuffer.numbers(dtype, numbers);
  }

  private static Object copy(Object array) {
    return array instanceof float[] floats ? floats.clone() : ((double[]) array).clone();
  }

  private static double get(Object array, int i) {
    return array instanceof float[] floats ? floats[i] : ((double[]) array)[i];
  }

  private static void set(Object array, int i, double value) {
    if (array instanceof float[] floats) {
      floats[i] = (float) value;
    } else {
      ((double[]) array)[i] = value;
    }
  }
}
