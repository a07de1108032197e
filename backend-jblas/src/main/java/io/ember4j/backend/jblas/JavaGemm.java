package io.ember4j.backend.jblas;

import io.ember4j.spi.MatmulSpec;
import java.util.Arrays;

/**
 * Matrix products in Java, for machines on which jblas' native library does not load.
 *
 * <p>Each element of the result is the sum of its k products from first to last, in the dtype,
 * whatever the blocks and the extents of the other axes.
 */
final class JavaGemm implements Gemm {
  /** A block of B, of this many rows and columns, stays in the cache while all of A passes. */
  private static final int DEPTH = 64;

  private static final int COLUMNS = 512;

  @Override
  public void multiply(MatmulSpec spec, float[] a, float[] b, float[] c) {
    int n = (int) spec.n();
    int k = (int) spec.k();
    int sizeC = (int) spec.m() * n;
    float[] right = b;
    Arrays.fill(c, 0);
    for (int i = 0; i < spec.batch(); i++) {
      int startA = (int) (i * spec.strideA());
      int startB = (int) (i * spec.strideB());
      if (spec.transposeB()) {
        // Rows of B are read in the inner loop, so they must lie in one piece.
        right = i == 0 || startB > 0 ? transpose(b, startB, n, k) : right;
        startB = 0;
      }
      for (int column = 0; column < n; column += COLUMNS) {
        int width = Math.min(COLUMNS, n - column);
        for (int p = 0; p < k; p += DEPTH) {
          addBlock(spec, p, a, startA, right, startB + column, c, i * sizeC + column, width);
        }
      }
    }
  }

  /** Adds to {@code width} columns of C the products over one block of the extent summed over. */
  private static void addBlock(
      MatmulSpec spec,
      int from,
      float[] a,
      int startA,
      float[] b,
      int startB,
      float[] c,
      int startC,
      int width) {
    int m = (int) spec.m();
    int n = (int) spec.n();
    int k = (int) spec.k();
    int rowA = spec.transposeA() ? 1 : k;
    int stepA = spec.transposeA() ? m : 1;
    int to = Math.min(from + DEPTH, k);
    for (int row = 0; row < m; row++) {
      for (int p = from; p < to; p++) {
        addScaled(
            a[startA + row * rowA + p * stepA], b, startB + p * n, c, startC + row * n, width);
      }
    }
  }

  private static void addScaled(float factor, float[] x, int startX, float[] y, int startY, int n) {
    for (int i = 0; i < n; i++) {
      y[startY + i] += factor * x[startX + i];
    }
  }

  private static float[] transpose(float[] source, int start, int rows, int columns) {
    float[] target = new float[rows * columns];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        target[column * rows + row] = source[start + row * columns + column];
      }
    }
    return target;
  }

  @Override
  public void multiply(MatmulSpec spec, double[] a, double[] b, double[] c) {
    int n = (int) spec.n();
    int k = (int) spec.k();
    int sizeC = (int) spec.m() * n;
    double[] right = b;
    Arrays.fill(c, 0);
    for (int i = 0; i < spec.batch(); i++) {
      int startA = (int) (i * spec.strideA());
      int startB = (int) (i * spec.strideB());
      if (spec.transposeB()) {
        // Rows of B are read in the inner loop, so they must lie in one piece.
        right = i == 0 || startB > 0 ? transpose(b, startB, n, k) : right;
        startB = 0;
      }
      for (int column = 0; column < n; column += COLUMNS) {
        int width = Math.min(COLUMNS, n - column);
        for (int p = 0; p < k; p += DEPTH) {
          addBlock(spec, p, a, startA, right, startB + column, c, i * sizeC + column, width);
        }
      }
    }
  }

  /** Adds to {@code width} columns of C the products over one block of the extent summed over. */
  private static void addBlock(
      MatmulSpec spec,
      int from,
      double[] a,
      int startA,
      double[] b,
      int startB,
      double[] c,
      int startC,
      int width) {
    int m = (int) spec.m();
    int n = (int) spec.n();
    int k = (int) spec.k();
    int rowA = spec.transposeA() ? 1 : k;
    int stepA = spec.transposeA() ? m : 1;
    int to = Math.min(from + DEPTH, k);
    for (int row = 0; row < m; row++) {
      for (int p = from; p < to; p++) {
        addScaled(
            a[startA + row * rowA + p * stepA], b, startB + p * n, c, startC + row * n, width);
      }
    }
  }

  private static void addScaled(
      double factor, double[] x, int startX, double[] y, int startY, int n) {
    for (int i = 0; i < n; i++) {
      y[startY + i] += factor * x[startX + i];
    }
  }

  private static double[] transpose(double[] source, int start, int rows, int columns) {
    double[] target = new double[rows * columns];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        target[column * rows + row] = source[start + row * columns + column];
      }
    }
    return target;
  }
}
