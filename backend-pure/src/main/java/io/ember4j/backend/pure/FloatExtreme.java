package io.ember4j.backend.pure;

import io.ember4j.DType;
import io.ember4j.expr.Primitive;

/**
 * The largest or smallest of float32 elements, NaN if one is NaN.
 *
 * <p>Of zeros of both signs, +0 is the larger. So the order does not matter.
 */
final class FloatExtreme {
  private static final int TILE = 512;

  private static final Kernel MAX = kernel(Fold.MAX);
  private static final Kernel MIN = kernel(Fold.MIN);

  private final Primitive primitive;
  private final Kernel rows;
  private final Object[] arrays = new Object[2];
  private final int[] offsets = new int[2];
  private final float[] row = new float[TILE];
  private final float[] best = new float[TILE];

  /** Prepares for {@link Primitive#MAX} or {@link Primitive#MIN}. */
  FloatExtreme(Primitive primitive) {
    this.primitive = primitive;
    this.rows = primitive == Primitive.MAX ? MAX : MIN;
  }

  private static Kernel kernel(Fold fold) {
    return new Kernel(new Code(DType.FLOAT32).input(0), 1, fold);
  }

  /** Returns the extreme of {@code x[start]} to {@code x[start + n - 1]}; n is 1 or more. */
  float of(float[] x, int start, int n) {
    int whole = n - n % Fold.LANES;
    float found = x[start];
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

  private float better(float a, float b) {
    return primitive == Primitive.MAX ? Math.max(a, b) : Math.min(a, b);
  }

  /** Writes the extremes down the columns of n rows to {@code result[target]} and up. */
  void columns(float[] x, int start, int n, int columns, float[] result, int target) {
    columns(x, start, n, columns, columns, result, target);
  }

  /** The same for the first {@code count} columns of rows that are {@code stride} apart. */
  void columns(float[] x, int start, int n, int stride, int count, float[] result, int target) {
    int width;
    for (int column = 0; column < count; column += width) {
      width = Math.min(TILE, count - column);
      columns(x, start + column, n, stride, width);
      System.arraycopy(best, 0, result, target + column, width);
    }
  }

  private void columns(float[] x, int start, int n, int stride, int width) {
    System.arraycopy(x, start, best, 0, width);
    for (int i = 1; i < n; i++) {
      System.arraycopy(x, start + i * stride, row, 0, width);
      FloatRows.extreme(primitive, best, row, best, width);
    }
  }
}
