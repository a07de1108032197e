package io.ember4j.backend.pure;

/**
 * Products of a few rows with a matrix that is stored transposed, as a dense layer has them.
 *
 * <p>The tiles compute blocks of the transposed result, since then that matrix is the left factor
 * and can be read where it lies: packing it would take longer than multiplying by it. The terms of
 * a sum are the same, in the same order.
 */
final class TransposedDoubleMatmul {
  private static final int ROWS = 128;

  /** The most terms added at once. */
  private static final int DEPTH = 1024;

  private final DoubleTile tile;
  private final Workers workers;
  private final Products products;
  private final double[] a;
  private final double[] b;
  private final double[] c;
  private final FinishedRows finished;
  private final int tiles;

  TransposedDoubleMatmul(
      DoubleTile tile,
      Workers workers,
      Products products,
      double[] a,
      double[] b,
      double[] c,
      FinishedRows finished) {
    this.tile = tile;
    this.workers = workers;
    this.products = products;
    this.a = a;
    this.b = b;
    this.c = c;
    this.finished = finished;
    this.tiles = (products.m() + tile.columns() - 1) / tile.columns();
  }

  static boolean fits(Products products) {
    int m = products.m();
    // Otherwise packing the matrix is less work than turning the rows and the result.
    return products.rowB() == 1 && m <= ROWS && 4 * m <= Math.min(products.n(), products.k());
  }

  /** Computes all products and reports rows as they are finished. */
  void run() {
    boolean parallel = products.work() >= DoubleMatmul.PARALLEL;
    boolean whole = products.batch() >= 4 * workers.threads();
    workers.execute(parallel && whole, products.batch(), i -> product(i, parallel && !whole));
  }

  private void product(int batch, boolean parallel) {
    int n = products.n();
    int parts = parallel ? workers.threads() : 1;
    int columns = (n + parts - 1) / parts;
    columns = (columns + tile.rows() - 1) / tile.rows() * tile.rows();
    int depth;
    for (int q = 0; q < products.k(); q += depth) {
      depth = Math.min(DEPTH, products.k() - q);
      new Piece(batch, q, depth).run(parallel, (n + columns - 1) / columns, columns);
    }
  }

  /** What a part of the terms adds to one product. */
  private final class Piece {
    private final int startA;
    private final int startB;
    private final int startC;
    private final int depth;
    private final boolean first;
    private final boolean last;
    private final double[] packed;

    Piece(int batch, int q, int depth) {
      Products p = products;
      this.startA = batch * p.strideA() + q * p.columnA();
      this.startB = batch * p.strideB() + q;
      this.startC = batch * p.m() * p.n();
      this.depth = depth;
      this.first = q == 0;
      this.last = q + depth == p.k();
      this.packed = DoubleScratch.mine().b(tiles * tile.columns() * depth);
    }

    void run(boolean parallel, int parts, int columns) {
      Products p = products;
      int width = tile.columns();
      for (int t = 0; t < tiles; t++) {
        int start = startA + t * width * p.rowA();
        int used = Math.min(width, p.m() - t * width);
        int at = t * width * depth;
        DoublePacking.pack(a, start, p.rowA(), p.columnA(), used, depth, packed, at, width);
      }
      workers.execute(parallel, parts, i -> part(i * columns, Math.min(p.n(), (i + 1) * columns)));
    }

    private void part(int from, int to) {
      Products p = products;
      int height = tile.rows();
      DoubleScratch scratch = DoubleScratch.mine();
      for (int j = from; j < to; j += height) {
        double[] left = b;
        int start = startB + j * p.columnB();
        int row = p.columnB();
        int used = Math.min(height, to - j);
        if (used < height) {
          left = scratch.a(height * depth);
          DoublePacking.pack(b, start, row, 1, used, depth, left, 0, height);
          start = 0;
          row = 1;
        }
        for (int t = 0; t < tiles; t++) {
          tile(left, start, row, t, j, used, scratch.c(height * tile.columns()));
        }
      }
      if (last) {
        if (to - from == p.n()) {
          finished.rows(startC, startC + p.m() * p.n());
          return;
        }
        for (int i = 0; i < p.m(); i++) {
          finished.rows(startC + i * p.n() + from, startC + i * p.n() + to);
        }
      }
    }

    private void tile(double[] left, int start, int row, int t, int j, int used, double[] block) {
      int n = products.n();
      int width = tile.columns();
      int rows = Math.min(width, products.m() - t * width);
      int target = startC + t * width * n + j;
      if (!first) {
        DoublePacking.copy(c, target, n, 1, rows, used, block, 0, width);
      }
      int at = t * width * depth;
      tile.run(left, start, row, packed, at, width, depth, block, 0, width, rows, first);
      DoublePacking.copy(block, 0, width, 1, used, rows, c, target, n);
    }
  }
}
