package io.ember4j.backend.pure;

import io.ember4j.DType;
import io.ember4j.expr.Primitive;
import java.util.Arrays;

/**
 * The largest or smallest of float32 elements, NaN if one is NaN.
 *
 * <p>Of zeros of both signs, +0 is the larger. So the order does not matter.
 */
final class FloatExtreme {
  private static final int TILE = 512;

  private static final Kernel MAX = new Kernel(element(), 1, Fold.MAX);
  private static final Kernel MIN = new Kernel(element(), 1, Fold.MIN);
  private static final Strip MAX_DOWN = new Strip(element(), 1, Fold.MAX);
  private static final Strip MIN_DOWN = new Strip(element(), 1, Fold.MIN);
  private static final int STRIP = Strip.columns(DType.FLOAT32);

  private final Primitive primitive;
  private final Kernel rows;
  private final Strip strip;
  private final Object[] arrays = new Object[2];
  private final int[] offsets = new int[2];
  private final int[] strides = new int[2];
  private final float[] row = new float[TILE];
  private final float[] best = new float[TILE];

  /** Prepares for {@link Primitive#MAX} or {@link Primitive#MIN}. */
  FloatExtreme(Primitive primitive) {
    this.primitive = primitive;
    this.rows = primitive == Primitive.MAX ? MAX : MIN;
    this.strip = primitive == Primitive.MAX ? MAX_DOWN : MIN_DOWN;
  }

  private static Value element() {
    return new Code(DType.FLOAT32).input(0);
  }

  /** Returns the extreme of {@code x[start]} to {@code x[start + n - 1]}; n is 1 or more. */
  float of(float[] x, int start, int n) {
    if (n < Fold.LANES) {
      float found = x[start];
      for (int i = start + 1; i < start + n; i++) {
        found = better(found, x[i]);
      }
      return found;
    }
    Variant loop = rows.variant(0);
    System.arraycopy(x, start, best, 0, Fold.LANES);
    if (n < Fold.ROUND) {
      System.arraycopy(x, start, row, 0, n);
      Arrays.fill(row, n, Fold.ROUND, x[start]);
      take(loop, row, 0, Fold.ROUND);
    } else {
      take(loop, x, start, n - n % Fold.ROUND);
      if (n % Fold.ROUND > 0) {
        // The last ones, of which some have been seen.
        take(loop, x, start + n - Fold.ROUND, Fold.ROUND);
      }
    }
    for (int half = Fold.LANES / 2; half > 0; half /= 2) {
      for (int lane = 0; lane < half; lane++) {
        best[lane] = better(best[lane], best[lane + half]);
      }
    }
    return best[0];
  }

  private void take(Variant loop, float[] x, int start, int n) {
    arrays[0] = x;
    arrays[1] = best;
    offsets[0] = start;
    loop.run(null, 0, arrays, offsets, n);
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
    int done = strips(x, start, n, stride, count, result, target);
    for (int column = done; column < count; column += width) {
      width = Math.min(TILE, count - column);
      columns(x, start + column, n, stride, width);
      System.arraycopy(best, 0, result, target + column, width);
    }
  }

  /** Does as many columns as make whole strips, if strips are fast, and returns how many. */
  private int strips(
      float[] x, int start, int n, int stride, int count, float[] result, int target) {
    int whole = count - count % STRIP;
    StripLoop loop = whole == 0 ? null : strip.find((long) n * whole);
    if (loop == null) {
      return 0;
    }
    arrays[0] = x;
    arrays[1] = result;
    strides[0] = stride;
    for (int column = 0; column < whole; column += STRIP) {
      System.arraycopy(x, start + column, result, target + column, STRIP);
      offsets[0] = start + column;
      offsets[1] = target + column;
      loop.run(null, 0, arrays, offsets, n, 0, strides);
    }
    offsets[1] = 0;
    return whole;
  }

  private void columns(float[] x, int start, int n, int stride, int width) {
    System.arraycopy(x, start, best, 0, width);
    for (int i = 1; i < n; i++) {
      System.arraycopy(x, start + i * stride, row, 0, width);
      FloatRows.extreme(primitive, best, row, best, width);
    }
  }
}
