package io.ember4j.backend.pure;

import static io.ember4j.backend.pure.SumOrder.CHUNK;
import static io.ember4j.backend.pure.SumOrder.LANES;

import io.ember4j.DType;
import java.util.Arrays;

/**
 * Sums of float32 elements that stand in a row, in the {@link SumOrder}. {@link DoubleSum} is its
 * twin.
 */
final class FloatSum {
  private static final Kernel ROWS = new Kernel(new Code(DType.FLOAT32).input(0), 1, Fold.SUM);

  private final float[] lanes = new float[LANES];
  private final float[] waiting = new float[SumOrder.LEVELS];
  private final Object[] arrays = new Object[2];
  private final int[] offsets = new int[2];

  /** Returns {@code x[start] + ... + x[start + n - 1]}. */
  float of(float[] x, int start, int n) {
    int depth = 0;
    int chunks = SumOrder.chunks(n);
    for (int chunk = 0; chunk < chunks; chunk++) {
      int done = chunk * CHUNK;
      float sum = ofChunk(x, start + done, Math.min(CHUNK, n - done));
      for (int carries = SumOrder.carries(chunk); carries > 0; carries--) {
        sum = waiting[--depth] + sum;
      }
      waiting[depth++] = sum;
    }
    float sum = depth == 0 ? 0 : waiting[--depth];
    while (depth > 0) {
      sum = waiting[--depth] + sum;
    }
    return sum;
  }

  private float ofChunk(float[] x, int start, int n) {
    Arrays.fill(lanes, 0);
    int whole = n - n % LANES;
    if (whole > 0) {
      arrays[0] = x;
      arrays[1] = lanes;
      offsets[0] = start;
      ROWS.variant(0).run(null, 0, arrays, offsets, whole);
    }
    for (int i = whole; i < n; i++) {
      lanes[i - whole] += x[start + i];
    }
    for (int half = LANES / 2; half > 0; half /= 2) {
      for (int lane = 0; lane < half; lane++) {
        lanes[lane] += lanes[lane + half];
      }
    }
    return lanes[0];
  }
}
