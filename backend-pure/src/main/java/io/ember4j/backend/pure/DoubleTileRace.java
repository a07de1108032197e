package io.ember4j.backend.pure;

/** Runs a tile and the scalar code on the same numbers, to see which is faster. */
final class DoubleTileRace {
  private static final int DEPTH = 16;
  private static final int RUNS = 20;

  private DoubleTileRace() {}

  /** Returns whether the tile took less than half the time, at every width that it has code for. */
  static boolean isWon(DoubleTile tile) {
    int rows = tile.rows();
    int columns = tile.columns();
    double[] a = new double[rows * DEPTH];
    int wide = 12 * tile.lanes(); // a row is taken by eight vectors, by three and by one
    double[] b = new double[DEPTH * Math.max(wide, columns)];
    double[] c = new double[rows * Math.max(wide, columns)];
    Products products =
        new Products(1, rows, columns, DEPTH, DEPTH, 1, columns, 1, a.length, b.length, null);
    ScalarDoubleMatmul scalar = new ScalarDoubleMatmul(products, a, b, c);
    long limit =
        shortest(() -> scalar.run(0, 0, rows, (from, to) -> {})) / (2L * columns / tile.lanes());
    boolean won = true;
    for (int width = tile.lanes(); width <= columns; width += tile.lanes()) {
      for (int rowA : new int[] {1, DEPTH}) {
        int used = width;
        long time =
            shortest(() -> tile.run(a, 0, rowA, b, 0, columns, DEPTH, c, 0, columns, used, true));
        won &= time < limit * used / tile.lanes();
      }
    }
    long copy = shortest(() -> tile.copy(b, 0, columns, DEPTH, b, 0));
    long row = shortest(() -> tile.row(a, 0, b, 0, wide, DEPTH, c, 0, wide));
    long most = limit * columns / tile.lanes();
    return won && copy < most && row < most;
  }

  private static long shortest(Runnable task) {
    long shortest = Long.MAX_VALUE;
    for (int i = 0; i < RUNS; i++) {
      long start = System.nanoTime();
      task.run();
      shortest = Math.min(shortest, System.nanoTime() - start);
    }
    return shortest;
  }
}
