package io.ember4j.backend.pure;

import io.ember4j.DType;
import io.ember4j.expr.Primitive;

/**
 * The largest or smallest of float64 elements, NaN if one is NaN.
 *
 * <p>Of zeros of both signs, +0 is the larger. So the order does not matter.
 */
final class DoubleExtreme {
  private static final int TILE = 512;

  private static final Kernel MAX = kernel(Fold.MAX);
  private static final Kernel MIN = kernel(Fold.MIN);

  private final Primitive primitive;
  private final Kernel rows;
  private final Object[] arrays = new Object[2];
  private final int[] offsets = new int[2];
  private final double[] row = new double[TILE];
  private final double[] best = new double[TILE];

  /** Prepares for {@link Primitive#MAX} or {@link Primitive#MIN}. */
  DoubleExtreme(Primitive primitive) {
    this.primitive = primitive;
    this.rows = primitive == Primitive.MAX ? MAX : MIN;
  }

  private static Kernel kernel(Fold fold) {
    return new Kernel(new Code(DType.FLOAT64).input(0), 1, fold);
  }

  /** Returns the extreme of {@code x[start]} to {@code x[start + n - 1]}; n is 1 or more. */
  double of(double[] x, int start, int n) {
    int whole = n - n % Fold.LANES;
    double found = x[start];
    if (whole > 0) {
      System.arraycopy(x, start, best, 0, Fold.LANES);
      arrays[0] = x;
      arrays[1] = best;
      offsets[0] = start;
      rows.variant(0).run(null, 0, arrays, offsets, whole);
      for (int lane = 0; lane < Fold.LANES; lane++) {
        found = better(found, best[lane]);
      }
    }
    for (int i = start + whole; i < start + n; i++) {
      found = better(found, x[i]);
    }
    return found;
  }

  private double better(double a, double b) {
    return primitive == Primitive.MAX ? Math.max(a, b) : Math.min(a, b);
  }

  /** Writes the extremes down the columns of n rows to {@code result[target]} and up. */
  void columns(double[] x, int start, int n, int columns, double[] result, int target) {
    int width;
    for (int column = 0; column < columns; column += width) {
      width = Math.min(TILE, columns - column);
      columns(x, start + column, n, columns, width);
      System.arraycopy(best, 0, result, target + column, width);
    }
  }

  private void columns(double[] x, int start, int n, int columns, int width) {
    System.arraycopy(x, start, best, 0, width);
    for (int i = 1; i < n; i++) {
      System.arraycopy(x, start + i * columns, row, 0, width);
      DoubleRows.extreme(primitive, best, row, best, width);
    }
  }
}
