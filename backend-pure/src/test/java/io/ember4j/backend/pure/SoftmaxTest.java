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
