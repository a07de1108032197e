package io.ember4j.backend.pure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ember4j.DType;
import io.ember4j.spi.Buffer;
import io.ember4j.spi.Reduction;
import java.math.BigDecimal;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Sums: their written order, bit for bit, and their error. */
class SumTest {
  private static final int[] LENGTHS = {
    0, 1, 2, 8, 15, 16, 17, 31, 67, 1000, 1023, 1024, 1025, 2048, 3073, 4098, 7 * 1024 + 5, 50_000
  };

  @ParameterizedTest
  @EnumSource
  void aSliceIsAddedUpInTheWrittenOrder(DType dtype) {
    for (int n : LENGTHS) {
      double[] x = wide(2 * n, dtype);
      double[] expected = {
        inOrder(dtype, Arrays.copyOf(x, n)), inOrder(dtype, Arrays.copyOfRange(x, n, 2 * n))
      };
      assertArrayEquals(expected, sum(dtype, x, 2, n, 1), "n = " + n);
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 2", "2, 3", "3, 17", "1, 256", "2, 257", "1, 600"})
  void everyColumnIsAddedUpInTheSameOrder(int outer, int inner) {
    for (DType dtype : DType.values()) {
      for (int n : new int[] {0, 1, 2, 15, 16, 17, 67, 1024, 1030, 3073}) {
        double[] x = wide(outer * n * inner, dtype);
        double[] expected = new double[outer * inner];
        for (int i = 0; i < outer; i++) {
          for (int j = 0; j < inner; j++) {
            int start = i * n * inner + j;
            double[] column = new double[n];
            Arrays.setAll(column, p -> x[start + p * inner]);
            expected[i * inner + j] = inOrder(dtype, column);
          }
        }
        assertArrayEquals(expected, sum(dtype, x, outer, n, inner), "n = " + n);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void theErrorStaysWithinTheStatedBound(DType dtype) {
    double u = dtype == DType.FLOAT32 ? 0x1p-24 : 0x1p-53;
    for (int n : LENGTHS) {
      double[] x = wide(n, dtype);
      BigDecimal exact = BigDecimal.ZERO;
      BigDecimal magnitudes = BigDecimal.ZERO;
      for (double value : x) {
        exact = exact.add(new BigDecimal(value));
        magnitudes = magnitudes.add(new BigDecimal(value).abs());
      }
      double k = Math.min(Math.ceil(n / 16.0), 64) - 1 + 4;
      k += n > 1024 ? Math.ceil(Math.log(Math.ceil(n / 1024.0)) / Math.log(2)) : 0;
      BigDecimal error = exact.subtract(new BigDecimal(sum(dtype, x, 1, n, 1)[0])).abs();
      BigDecimal bound = magnitudes.multiply(new BigDecimal(Math.max(0, k * u / (1 - k * u))));
      assertTrue(error.compareTo(bound) <= 0, n + " elements: " + error + " > " + bound);
    }
  }

  /** Guards the tests above: if any order gave this sum, they would show nothing. */
  @ParameterizedTest
  @EnumSource
  void theTestDataTellOrdersApart(DType dtype) {
    double[] x = wide(4098, dtype);
    double forward = 0;
    for (double value : x) {
      forward = dtype.round(forward + value);
    }
    assertNotEquals(forward, inOrder(dtype, x));
  }

  @ParameterizedTest
  @EnumSource
  void nanAndInfinitiesFollowAddition(DType dtype) {
    for (int inner : new int[] {1, 3}) {
      double[] x = new double[100 * inner];
      x[40 * inner] = Double.POSITIVE_INFINITY;
      assertEquals(Double.POSITIVE_INFINITY, sum(dtype, x, 1, 100, inner)[0]);
      x[70 * inner] = Double.NEGATIVE_INFINITY;
      assertEquals(Double.NaN, sum(dtype, x, 1, 100, inner)[0]);
      x[70 * inner] = Double.NaN;
      assertEquals(Double.NaN, sum(dtype, x, 1, 100, inner)[0]);
      Arrays.fill(x, -0.0);
      assertEquals(0.0, sum(dtype, x, 1, 100, inner)[0]);
    }
  }

  private static double[] sum(DType dtype, double[] x, int outer, int n, int inner) {
    Buffer result = Data.dirty(dtype, outer * inner);
    Data.BACKEND.reduce(Reduction.SUM, Data.buffer(dtype, x), outer, n, inner, result);
    return Data.values(result);
  }

  /** The order of {@link SumOrder}, word by word. */
  private static double inOrder(DType dtype, double[] x) {
    if (x.length > 1024) {
      int chunks = (x.length + 1023) / 1024;
      int first = Integer.highestOneBit(chunks - 1) * 1024;
      double left = inOrder(dtype, Arrays.copyOf(x, first));
      return dtype.round(left + inOrder(dtype, Arrays.copyOfRange(x, first, x.length)));
    }
    double[] lanes = new double[16];
    for (int i = 0; i < x.length; i++) {
      lanes[i % 16] = dtype.round(lanes[i % 16] + x[i]);
    }
    for (int half = 8; half > 0; half /= 2) {
      for (int lane = 0; lane < half; lane++) {
        lanes[lane] = dtype.round(lanes[lane] + lanes[lane + half]);
      }
    }
    return lanes[0];
  }

  /** Returns numbers of many magnitudes, so that rounding depends on the order. */
  private static double[] wide(int n, DType dtype) {
    double[] x = Data.random(n, n);
    Arrays.setAll(x, i -> dtype.round(Math.exp(x[i]) * x[(i * 7 + 3) % n] / 3));
    return x;
  }
}
