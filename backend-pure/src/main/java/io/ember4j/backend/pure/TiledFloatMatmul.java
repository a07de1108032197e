package io.ember4j.backend.pure;

import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * Matrix products out of {@link FloatTile}s; the same bits as {@link FloatMatmul} says.
 *
 * <p>A piece of B is packed by all workers, unless it is given as {@link Panels}. Then each takes
 * blocks of rows of C, and packs the rows of A for them. A sum that is continued is read back from
 * C, so the pieces cannot be seen in it.
 */
final class TiledFloatMatmul {
  /** The most terms added at once: more spare passes over C, fewer keep A and B in the caches. */
  private static final int DEPTH = 512;

  /** Rows of C per block: so many packed rows of A take a part of the L2 cache. */
  private static final int ROWS = 128;

  /** The most tiles across a piece: so that it stays in the L2 cache once it is packed. */
  private static final int TILES = 22;

  /** Up to so many rows, both factors are read where they lie. */
  private static final int DIRECT_ROWS = 96;

  private final FloatTile tile;
  private final Workers workers;
  private final Products products;
  private final float[] a;
  private final float[] b;
  private final boolean inPanels;
  private final float[] c;
  private final FinishedRows finished;
  private final boolean direct;

  TiledFloatMatmul(
      FloatTile tile,
      Workers workers,
      Products products,
      float[] a,
      float[] b,
      boolean inPanels,
      float[] c,
      FinishedRows finished) {
    this.tile = tile;
    this.workers = workers;
    this.products = products;
    this.a = a;
    this.b = b;
    this.inPanels = inPanels;
    this.c = c;
    this.finished = finished;
    this.direct = products.columnA() == 1 && products.columnB() == 1 && products.m() <= DIRECT_ROWS;
  }

  /** Computes all products and reports rows as they are finished. */
  void run() {
    int batch = products.batch();
    boolean parallel = products.work() >= FloatMatmul.PARALLEL;
    if (batch == 1) {
      product(0, parallel);
      return;
    }
    // Whole products for each thread, if that leaves none idle for long.
    boolean whole = batch % workers.threads() == 0 || batch > 4 * workers.threads();
    workers.execute(parallel && whole, batch, i -> product(i, parallel && !whole));
  }

  private void product(int batch, boolean parallel) {
    int n = products.n();
    int k = products.k();
    int columns = piece(n, TILES * tile.columns(), tile.columns());
    int depth = piece(k, DEPTH, 1);
    Piece piece = new Piece();
    for (int j = 0; j < n; j += columns) {
      for (int q = 0; q < k; q += depth) {
        piece.begin(batch, j, Math.min(columns, n - j), q, Math.min(depth, k - q));
        piece.run(parallel);
      }
    }
  }

  /** Splits an extent into equal pieces of at most {@code most}, a multiple of {@code unit}. */
  private static int piece(int extent, int most, int unit) {
    int pieces = (extent + most - 1) / most;
    return roundUp((extent + pieces - 1) / pieces, unit);
  }

  private static int roundUp(int size, int unit) {
    return (size + unit - 1) / unit * unit;
  }

  /** What a part of the terms adds to some columns of one product; one piece after another. */
  private final class Piece {
    private final IntConsumer packing = this::pack;
    private final IntConsumer multiplying = this::block;
    private int startA;
    private int startB;
    private int startC;
    private int column;
    private int term;
    private int columns;
    private int depth;
    private boolean first;
    private boolean last;
    private int tiles;
    private float[] packed;
    private int packedFrom;

    /** Rows and tiles of a block, and how many blocks there are across. */
    private int rows;

    private int width;
    private int across;

    /** Whether the tiles read A by rows, where it lies. */
    private boolean byRows;

    void begin(int batch, int j, int columns, int q, int depth) {
      Products p = products;
      this.startA = batch * p.strideA() + q * p.columnA();
      this.startB = batch * p.strideB() + q * p.rowB() + j * p.columnB();
      this.startC = batch * p.m() * p.n() + j;
      this.column = j;
      this.term = q;
      this.columns = columns;
      this.depth = depth;
      this.first = q == 0;
      this.last = q + depth == p.k();
      this.tiles = (columns + tile.columns() - 1) / tile.columns();
    }

    void run(boolean parallel) {
      int m = products.m();
      int threads = parallel ? workers.threads() : 1;
      int blocks = roundUp((m + ROWS - 1) / ROWS, threads);
      rows = Math.max(4 * tile.rows(), roundUp((m + blocks - 1) / blocks, tile.rows()));
      int down = (m + rows - 1) / rows;
      across = down >= threads ? 1 : Math.min(tiles, (threads + down - 1) / down);
      width = (tiles + across - 1) / across;
      byRows = products.columnA() == 1 && (direct || width <= Panels.FEW);
      if (!inPanels) {
        packAll(parallel);
      }
      workers.execute(parallel, down * across, multiplying);
    }

