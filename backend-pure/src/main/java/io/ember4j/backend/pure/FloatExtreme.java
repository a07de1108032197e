package io.ember4j.backend.pure;

import io.ember4j.expr.Primitive;

/**
 * The largest or smallest of float32 elements, NaN if one is NaN.
 *
 * <p>Of zeros of both signs, +0 is the larger. So the order does not matter, and both directions go
 * by whole rows through the loop of the primitive.
 */
final class FloatExtreme {
  private static final int TILE = 512;

  private final Primitive primitive;
  private final float[] row = new float[TILE];
  private final float[] best = new float[TILE];

  /** Prepares for {@link Primitive#MAX} or {@link Primitive#MIN}. */
  FloatExtreme(Primitive primitive) {
    this.primitive = primitive;
  }

  /** Returns the extreme of {@code x[start]} to {@code x[start + n - 1]}; n is 1 or more. */
  float of(float[] x, int start, int n) {
    int width = Math.min(TILE, n);
    columns(x, start, n / width, width, width);
    int rest = n % width;
    System.arraycopy(x, start + n - rest, row, 0, rest);
    FloatRows.extreme(primitive, best, row, best, rest);
    // Halves fold onto each other; an odd one in the middle stays for the next turn.
    while (width > 1) {
      int half = width / 2;
      System.arraycopy(best, width - half, row, 0, half);
      FloatRows.extreme(primitive, best, row, best, half);
      width -= half;
    }
    return best[0];
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
