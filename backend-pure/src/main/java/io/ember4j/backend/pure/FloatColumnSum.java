package io.ember4j.backend.pure;

import static io.ember4j.backend.pure.SumOrder.CHUNK;
import static io.ember4j.backend.pure.SumOrder.LANES;

import io.ember4j.DType;
import java.util.Arrays;

/**
 * Sums down the columns of a float32 matrix, each column in the {@link SumOrder}, a tile of columns
 * at a time: every addition of the order is one loop over the tile.
 */
final class FloatColumnSum {
  /** Columns at a time: sixteen lanes of them fit the L1 cache. */
  private static final int TILE = 256;

  private static final Strip DOWN = new Strip(new Code(DType.FLOAT32).input(0), 1, Fold.SUM);
  private static final int VECTOR = Strip.vector(DType.FLOAT32);

  private final float[] row;
  private final float[][] lanes;
  private final float[][] waiting = new float[SumOrder.LEVELS][];
  private final Object[] arrays = new Object[2];
  private final int[] offsets = new int[2];
  private final int[] strides = new int[2];

  /** Prepares for matrices with that many columns. */
  FloatColumnSum(int columns) {
    int width = Math.min(TILE, columns);
    row = new float[width];
    lanes = new float[LANES][width];
  }

  /** Sums the n rows from {@code x[start]} on into {@code result[target]} and up. */
  void sum(float[] x, int start, int n, int columns, float[] result, int target) {
    int width;
    for (int column = 0; column < columns; column += width) {
      width = Math.min(TILE, columns - column);
      sumTile(x, start + column, n, columns, width);
      System.arraycopy(lanes[0], 0, result, target + column, width);
    }
  }

  /** Leaves the sums in lane 0. */
  private void sumTile(float[] x, int start, int n, int columns, int width) {
    int depth = 0;
    int chunks = SumOrder.chunks(n);
    Arrays.fill(lanes[0], 0);
    for (int chunk = 0; chunk < chunks; chunk++) {
      int done = chunk * CHUNK;
      sumChunk(x, start + done * columns, Math.min(CHUNK, n - done), columns, width);
      for (int carries = SumOrder.carries(chunk); carries > 0; carries--) {
        FloatRows.add(waiting[--depth], lanes[0], lanes[0], width);
      }
      if (chunk + 1 < chunks) {
        if (waiting[depth] == null) {
          waiting[depth] = new float[row.length];
        }
        System.arraycopy(lanes[0], 0, waiting[depth++], 0, width);
      }
    }
    while (depth > 0) {
      FloatRows.add(waiting[--depth], lanes[0], lanes[0], width);
    }
  }

  private void sumChunk(float[] x, int start, int n, int columns, int width) {
    boolean fits = n % LANES == 0 && width % VECTOR == 0;
    StripLoop loop = fits ? DOWN.find((long) n * width) : null;
    if (loop == null) {
      sumRows(x, start, n, columns, width);
      return;
    }
    Arrays.fill(lanes[0], 0, width, 0);
    arrays[0] = x;
    arrays[1] = lanes[0];
    strides[0] = columns;
    for (int column = 0; column < width; column += VECTOR) {
      offsets[0] = start + column;
      offsets[1] = column;
      loop.run(null, 0, arrays, offsets, n, 0, strides);
    }
  }

  private void sumRows(float[] x, int start, int n, int columns, int width) {
    int used = Math.min(LANES, n);
    for (int lane = 0; lane < used; lane++) {
      Arrays.fill(lanes[lane], 0, width, 0);
    }
    for (int i = 0; i < n; i++) {
      System.arraycopy(x, start + i * columns, row, 0, width);
      float[] lane = lanes[i % LANES];
      FloatRows.add(lane, row, lane, width);
    }
    for (int half = LANES / 2; half > 0; half /= 2) {
      // Lanes without an element are +0 and left out: no lane is -0, so they change nothing.
      for (int lane = 0; lane < half && lane + half < used; lane++) {
        FloatRows.add(lanes[lane], lanes[lane + half], lanes[lane], width);
      }
    }
  }
}
