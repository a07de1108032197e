package io.ember4j.backend.pure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.ember4j.DType;
import io.ember4j.spi.Buffer;
import io.ember4j.spi.Reduction;
import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The largest and smallest along an axis. */
class ExtremeTest {
  @ParameterizedTest
  @CsvSource({
    "1, 1, 1",
    "3, 2, 1",
    "3, 15, 1",
    "2, 17, 1",
    "2, 511, 1",
    "2, 513, 1",
    "3, 1000, 1",
    "2, 4098, 1",
    "1, 1, 7",
    "4, 1000, 3",
    "2, 67, 511",
    "2, 5, 513",
    "1, 17, 1100"
  })
  void equalsTheFoldAndFindsEveryPlace(int outer, int n, int inner) {
    double[] x = Data.random(outer * n * inner, n);
    check(x, outer, n, inner);
    // An extreme, a NaN and zeros of both signs at every place in turn, as far as time allows.
    int step = 1 + x.length / 40;
    for (double special : new double[] {9, -9, Double.NaN, Double.POSITIVE_INFINITY, -0.0}) {
      for (int place = 0; place < x.length; place += step) {
        double[] y = special == 0 ? new double[x.length] : x.clone();
        y[place] = special;
        check(y, outer, n, inner);
      }
    }
  }

  private static void check(double[] x, int outer, int n, int inner) {
    for (DType dtype : DType.values()) {
      check(Reduction.MAX, Math::max, dtype, x, outer, n, inner);
      check(Reduction.MIN, Math::min, dtype, x, outer, n, inner);
    }
  }

  private static void check(
      Reduction reduction,
      DoubleBinaryOperator fold,
      DType dtype,
      double[] x,
      int outer,
      int n,
      int inner) {
    double[] expected = new double[outer * inner];
    Arrays.setAll(expected, i -> x[i / inner * n * inner + i % inner]);
    for (int i = 0; i < expected.length; i++) {
      for (int p = 1; p < n; p++) {
        double next = x[i / inner * n * inner + p * inner + i % inner];
        expected[i] = fold.applyAsDouble(expected[i], next);
      }
    }
    Buffer result = Data.dirty(dtype, outer * inner);
    Data.BACKEND.reduce(reduction, Data.buffer(dtype, x), outer, n, inner, result);
    assertArrayEquals(expected, Data.values(result));
  }
}
