package io.ember4j.backend.jblas;

import io.ember4j.spi.Reduction;

/**
 * Reductions in FLOAT64; jblas' own skip NaN and add up without regard to rounding.
 *
 * <p>Sums are taken in the same order whatever the layout: runs of {@value #RUN} or fewer elements
 * from first to last, and the halves of anything longer.
 */
final class DoubleReductions {
  private static final int RUN = 128;

  private DoubleReductions() {}

  static void reduce(
      Reduction reduction, double[] source, int outer, int n, int inner, double[] result) {
    for (int i = 0; i < outer; i++) {
      int start = i * n * inner;
      int target = i * inner;
      switch (reduction) {
        case SUM -> {
          double[] sums = sum(source, start, n, inner);
          for (int j = 0; j < inner; j++) {
            result[target + j] = sums[j];
          }
        }
        case MAX -> max(source, start, n, inner, result, target);
        case MIN -> min(source, start, n, inner, result, target);
      }
    }
  }

  private static double[] sum(double[] source, int start, int n, int inner) {
    if (n > RUN) {
      int half = n / 2;
      double[] sums = sum(source, start, half, inner);
      double[] rest = sum(source, start + half * inner, n - half, inner);
      for (int j = 0; j < inner; j++) {
        sums[j] += rest[j];
      }
      return sums;
    }
    double[] sums = new double[inner];
    for (int row = 0, from = start; row < n; row++, from += inner) {
      for (int j = 0; j < inner; j++) {
        sums[j] += source[from + j];
      }
    }
    return sums;
  }

  private static void max(
      double[] source, int start, int n, int inner, double[] result, int target) {
    System.arraycopy(source, start, result, target, inner);
    for (int row = 1, from = start + inner; row < n; row++, from += inner) {
      for (int j = 0; j < inner; j++) {
        result[target + j] = Math.max(result[target + j], source[from + j]);
      }
    }
  }

  private static void min(
      double[] source, int start, int n, int inner, double[] result, int target) {
    System.arraycopy(source, start, result, target, inner);
    for (int row = 1, from = start + inner; row < n; row++, from += inner) {
      for (int j = 0; j < inner; j++) {
        result[target + j] = Math.min(result[target + j], source[from + j]);
      }
    }
  }
}
