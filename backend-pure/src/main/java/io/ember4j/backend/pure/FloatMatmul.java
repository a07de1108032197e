package io.ember4j.backend.pure;

import java.util.function.IntConsumer;

/**
 * Matrix products in float32.
 *
 * <p>Each element of the result is c = 0, then c = fma(a[i, p], b[p, j], c) for p = 0, 1, ..., k -
 * 1, in the dtype: one rounding per term, and the same bits wherever the element stands, whatever
 * the extents are, however many threads there are, and with or without SIMD. The error is at most k
 * u / (1 - k u) times the sum of |a[i, p] b[p, j]|, with u = 2^-24 (2^-53 in float64).
 *
 * <p>Blocks and threads only change which element's turn it is.
 *
 * <p>{@link Math#fma} is one instruction where the processor has it. A JVM without hardware FMA
 * does it in big decimals, thousands of times slower, with the same result.
 */
final class FloatMatmul {
  /** Multiplications that are worth a second thread. */
  static final long PARALLEL = 1 << 20;

  /** Rows of the result that are finished together, while they are in the cache. */
  private static final int ROWS = 128;

  /** Multiplications after which tiles are compiled: some milliseconds of scalar code. */
  private static final long WORTH = 1 << 25;

  private static final WarmUp<FloatTile> TILE =
      new WarmUp<>(
          WORTH,
          () -> Simd.find(FloatTile.class, "VectorFloatTile").orElseThrow(),
          FloatTileRace::isWon);

  private final Workers workers;
  private final Products products;
  private final float[] a;
  private final float[] b;
  private final float[] result;
  private final FinishedRows finished;

  FloatMatmul(
      Workers workers,
      Products products,
      float[] a,
      float[] b,
      float[] result,
      FinishedRows finished) {
    this.workers = workers;
    this.products = products;
    this.a = a;
    this.b = b;
    this.result = result;
    this.finished = finished;
  }

  /** Computes all products, and tells the consumer, in whichever thread, what is finished. */
  static void run(
      Products products, PureBuffer a, PureBuffer b, PureBuffer result, FinishedRows finished) {
    FloatTile tile = TILE.find(products.work());
    // Panels may be narrow, which packed rows of A do not go with.
    boolean wantsPanels = tile != null && products.byColumns() != null && products.columnA() == 1;
    Object panels =
        wantsPanels ? b.panels(products.n(), products.k(), tile.columns(), tile.lanes()) : null;
    if (panels != null) {
      new FloatMatmul(
              Workers.SHARED,
              products.byColumns(),
              a.floats(),
              (float[]) panels,
              result.floats(),
              finished)
          .runOnPanels(tile);
    } else {
      new FloatMatmul(Workers.SHARED, products, a.floats(), b.floats(), result.floats(), finished)
          .runWith(tile);
    }
  }

  /** Computes with a tile a product whose right factor is given as {@link Panels}. */
  void runOnPanels(FloatTile tile) {
    if (products.m() == 1) {
      new FloatRowMatmul(tile, workers, products, a, b, true, result, finished).run();
    } else {
      new TiledFloatMatmul(tile, workers, products, a, b, true, result, finished).run();
    }
  }

  /** Computes with a tile, or without if there is none. */
  void runWith(FloatTile tile) {
    if (FloatRowMatmul.fits(products, tile != null)) {
      new FloatRowMatmul(tile, workers, products, a, b, false, result, finished).run();
    } else if (tile != null && TransposedFloatMatmul.fits(products)) {
      new TransposedFloatMatmul(tile, workers, products, a, b, result, finished).run();
    } else if (tile != null) {
      new TiledFloatMatmul(tile, workers, products, a, b, false, result, finished).run();
    } else {
      runScalar();
    }
  }

  private void runScalar() {
    int m = products.m();
    int threads = products.work() >= PARALLEL ? workers.threads() : 1;
    int rows = Math.max(1, Math.min(ROWS, m / threads));
    int blocks = (m + rows - 1) / rows;
    IntConsumer block =
        i -> {
          int row = i % blocks * rows;
          new ScalarFloatMatmul(products, a, b, result)
              .run(i / blocks, row, Math.min(rows, m - row), finished);
        };
    workers.execute(threads > 1, products.batch() * blocks, block);
  }
}
