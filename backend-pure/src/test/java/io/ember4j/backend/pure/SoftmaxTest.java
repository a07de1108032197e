package io.ember4j.backend.pure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ember4j.DType;
import io.ember4j.spi.Buffer;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SoftmaxTest {
  private static final double INF = Double.POSITIVE_INFINITY;

  @ParameterizedTest
  @CsvSource({
    "1, 1, 1",
    "3, 2, 1",
    "2, 17, 1",
    "2, 1000, 3",
    "1, 4098, 1",
    "4, 67, 5",
    "1, 3, 700"
  })
  void everySliceIsItsOwnSoftmax(int outer, int n, int inner) {
    double[] x = Data.random(outer * n * inner, n);
    double[] values = new double[x.length];
    double[] logs = new double[x.length];
    for (int i = 0; i < outer * inner; i++) {
      int start = i / inner * n * inner + i % inner;
      double sum = 0;
      for (int p = 0; p < n; p++) {
        sum += Math.exp(x[start + p * inner]);
      }
      for (int p = 0; p < n; p++) {
        values[start + p * inner] = Math.exp(x[start + p * inner]) / sum;
        logs[start + p * inner] = x[start + p * inner] - Math.log(sum);
      }
    }
    for (DType dtype : DType.values()) {
      boolean single = dtype == DType.FLOAT32;
      // Some 4 ULP, and the sum's, which for n <= 4098 is below that.
      assertClose(values, softmax(dtype, x, outer, n, inner, false), single ? 5e-7 : 1e-13, 0);
      assertClose(logs, softmax(dtype, x, outer, n, inner, true), single ? 2.5e-7 : 1e-13, 1e-13);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1, 3",
    "1, 100",
    "7, 3",
    "200, 10",
    "130, 47",
    "33, 48",
    "20, 1000",
    "300, 1100",
    "20000, 10"
  })
  void aSliceHasTheSameBitsInARowAndInAColumn(int slices, int n) {
    for (DType dtype : DType.values()) {
      for (boolean logarithm : new boolean[] {false, true}) {
        double[] rows = Data.random(slices * n, 3);
        for (int i = 0; i < slices; i += 2) {
          rows[i * n + i % n] += 20; // nearly all of its slice's sum
        }
        double[] columns = turn(rows, slices, n);
        assertArrayEquals(
            softmax(dtype, rows, slices, n, 1, logarithm),
            turn(softmax(dtype, columns, 1, n, slices, logarithm), n, slices));
      }
    }
  }

  /** Long enough for the vector code to take over, which nobody may notice. */
  @ParameterizedTest
  @CsvSource({
    "1, 40, 200",
    "3, 200, 10",
    "2, 300, 7",
    "2, 17, 70",
    "150, 20, 1",
    "40, 200, 1",
    "1, 1100, 64"
  })
  void theBitsStayTheSameFromTheFirstCallOn(int outer, int n, int inner) throws Exception {
    for (DType dtype : DType.values()) {
      for (boolean logarithm : new boolean[] {false, true}) {
        double[] x = Data.random(outer * n * inner, 3);
        x[n / 2 * inner] += 30;
        double[] first = softmax(dtype, x, outer, n, inner, logarithm);
        for (int i = 0; i < 60; i++) {
          assertArrayEquals(first, softmax(dtype, x, outer, n, inner, logarithm));
          Thread.sleep(2);
        }
      }
    }
  }

  private static double[] turn(double[] matrix, int rows, int columns) {
    double[] turned = new double[matrix.length];
    Arrays.setAll(turned, i -> matrix[i % rows * columns + i / rows]);
    return turned;
  }

  @ParameterizedTest
  @EnumSource
  void slicesWithoutALimitAreNan(DType dtype) {
    double[] nan = {Double.NaN, Double.NaN, Double.NaN};
    double[][] slices = {
      {1, Double.NaN, 2},
      {INF, 1, 2},
      {1, INF, Double.NaN},
      {1, 2, INF},
      {-INF, -INF, -INF},
      {-INF, Double.NaN, -INF}
    };
    for (double[] slice : slices) {
      assertArrayEquals(nan, softmax(dtype, slice, 1, 3, 1, false), Arrays.toString(slice));
      assertArrayEquals(nan, softmax(dtype, slice, 1, 3, 1, true), Arrays.toString(slice));
    }
  }

  @ParameterizedTest
  @EnumSource
  void minusInfinityAndFarElementsHaveTheirLimits(DType dtype) {
    double[] x = {-INF, 5, -INF, 5, -3e38};
    assertArrayEquals(new double[] {0, 0.5, 0, 0.5, 0}, softmax(dtype, x, 1, 5, 1, false));
    double half = dtype.round(-Math.log(2));
    double far = dtype.round(-3e38);
    assertArrayEquals(new double[] {-INF, half, -INF, half, far}, softmax(dtype, x, 1, 5, 1, true));
    double[] one = {3e38};
    assertArrayEquals(new double[] {1}, softmax(dtype, one, 1, 1, 1, false));
    assertArrayEquals(new double[] {0}, softmax(dtype, one, 1, 1, 1, true));
  }

  @ParameterizedTest
  @EnumSource
  void equalElementsShare(DType dtype) {
    for (double value : new double[] {0, 0.3, -5, 200, -255.5, 3e5, -1e30}) {
      for (int n : new int[] {1, 2, 3, 16, 100, 1000, 1024}) {
        double[] slice = new double[n];
        Arrays.fill(slice, dtype.round(value));
        // Terms of 1, or so few that each sum of two is twice a term.
        boolean isExact = value == 0 || (n <= 16 && Integer.bitCount(n) == 1);
        double ulp = dtype == DType.FLOAT32 ? 0x1p-23 : 0x1p-52;
        double[] shares = new double[n];
        Arrays.fill(shares, dtype.round(1.0 / n));
        double[] actual = softmax(dtype, slice, 1, n, 1, false);
        assertClose(shares, actual, isExact ? 0 : 4 * ulp, 0);
        Arrays.fill(shares, dtype.round(0 - Math.log(n)));
        actual = softmax(dtype, slice, 1, n, 1, true);
        assertClose(shares, actual, isExact ? 0 : 4 * ulp, 0);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void anElementFarAboveTheOthersIsOne(DType dtype) {
    for (double value : new double[] {1, 77.3, -200, 250, 1e4}) {
      double x = dtype.round(value);
      double[] slice = {x - 1000, x, x - 2000, -INF};
      assertArrayEquals(new double[] {0, 1, 0, 0}, softmax(dtype, slice, 1, 4, 1, false));
      double[] logs = {dtype.round(x - 1000) - x, 0, dtype.round(x - 2000) - x, -INF};
      assertArrayEquals(
          Arrays.stream(logs).map(dtype::round).toArray(), softmax(dtype, slice, 1, 4, 1, true));
    }
  }

  /** Below and above the sizes from which on the largest element is subtracted first. */
  @ParameterizedTest
  @ValueSource(doubles = {0, 100, 255.75, 256, 300, 2047.75, 2048, 5000, 1e6})
  void theLevelOfASliceDoesNotMatter(double level) {
    double[] below = {0, -0.25, -1, -3.5, -20, -60, -103, -104.5, -300, -800, -1e5};
    double sum = Arrays.stream(below).map(Math::exp).sum();
    for (DType dtype : DType.values()) {
      for (double sign : new double[] {1, -1}) {
        double[] x = Arrays.stream(below).map(b -> dtype.round(b + sign * level)).toArray();
        double[] values = Arrays.stream(x).map(v -> Math.exp(v - sign * level) / sum).toArray();
        double[] logs = Arrays.stream(x).map(v -> v - sign * level - Math.log(sum)).toArray();
        boolean single = dtype == DType.FLOAT32;
        double tiny = single ? 1.5 * Float.MIN_VALUE : 2 * Double.MIN_VALUE;
        for (int inner : new int[] {1, 100}) {
          int n = x.length;
          double[] slices = columns(x, inner);
          double[] actual = softmax(dtype, slices, 1, n, inner, false);
          assertClose(columns(values, inner), actual, single ? 3e-7 : 1e-15, tiny);
          actual = softmax(dtype, slices, 1, n, inner, true);
          assertClose(columns(logs, inner), actual, single ? 3e-7 : 1e-15, 0);
        }
      }
    }
  }

  private static double[] columns(double[] column, int count) {
    double[] columns = new double[column.length * count];
    Arrays.setAll(columns, i -> column[i / count]);
    return columns;
  }

  @ParameterizedTest
  @EnumSource
  void theLogarithmOfNearlyOneKeepsItsDigits(DType dtype) {
    double expected = -Math.exp(-60);
    double actual = softmax(dtype, new double[] {-60, 0}, 1, 2, 1, true)[1];
    assertEquals(dtype.round(expected), actual);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theResultMayBeTheSource(boolean logarithm) {
    for (DType dtype : DType.values()) {
      double[] x = Data.random(3 * 67 * 5, 1);
      Buffer buffer = Data.buffer(dtype, x);
      Data.BACKEND.softmax(buffer, 3, 67, 5, logarithm, buffer);
      assertArrayEquals(softmax(dtype, x, 3, 67, 5, logarithm), Data.values(buffer));
    }
  }

  private static double[] softmax(
      DType dtype, double[] x, int outer, int n, int inner, boolean logarithm) {
    assertTrue(Data.BACKEND.supportsSoftmax(dtype));
    Buffer result = Data.dirty(dtype, x.length);
    Data.BACKEND.softmax(Data.buffer(dtype, x), outer, n, inner, logarithm, result);
    return Data.values(result);
  }

  private static void assertClose(
      double[] expected, double[] actual, double relative, double absolute) {
    for (int i = 0; i < expected.length; i++) {
      double allowed = Math.abs(expected[i]) * relative + absolute;
      assertEquals(expected[i], actual[i], allowed == 0 ? 1e-300 : allowed, "element " + i);
    }
  }
}
