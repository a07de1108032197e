package io.ember4j.backend.jblas;

import io.ember4j.spi.Reduction;
import java.util.Arrays;

/**
 * Reductions in FLOAT32; jblas' own skip NaN and add up without regard to rounding.
 *
 * <p>Sums are taken in double precision, in the same order whatever the layout: runs of {@value
 * #RUN} or fewer elements from first to last, and the halves of anything longer. The loops for an
 * inner extent of 1 are for speed alone.
 */
final class FloatReductions {
  private static final int RUN = 128;

  private FloatReductions() {}

  static void reduce(
      Reduction reduction, float[] source, int outer, int n, int inner, float[] result) {
    double[] sums = new double[reduction == Reduction.SUM ? inner : 0];
    for (int i = 0; i < outer; i++) {
      int start = i * n * inner;
      int target = i * inner;
      switch (reduction) {
        case SUM -> {
          sum(source, start, n, inner, sums);
          for (int j = 0; j < inner; j++) {
            result[target + j] = (float) sums[j];
          }
        }
        case MAX -> max(source, start, n, inner, result, target);
        case MIN -> min(source, start, n, inner, result, target);
      }
    }
  }

  private static void sum(float[] source, int start, int n, int inner, double[] sums) {
    if (n > RUN) {
      int half = n / 2;
      double[] rest = new double[inner];
      sum(source, start, half, inner, sums);
      sum(source, start + half * inner, n - half, inner, rest);
      for (int j = 0; j < inner; j++) {
        sums[j] += rest[j];
      }
    } else if (inner == 1) {
      double sum = 0;
      for (int i = 0; i < n; i++) {
        sum += source[start + i];
      }
      sums[0] = sum;
    } else {
      Arrays.fill(sums, 0);
      for (int row = 0, from = start; row < n; row++, from += inner) {
        for (int j = 0; j < inner; j++) {
          sums[j] += source[from + j];
        }
      }
    }
  }

  private static void max(float[] source, int start, int n, int inner, float[] result, int target) {
    if (inner == 1) {
      float extreme = source[start];
      for (int i = 1; i < n; i++) {
        extreme = Math.max(extreme, source[start + i]);
      }
      result[target] = extreme;
      return;
    }
    System.arraycopy(source, start, result, target, inner);
    for (int row = 1, from = start + inner; row < n; row++, from += inner) {
      for (int j = 0; j < inner; j++) {
        result[target + j] = Math.max(result[target + j], source[from + j]);
      }
    }
  }

  private static void min(float[] source, int start, int n, int inner, float[] result, int target) {
    if (inner == 1) {
      float extreme = source[start];
      for (int i = 1; i < n; i++) {
        extreme = Math.min(extreme, source[start + i]);
      }
      result[target] = extreme;
      return;
    }
    System.arraycopy(source, start, result, target, inner);
    for (int row = 1, from = start + inner; row < n; row++, from += inner) {
      for (int j = 0; j < inner; j++) {
        result[target + j] = Math.min(result[target + j], source[from + j]);
      }
    }
  }
}
