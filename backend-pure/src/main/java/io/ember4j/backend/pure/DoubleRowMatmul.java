package io.ember4j.backend.pure;

import java.util.function.IntConsumer;

/** Products of a vector and a matrix, which is read where it lies: once is all it is needed. */
final class DoubleRowMatmul implements IntConsumer {
  /** Columns per part; a multiple of every vector's length. */
  private static final int COLUMNS = 256;

  private final DoubleTile tile;
  private final Workers workers;
  private final Products products;
  private final double[] vector;
  private final double[] matrix;
  private final boolean inPanels;
  private final double[] result;
  private final FinishedRows finished;
  private final int columns;
  private final int across;
  private final int along;

  /** Returns whether one factor is a vector and the other stands as this class can read it fast. */
  static boolean fits(Products products, boolean simd) {
    return (products.m() == 1 && (simd || products.rowB() == 1))
        || (products.n() == 1 && (simd || products.columnA() == 1));
  }

  /** Prepares products in which m or n is 1; the matrix may be given as {@link Panels}. */
  DoubleRowMatmul(
      DoubleTile tile,
      Workers workers,
      Products products,
      double[] a,
      double[] b,
      boolean inPanels,
      double[] result,
      FinishedRows finished) {
    boolean isRow = products.m() == 1;
    this.tile = tile;
    this.workers = workers;
    this.products = products;
    this.vector = isRow ? a : b;
    this.matrix = isRow ? b : a;
    this.inPanels = inPanels;
    this.result = result;
    this.finished = finished;
    this.columns = isRow ? products.n() : products.m();
    this.across = isRow ? products.columnB() : products.rowA();
    this.along = isRow ? products.rowB() : products.columnA();
  }

  /** Computes all products and reports elements as they are finished. */
  void run() {
    boolean parallel = products.work() >= DoubleMatmul.PARALLEL / 8;
    workers.execute(parallel, products.batch() * parts(), this);
  }

  /** Returns into how many parts each product is cut. */
  private int parts() {
    return (columns + COLUMNS - 1) / COLUMNS;
  }

  /** Computes one part of all; the class is its own task, so that a call makes no object for it. */
  @Override
  public void accept(int i) {
    if (inPanels) {
      panels(i * COLUMNS, Math.min(columns, (i + 1) * COLUMNS));
    } else {
      part(i / parts(), i % parts() * COLUMNS);
    }
  }

  /** Computes the panels that begin at the columns from (inclusive) to to (exclusive). */
  private void panels(int from, int to) {
    int k = products.k();
    int whole = tile.columns();
    int first = (from + whole - 1) / whole * whole;
    int end = first;
    for (int j = first; j < to; j += whole) {
      int used = Math.min(whole, columns - j);
      int width = Panels.widthAt(j, columns, whole, tile.lanes());
      int start = Panels.start(j, k);
      if (used == width) {
        tile.row(vector, 0, matrix, start, width, k, result, j, width);
      } else {
        double[] row = DoubleScratch.mine().c(width);
        tile.row(vector, 0, matrix, start, width, k, row, 0, width);
        System.arraycopy(row, 0, result, j, used);
      }
      end = j + used;
    }
    if (end > first) {
      finished.rows(first, end);
    }
  }

  private void part(int batch, int from) {
    Products p = products;
    boolean isRow = p.m() == 1;
    int count = Math.min(COLUMNS, columns - from);
    int start = batch * (isRow ? p.strideA() : p.strideB());
    int matrixStart = batch * (isRow ? p.strideB() : p.strideA()) + from * across;
    int target = batch * columns + from;
    int done = 0;
    if (tile != null && across == 1) {
      done = count / tile.lanes() * tile.lanes();
      tile.row(vector, start, matrix, matrixStart, along, p.k(), result, target, done);
    }
    for (; done + 8 <= count; done += 8) {
      eight(start, matrixStart + done * across, target + done);
    }
    for (; done < count; done++) {
      one(start, matrixStart + done * across, target + done);
    }
    finished.rows(target, target + count);
  }

  private void one(int start, int column, int target) {
    double c = 0;
    for (int p = 0; p < products.k(); p++) {
      c = Math.fma(vector[start + p], matrix[column + p * along], c);
    }
    result[target] = c;
  }

  /** Eight sums at once, since each waits for its previous term. */
  private void eight(int start, int column, int target) {
    if (along == 1) {
      eightRows(vector, start, matrix, column, across, products.k(), result, target);
    } else {
      eightColumns(vector, start, matrix, column, along, products.k(), result, target);
    }
  }

  private static void eightRows(
      double[] vector, int start, double[] b, int b0, int across, int k, double[] c, int target) {
    int b1 = b0 + across;
    int b2 = b1 + across;
    int b3 = b2 + across;
    int b4 = b3 + across;
    int b5 = b4 + across;
    int b6 = b5 + across;
    int b7 = b6 + across;
    double c0 = 0;
    double c1 = 0;
    double c2 = 0;
    double c3 = 0;
    double c4 = 0;
    double c5 = 0;
    double c6 = 0;
    double c7 = 0;
    for (int p = 0; p < k; p++) {
      double x = vector[start + p];
      c0 = Math.fma(x, b[b0 + p], c0);
      c1 = Math.fma(x, b[b1 + p], c1);
      c2 = Math.fma(x, b[b2 + p], c2);
      c3 = Math.fma(x, b[b3 + p], c3);
      c4 = Math.fma(x, b[b4 + p], c4);
      c5 = Math.fma(x, b[b5 + p], c5);
      c6 = Math.fma(x, b[b6 + p], c6);
      c7 = Math.fma(x, b[b7 + p], c7);
    }
    c[target] = c0;
    c[target + 1] = c1;
    c[target + 2] = c2;
    c[target + 3] = c3;
    c[target + 4] = c4;
    c[target + 5] = c5;
    c[target + 6] = c6;
    c[target + 7] = c7;
  }

  private static void eightColumns(
      double[] vector, int start, double[] b, int b0, int along, int k, double[] c, int target) {
    for (int j = 0; j < 8; j++) {
      c[target + j] = 0;
    }
    for (int p = 0; p < k; p++) {
      double x = vector[start + p];
      int row = b0 + p * along;
      for (int j = 0; j < 8; j++) {
        c[target + j] = Math.fma(x, b[row + j], c[target + j]);
      }
    }
  }
}
