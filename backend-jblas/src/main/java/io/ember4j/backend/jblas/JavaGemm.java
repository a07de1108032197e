package io.ember4j.backend.jblas;

import io.ember4j.spi.MatmulSpec;
import java.util.Arrays;

/**
 * Matrix products in Java, for machines on which jblas' native library does not load.
 *
 * <p>Each element of the result is the sum of its k products from first to last, in the dtype,
 * whatever the blocks and the extents of the other axes. Blocks of B are copied into rows of their
 * own: the compiler makes SIMD of a loop over arrays only where all of them start at 0.
 */
final class JavaGemm implements Gemm {
  /** Rows of a block of B. */
  private static final int DEPTH = 64;

  /** Columns of a block of B. */
  private static final int WIDTH = 512;

  @Override
  public void multiply(MatmulSpec spec, float[] a, float[] b, float[] c) {
    int m = (int) spec.m();
    int n = (int) spec.n();
    int k = (int) spec.k();
    float[][] block = new float[DEPTH][Math.min(WIDTH, n)];
    Arrays.fill(c, 0);
    for (int i = 0; i < spec.batch(); i++) {
      int startA = (int) (i * spec.strideA());
      int startB = (int) (i * spec.strideB());
      for (int column = 0; column < n; column += WIDTH) {
        int width = Math.min(WIDTH, n - column);
        for (int p = 0; p < k; p += DEPTH) {
          int depth = Math.min(DEPTH, k - p);
          if (spec.transposeB()) {
            copyBlock(b, startB + column * k + p, 1, k, block, depth, width);
          } else {
            copyBlock(b, startB + p * n + column, n, 1, block, depth, width);
          }
          int rowA = spec.transposeA() ? 1 : k;
          int stepA = spec.transposeA() ? m : 1;
          int from = startA + p * stepA;
          for (int row = 0; row < m; row++) {
            int target = (i * m + row) * n + column;
            addRow(a, from + row * rowA, stepA, depth, block, c, target, width);
          }
        }
      }
    }
  }

  private static void copyBlock(
      float[] b, int start, int rowStep, int step, float[][] block, int depth, int width) {
    for (int p = 0; p < depth; p++) {
      float[] row = block[p];
      for (int j = 0; j < width; j++) {
        row[j] = b[start + p * rowStep + j * step];
      }
    }
  }

  /** Adds to a row of C the product of a row of A, {@code depth} elements, and the block. */
  private static void addRow(
      float[] a,
      int start,
      int step,
      int depth,
      float[][] block,
      float[] c,
      int target,
      int width) {
    float[] sums = Arrays.copyOfRange(c, target, target + width);
    int p = 0;
    for (; p + 4 <= depth; p += 4) {
      int at = start + p * step;
      float f0 = a[at];
      float f1 = a[at + step];
      float f2 = a[at + 2 * step];
      float f3 = a[at + 3 * step];
      float[] b0 = block[p];
      float[] b1 = block[p + 1];
      float[] b2 = block[p + 2];
      float[] b3 = block[p + 3];
      for (int j = 0; j < width; j++) {
        sums[j] = sums[j] + f0 * b0[j] + f1 * b1[j] + f2 * b2[j] + f3 * b3[j];
      }
    }
    for (; p < depth; p++) {
      float f = a[start + p * step];
      float[] b = block[p];
      for (int j = 0; j < width; j++) {
        sums[j] += f * b[j];
      }
    }
    System.arraycopy(sums, 0, c, target, width);
  }

  @Override
  public void multiply(MatmulSpec spec, double[] a, double[] b, double[] c) {
    int m = (int) spec.m();
    int n = (int) spec.n();
    int k = (int) spec.k();
    double[][] block = new double[DEPTH][Math.min(WIDTH, n)];
    Arrays.fill(c, 0);
    for (int i = 0; i < spec.batch(); i++) {
      int startA = (int) (i * spec.strideA());
      int startB = (int) (i * spec.strideB());
      for (int column = 0; column < n; column += WIDTH) {
        int width = Math.min(WIDTH, n - column);
        for (int p = 0; p < k; p += DEPTH) {
          int depth = Math.min(DEPTH, k - p);
          if (spec.transposeB()) {
            copyBlock(b, startB + column * k + p, 1, k, block, depth, width);
          } else {
            copyBlock(b, startB + p * n + column, n, 1, block, depth, width);
          }
          int rowA = spec.transposeA() ? 1 : k;
          int stepA = spec.transposeA() ? m : 1;
          int from = startA + p * stepA;
          for (int row = 0; row < m; row++) {
            int target = (i * m + row) * n + column;
            addRow(a, from + row * rowA, stepA, depth, block, c, target, width);
          }
        }
      }
    }
  }

  private static void copyBlock(
      double[] b, int start, int rowStep, int step, double[][] block, int depth, int width) {
    for (int p = 0; p < depth; p++) {
      double[] row = block[p];
      for (int j = 0; j < width; j++) {
        row[j] = b[start + p * rowStep + j * step];
      }
    }
  }

  /** Adds to a row of C the product of a row of A, {@code depth} elements, and the block. */
  private static void addRow(
      double[] a,
      int start,
      int step,
      int depth,
      double[][] block,
      double[] c,
      int target,
      int width) {
    double[] sums = Arrays.copyOfRange(c, target, target + width);
    int p = 0;
    for (; p + 4 <= depth; p += 4) {
      int at = start + p * step;
      double f0 = a[at];
      double f1 = a[at + step];
      double f2 = a[at + 2 * step];
      double f3 = a[at + 3 * step];
      double[] b0 = block[p];
      double[] b1 = block[p + 1];
      double[] b2 = block[p + 2];
      double[] b3 = block[p + 3];
      for (int j = 0; j < width; j++) {
        sums[j] = sums[j] + f0 * b0[j] + f1 * b1[j] + f2 * b2[j] + f3 * b3[j];
      }
    }
    for (; p < depth; p++) {
      double f = a[start + p * step];
      double[] b = block[p];
      for (int j = 0; j < width; j++) {
        sums[j] += f * b[j];
      }
    }
    System.arraycopy(sums, 0, c, target, width);
  }
}
