package io.ember4j.backend.pure;

import java.util.Arrays;

/**
 * Blocks of rows of a matrix product, in loops that the JIT compiler turns into SIMD by itself.
 *
 * <p>A panel of B, {@value #DEPTH} x {@value #COLUMNS}, is packed into rows of its own (which
 * undoes a transpose, too), and every row of a block of A passes over it.
 */
final class ScalarFloatMatmul {
  private static final int COLUMNS = 512;
  private static final int DEPTH = 64;

  private final Products products;
  private final float[] a;
  private final float[] b;
  private final float[] result;
  private final float[][] panel;
  private final float[] row;

  ScalarFloatMatmul(Products products, float[] a, float[] b, float[] result) {
    this.products = products;
    this.a = a;
    this.b = b;
    this.result = result;
    this.row = new float[Math.min(COLUMNS, products.n())];
    this.panel = new float[Math.min(DEPTH, products.k())][row.length];
  }

  /** Computes some rows of one product and reports them. */
  void run(int batch, int i, int rows, FinishedRows finished) {
    Products p = products;
    int from = (batch * p.m() + i) * p.n();
    int to = from + rows * p.n();
    Arrays.fill(result, from, to, 0);
    addRows(batch * p.strideA() + i * p.rowA(), batch * p.strideB(), from, rows);
    finished.rows(from, to);
  }

  private void addRows(int startA, int startB, int start, int rows) {
    Products p = products;
    int columns;
    for (int j = 0; j < p.n(); j += columns) {
      columns = Math.min(COLUMNS, p.n() - j);
      int depth;
      for (int q = 0; q < p.k(); q += depth) {
        depth = Math.min(DEPTH, p.k() - q);
        pack(startB + q * p.rowB() + j * p.columnB(), depth, columns);
        for (int i = 0; i < rows; i++) {
          int target = start + i * p.n() + j;
          System.arraycopy(result, target, row, 0, columns);
          addRow(startA + i * p.rowA() + q * p.columnA(), depth, columns);
          System.arraycopy(row, 0, result, target, columns);
        }
      }
    }
  }

  private void pack(int start, int depth, int columns) {
    int rowB = products.rowB();
    int columnB = products.columnB();
    if (columnB == 1) {
      for (int q = 0; q < depth; q++) {
        System.arraycopy(b, start + q * rowB, panel[q], 0, columns);
      }
      return;
    }
    for (int j = 0; j < columns; j++) {
      for (int q = 0; q < depth; q++) {
        panel[q][j] = b[start + q * rowB + j * columnB];
      }
    }
  }

  /**
   * Adds one row of A times the panel to the row; four terms at a time to spare loads and stores.
   */
  private void addRow(int start, int depth, int columns) {
    int step = products.columnA();
    int q = 0;
    for (; q + 4 <= depth; q += 4) {
      int at = start + q * step;
      add4(a[at], a[at + step], a[at + 2 * step], a[at + 3 * step], q, columns);
    }
    for (; q < depth; q++) {
      add(a[start + q * step], panel[q], row, columns);
    }
  }

  private void add4(float a0, float a1, float a2, float a3, int q, int columns) {
    float[] b0 = panel[q];
    float[] b1 = panel[q + 1];
    float[] b2 = panel[q + 2];
    float[] b3 = panel[q + 3];
    float[] c = row;
    for (int j = 0; j < columns; j++) {
      float sum = Math.fma(a1, b1[j], Math.fma(a0, b0[j], c[j]));
      c[j] = Math.fma(a3, b3[j], Math.fma(a2, b2[j], sum));
    }
  }

  private static void add(float a, float[] b, float[] c, int columns) {
    for (int j = 0; j < columns; j++) {
      c[j] = Math.fma(a, b[j], c[j]);
    }
  }
}