    private void packAll(boolean parallel) {
      packedFrom = direct ? (columns % tile.lanes() == 0 ? tiles : tiles - 1) : 0;
      packed = FloatScratch.mine().b((tiles - packedFrom) * depth * tile.columns());
      workers.execute(parallel, tiles - packedFrom, packing);
    }

    /** Returns the columns of a packed tile of which so many are used. */
    private int packedWidth(int used) {
      // Fewer columns are less to read, but packed rows of A are multiplied by whole tiles alone.
      return byRows ? roundUp(used, tile.lanes()) : tile.columns();
    }

    private void block(int i) {
      int row = i / across * rows;
      int from = i % across * width;
      block(row, Math.min(rows, products.m() - row), from, Math.min(tiles, from + width));
    }

    private void pack(int i) {
      Products p = products;
      int t = packedFrom + i;
      int used = Math.min(tile.columns(), columns - t * tile.columns());
      int start = startB + t * tile.columns() * p.columnB();
      int at = i * depth * tile.columns();
      if (used == tile.columns() && p.columnB() == 1) {
        tile.copy(b, start, p.rowB(), depth, packed, at);
      } else {
        FloatPacking.pack(
            b, start, p.columnB(), p.rowB(), used, depth, packed, at, packedWidth(used));
      }
    }

    private void block(int row, int rows, int fromTile, int toTile) {
      int height = tile.rows();
      float[] rowsOfA = FloatScratch.mine().a(roundUp(rows, height) * depth);
      if (byRows) {
        int whole = rows / height * height;
        for (int t = fromTile; t < toTile; t++) {
          for (int i = 0; i < whole; i += height) {
            tile(a, startA + (row + i) * products.rowA(), products.rowA(), t, row + i, height);
          }
        }
        if (whole < rows) {
          copyA(row + whole, rows - whole, rowsOfA);
        }
        for (int t = fromTile; t < toTile && whole < rows; t++) {
          tile(rowsOfA, 0, depth, t, row + whole, rows - whole);
        }
      } else {
        for (int i = 0; i < rows; i += height) {
          packA(row + i, Math.min(height, rows - i), rowsOfA, i * depth);
        }
        for (int t = fromTile; t < toTile; t++) {
          for (int i = 0; i < rows; i += height) {
            tile(rowsOfA, i * depth, 1, t, row + i, Math.min(height, rows - i));
          }
        }
      }
      if (last) {
        finish(row, rows, fromTile * tile.columns(), Math.min(columns, toTile * tile.columns()));
      }
    }

    /** Copies the last rows of A, so that a tile can read whatever follows them as rows, too. */
    private void copyA(int row, int used, float[] target) {
      for (int i = 0; i < used; i++) {
        System.arraycopy(a, startA + (row + i) * products.rowA(), target, i * depth, depth);
      }
      Arrays.fill(target, used * depth, tile.rows() * depth, 0);
    }

    private void packA(int row, int used, float[] target, int at) {
      int start = startA + row * products.rowA();
      int along = products.columnA();
      FloatPacking.pack(a, start, products.rowA(), along, used, depth, target, at, tile.rows());
    }

    private void tile(float[] left, int at, int rowA, int t, int row, int rows) {
      int n = products.n();
      int width = tile.columns();
      int used = Math.min(width, columns - t * width);
      float[] right = b;
      int rowB = products.rowB();
      int start = startB + t * width;
      if (inPanels) {
        rowB = Panels.widthAt(column + t * width, n, width, tile.lanes());
        start = Panels.start(column + t * width, products.k()) + term * rowB;
      } else if (t >= packedFrom) {
        right = packed;
        rowB = packedWidth(used);
        start = (t - packedFrom) * depth * width;
      }
      int target = startC + row * n + t * width;
      if (rows == tile.rows() && used % tile.lanes() == 0) {
        tile.run(left, at, rowA, right, start, rowB, depth, c, target, n, used, first);
        return;
      }
      float[] block = FloatScratch.mine().c(tile.rows() * width);
      for (int i = 0; i < rows && !first; i++) {
        System.arraycopy(c, target + i * n, block, i * width, used);
      }
      tile.run(left, at, rowA, right, start, rowB, depth, block, 0, width, used, first);
      for (int i = 0; i < rows; i++) {
        System.arraycopy(block, i * width, c, target + i * n, used);
      }
    }

    private void finish(int row, int rows, int from, int to) {
      int n = products.n();
      if (to - from == n) {
        finished.rows(startC + row * n, startC + (row + rows) * n);
        return;
      }
      for (int i = row; i < row + rows; i++) {
        finished.rows(startC + i * n + from, startC + i * n + to);
      }
    }
  }
}
