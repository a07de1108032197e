package io.ember4j.backend.nd4j;

import static io.ember4j.backend.nd4j.Fixture.BACKEND;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ember4j.DType;
import io.ember4j.spi.Buffer;
import io.ember4j.spi.Reduction;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sums, maxima and minima along an axis. */
class Nd4jReductionsTest {
  private static final double INF = Double.POSITIVE_INFINITY;

  private static final int[][] SHAPES = {
    {1, 1, 1},
    {1, 7, 1},
    {5, 1, 1},
    {1, 1, 5},
    {4, 16, 1},
    {1, 17, 3},
    {3, 5, 7},
    {2, 67, 15},
    {1, 4_098, 1},
    {300, 3, 1},
    {1, 3, 300}
  };

  @ParameterizedTest
  @EnumSource(DType.class)
  void reducesTheMiddleAxis(DType dtype) {
    Random random = new Random(7);
    for (int[] shape : SHAPES) {
      double[] values = random.doubles((long) shape[0] * shape[1] * shape[2], -3, 5).toArray();
      // One slice in three has a NaN somewhere, one infinities of both signs.
      for (int i = 0; i < values.length; i += 5) {
        values[i] = random.nextInt(20) == 0 ? Double.NaN : values[i];
      }
      for (Reduction reduction : Reduction.values()) {
        check(reduction, dtype, values, shape);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(DType.class)
  void propagatesNaNPastInfinitiesAndOnlyWithinItsSlice(DType dtype) {
    double nan = Double.NaN;
    double[] values = {
      INF, -INF, 2, nan, INF, -INF, -INF, -INF, -INF, INF, nan, -INF, -0.0, -1, -2
    };
    check(Reduction.MAX, dtype, values, new int[] {5, 3, 1});
    check(Reduction.MIN, dtype, values, new int[] {5, 3, 1});
    check(Reduction.SUM, dtype, values, new int[] {5, 3, 1});
  }

  @ParameterizedTest
  @EnumSource(DType.class)
  void sumsNoElementsToZero(DType dtype) {
    Buffer result = Fixture.dirty(dtype, 6);
    BACKEND.reduce(Reduction.SUM, BACKEND.allocate(dtype, 0), 2, 0, 3, result);
    assertArrayEquals(new double[6], Fixture.values(result));
  }

  @ParameterizedTest
  @EnumSource(DType.class)
  void keepsLongSumsAccurate(DType dtype) {
    int n = 1_000_000;
    double[] values = new double[n];
    java.util.Arrays.fill(values, 0.1);
    Buffer result = Fixture.dirty(dtype, 1);
    BACKEND.reduce(Reduction.SUM, Fixture.buffer(dtype, values), 1, n, 1, result);
    double exact = n * dtype.round(0.1);
    double bound = n * (dtype == DType.FLOAT32 ? 0x1p-24 : 0x1p-53);
    assertEquals(1, Fixture.values(result)[0] / exact, bound);
  }

  private static void check(Reduction reduction, DType dtype, double[] values, int[] shape) {
    Buffer source = Fixture.buffer(dtype, values);
    Buffer result = Fixture.dirty(dtype, shape[0] * shape[2]);
    BACKEND.reduce(reduction, source, shape[0], shape[1], shape[2], result);
    double[] rounded = Fixture.values(source);
    double[] actual = Fixture.values(result);
    for (int o = 0; o < shape[0]; o++) {
      for (int i = 0; i < shape[2]; i++) {
        double expected = reduction == Reduction.SUM ? 0 : rounded[o * shape[1] * shape[2] + i];
        double magnitude = 0;
        for (int j = 0; j < shape[1]; j++) {
          double value = rounded[(o * shape[1] + j) * shape[2] + i];
          magnitude += Math.abs(value);
          expected =
              switch (reduction) {
                case SUM -> expected + value;
                case MAX -> Math.max(expected, value);
                case MIN -> Math.min(expected, value);
              };
        }
        double epsilon = dtype == DType.FLOAT32 ? 0x1p-24 : 0x1p-53;
        double bound =
            reduction == Reduction.SUM && Double.isFinite(magnitude)
                ? shape[1] * epsilon * magnitude
                : 0;
        assertEquals(
            expected,
            actual[o * shape[2] + i],
            bound,
            reduction + " of " + java.util.Arrays.toString(shape) + " at " + o + ", " + i);
      }
    }
  }
}
