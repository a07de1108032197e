package io.ember4j.backend.jblas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ember4j.DType;
import io.ember4j.spi.Buffer;
import io.ember4j.spi.Reduction;
import java.math.BigDecimal;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReductionTest {
  private static final double NAN = Double.NaN;
  private static final double INF = Double.POSITIVE_INFINITY;

  private final JblasBackend backend = Numbers.backend();

  @ParameterizedTest
  @EnumSource(DType.class)
  void alongAnyAxis(DType dtype) {
    for (int outer : new int[] {1, 3}) {
      for (int n : new int[] {1, 2, 17, 129, 1000}) {
        for (int inner : new int[] {1, 2, 16, 17}) {
          double[] x = Numbers.random(dtype, outer * n * inner, n + inner);
          for (Reduction reduction : Reduction.values()) {
            double[] expected = new double[outer * inner];
            for (int i = 0; i < expected.length; i++) {
              expected[i] = naive(reduction, x, i / inner * n * inner + i % inner, n, inner);
            }
            double tolerance = reduction == Reduction.SUM ? n * ulp(dtype) : 0;
            Numbers.assertClose(
                expected,
                reduce(reduction, dtype, x, outer, n, inner),
                tolerance,
                reduction.name());
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(DType.class)
  void nanAnywhereGivesNan(DType dtype) {
    for (int n : new int[] {1, 5, 16, 300}) {
      for (int position : new int[] {0, n / 2, n - 1}) {
        double[] x = Numbers.random(dtype, n, 1);
        x[position] = NAN;
        for (Reduction reduction : Reduction.values()) {
          double[] expected = {NAN};
          Numbers.assertSame(expected, reduce(reduction, dtype, x, 1, n, 1), reduction.name());
        }
      }
    }
    // Of two columns only the one that holds it.
    double[] columns = {1, 2, NAN, 4};
    Numbers.assertSame(
        new double[] {NAN, 4}, reduce(Reduction.MAX, dtype, columns, 1, 2, 2), "columns");
  }

  @ParameterizedTest
  @EnumSource(DType.class)
  void infinities(DType dtype) {
    double[] x = {-INF, INF, -INF, 1, -INF, -INF};
    double[] sums = {NAN, -INF, -INF};
    Numbers.assertSame(sums, reduce(Reduction.SUM, dtype, x, 3, 2, 1), "sum");
    double[] maxima = {INF, 1, -INF};
    Numbers.assertSame(maxima, reduce(Reduction.MAX, dtype, x, 3, 2, 1), "max");
    double[] minima = {-INF, -INF, -INF};
    Numbers.assertSame(minima, reduce(Reduction.MIN, dtype, x, 3, 2, 1), "min");
  }

  @ParameterizedTest
  @EnumSource(DType.class)
  void sumOfNothingIsZero(DType dtype) {
    double[] expected = new double[6];
    Numbers.assertSame(
        expected, reduce(Reduction.SUM, dtype, new double[0], 2, 0, 3), "sum of nothing");
  }

  @ParameterizedTest
  @EnumSource(DType.class)
  void oneElementMayBeReducedIntoItself(DType dtype) {
    for (Reduction reduction : Reduction.values()) {
      double[] x = {3, -4, 5};
      Buffer buffer = Numbers.buffer(backend, dtype, x);
      backend.reduce(reduction, buffer, 3, 1, 1, buffer);
      Numbers.assertSame(x, Numbers.values(backend, buffer), reduction.name());
    }
  }

  @ParameterizedTest
  @EnumSource(DType.class)
  void longSumsStayAccurate(DType dtype) {
    int n = 1_000_000;
    // All of one sign, so that every partial sum is rounded at its own size.
    double[] x = Arrays.stream(Numbers.random(dtype, n, 7)).map(Math::abs).toArray();
    BigDecimal exact = Arrays.stream(x).mapToObj(BigDecimal::new).reduce(BigDecimal::add).get();
    double error =
        exact.subtract(new BigDecimal(reduce(Reduction.SUM, dtype, x, 1, n, 1)[0])).doubleValue();
    double unit = ulp(dtype) * exact.doubleValue();
    assertTrue(Math.abs(error) <= unit, () -> "error of " + error / unit + " units in the sum");
  }

  @ParameterizedTest
  @EnumSource(DType.class)
  void orderOfTheSumIsThatOfTheAxisWhateverTheLayout(DType dtype) {
    int n = 1000;
    double[] x = Numbers.random(dtype, n, 3);
    double alone = reduce(Reduction.SUM, dtype, x, 1, n, 1)[0];
    double[] spread = new double[n * 3];
    Arrays.setAll(spread, i -> i % 3 == 1 ? x[i / 3] : i);
    assertEquals(alone, reduce(Reduction.SUM, dtype, spread, 1, n, 3)[1]);
    double[] after = new double[n * 2];
    System.arraycopy(x, 0, after, n, n);
    assertEquals(alone, reduce(Reduction.SUM, dtype, after, 2, n, 1)[1]);
  }

  private double[] reduce(
      Reduction reduction, DType dtype, double[] x, int outer, int n, int inner) {
    Buffer result = Numbers.garbage(backend, dtype, outer * inner);
    backend.reduce(reduction, Numbers.buffer(backend, dtype, x), outer, n, inner, result);
    return Numbers.values(backend, result);
  }

  private static double naive(Reduction reduction, double[] x, int start, int n, int step) {
    double value = x[start];
    for (int i = 1; i < n; i++) {
      double next = x[start + i * step];
      value =
          switch (reduction) {
            case SUM -> value + next;
            case MAX -> Math.max(value, next);
            case MIN -> Math.min(value, next);
          };
    }
    return value;
  }

  private static double ulp(DType dtype) {
    return dtype == DType.FLOAT32 ? 0x1p-23 : 0x1p-52;
  }
}
