package io.ember4j.backend.pure;

import java.util.Arrays;

/**
 * Softmax and its logarithm of one slice after another, in float64.
 *
 * <p>Formula: with M the largest element, m the first place where it stands, and s the sum of e^(x
 * - M) over all other places in the {@link SumOrder} (0 standing in for place m): softmax is e^(x -
 * M) / (1 + s), log-softmax (x - M) - log1p(s). Leaving out the largest term, which is 1, keeps the
 * digits of s where it is small.
 *
 * <p>Special cases: a slice that holds NaN or +infinity, or nothing but -infinity, gives NaN. In
 * others, -infinity gives 0, and -infinity as logarithm.
 *
 * <p>Accuracy: a few ULP.
 */
final class DoubleSoftmax {
  private final boolean logarithm;
  private final double[] x;
  private final double[] y;
  private final DoubleSum sum = new DoubleSum();

  private DoubleSoftmax(int n, boolean logarithm) {
    this.logarithm = logarithm;
    this.x = new double[n];
    this.y = new double[n];
  }

  /** Computes all slices of {@code source}, seen as {@code [outer, n, inner]}. */
  static void run(
      double[] source, int outer, int n, int inner, boolean logarithm, double[] result) {
    DoubleSoftmax softmax = new DoubleSoftmax(n, logarithm);
    for (int i = 0; i < outer; i++) {
      for (int j = 0; j < inner; j++) {
        int start = i * n * inner + j;
        softmax.load(source, start, inner);
        softmax.slice();
        softmax.store(result, start, inner);
      }
    }
  }

  /** Computes the slice x into y. */
  private void slice() {
    int largest = 0;
    for (int i = 1; i < x.length && !Double.isNaN(x[largest]); i++) {
      if (!(x[i] <= x[largest])) {
        largest = i;
      }
    }
    double max = x[largest];
    if (Double.isNaN(max) || Double.isInfinite(max)) {
      Arrays.fill(y, Double.NaN);
      return;
    }
    for (int i = 0; i < x.length; i++) {
      y[i] = Math.exp(x[i] - max);
    }
    y[largest] = 0;
    double others = sum.of(y, 0, y.length);
    if (logarithm) {
      double log = Math.log1p(others);
      for (int i = 0; i < x.length; i++) {
        y[i] = x[i] - max - log;
      }
    } else {
      y[largest] = 1;
      for (int i = 0; i < x.length; i++) {
        y[i] /= 1 + others;
      }
    }
  }

  private void load(double[] source, int start, int stride) {
    for (int i = 0; i < x.length; i++) {
      x[i] = source[start + i * stride];
    }
  }

  private void store(double[] result, int start, int stride) {
    for (int i = 0; i < y.length; i++) {
      result[start + i * stride] = y[i];
    }
  }
}
