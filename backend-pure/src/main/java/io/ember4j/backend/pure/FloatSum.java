package io.ember4j.backend.pure;

import static io.ember4j.backend.pure.SumOrder.CHUNK;
import static io.ember4j.backend.pure.SumOrder.LANES;

import java.util.Arrays;

/** Sums of float32 elements that stand in a row, in the {@link SumOrder}. */
final class FloatSum {
  private final float[] lanes = new float[LANES];
  private final float[] waiting = new float[SumOrder.LEVELS];

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
    int whole = n - n % LANES;
    if (whole == 0) {
      Arrays.fill(lanes, 0);
    } else {
      addRows(x, start, start + whole);
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

  /**
   * Sets the lanes to the sums of whole rows; in local variables, so that they stay in registers.
   */
  private void addRows(float[] x, int start, int end) {
    float s0 = 0, s1 = 0, s2 = 0, s3 = 0, s4 = 0, s5 = 0, s6 = 0, s7 = 0;
    float s8 = 0, s9 = 0, s10 = 0, s11 = 0, s12 = 0, s13 = 0, s14 = 0, s15 = 0;
    for (int i = start; i < end; i += LANES) {
      s0 += x[i];
      s1 += x[i + 1];
      s2 += x[i + 2];
      s3 += x[i + 3];
      s4 += x[i + 4];
      s5 += x[i + 5];
      s6 += x[i + 6];
      s7 += x[i + 7];
      s8 += x[i + 8];
      s9 += x[i + 9];
      s10 += x[i + 10];
      s11 += x[i + 11];
      s12 += x[i + 12];
      s13 += x[i + 13];
      s14 += x[i + 14];
      s15 += x[i + 15];
    }
    lanes[0] = s0;
    lanes[1] = s1;
    lanes[2] = s2;
    lanes[3] = s3;
    lanes[4] = s4;
    lanes[5] = s5;
    lanes[6] = s6;
    lanes[7] = s7;
    lanes[8] = s8;
    lanes[9] = s9;
    lanes[10] = s10;
    lanes[11] = s11;
    lanes[12] = s12;
    lanes[13] = s13;
    lanes[14] = s14;
    lanes[15] = s15;
  }
}
