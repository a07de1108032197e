package io.ember4j.backend.pure;

import java.util.function.IntConsumer;

/** Matrix products in float64; see {@link FloatMatmul}, its twin. */
final class DoubleMatmul {
  /** Multiplications that are worth a second thread. */
  static final long PARALLEL = 1 << 20;

  /** Rows of the result that are finished together, while they are in the cache. */
  private static final int ROWS = 128;

  /** Multiplications after which tiles are compiled: some milliseconds of scalar code. */
  private static final long WORTH = 1 << 25;

  private static final WarmUp<DoubleTile> TILE =
      new WarmUp<>(
          WORTH,
          () -> Simd.find(DoubleTile.class, "VectorDoubleTile").orElseThrow(),
          DoubleTileRace::isWon);

  private final Workers workers;
  private final Products products;
  private final double[] a;
  private final double[] b;
  private final double[] result;
  private final FinishedRows finished;

  DoubleMatmul(
      Workers workers,
      Products products,
      double[] a,
      double[] b,
      double[] result,
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
    DoubleTile tile = TILE.find(products.work());
    // Panels may be narrow, which packed rows of A do not go with.
    boolean wantsPanels = tile != null && products.byColumns() != null && products.columnA() == 1;
    Object panels =
        wantsPanels ? b.panels(products.n(), products.k(), tile.columns(), tile.lanes()) : null;
    if (panels != null) {
      new DoubleMatmul(
              Workers.SHARED,
              products.byColumns(),
              a.doubles(),
              (double[]) panels,
              result.doubles(),
              finished)
          .runOnPanels(tile);
    } else {
      new DoubleMatmul(
              Workers.SHARED, products, a.doubles(), b.doubles(), result.doubles(), finished)
          .runWith(tile);
    }
  }

  /** Computes with a tile a product whose right factor is given as {@link Panels}. */
  void runOnPanels(DoubleTile tile) {
    if (products.m() == 1) {
      new DoubleRowMatmul(tile, workers, products, a, b, true, result, finished).run();
    } else {
      new TiledDoubleMatmul(tile, workers, products, a, b, true, result, finished).run();
    }
  }

  /** Computes with a tile, or without if there is none. */
  void runWith(DoubleTile tile) {
    if (DoubleRowMatmul.fits(products, tile != null)) {
      new DoubleRowMatmul(tile, workers, products, a, b, false, result, finished).run();
    } else if (tile != null && TransposedDoubleMatmul.fits(products)) {
      new TransposedDoubleMatmul(tile, workers, products, a, b, result, finished).run();
    } else if (tile != null) {
      new TiledDoubleMatmul(tile, workers, products, a, b, false, result, finished).run();
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
          new ScalarDoubleMatmul(products, a, b, result)
              .run(i / blocks, row, Math.min(rows, m - row), finished);
        };
    workers.execute(threads > 1, products.batch() * blocks, block);
  }
}
