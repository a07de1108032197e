package io.ember4j.backend.pure;

import static io.ember4j.backend.pure.SumOrder.CHUNK;
import static io.ember4j.backend.pure.SumOrder.LANES;

import io.ember4j.DType;
import java.util.Arrays;

/** Sums of float64 terms in the {@link SumOrder}. */
final class DoubleSum {
  /** Terms that are made as they are summed. */
  interface Terms {
    /** Adds terms from to from + n - 1 to the lanes in turn; n is a multiple of the lanes. */
    void addRows(double[] lanes, int from, int n);

    /** Writes terms from to from + n - 1, fewer than the lanes, to the array. */
    void put(double[] terms, int from, int n);
  }

  private static final Kernel ROWS =
      new Kernel(new Code(DType.FLOAT64).input(0), 1, false, Fold.SUM);

  private final double[] lanes = new double[LANES];
  private final double[] rest = new double[LANES];
  private final double[] waiting = new double[SumOrder.LEVELS];
  private final Elements elements = new Elements();

  /** Returns {@code x[start] + ... + x[start + n - 1]}. */
  double of(double[] x, int start, int n) {
    elements.arrays[0] = x;
    elements.start = start;
    return of(elements, n);
  }

  /** Returns the sum of terms 0 to n - 1. */
  double of(Terms terms, int n) {
    int depth = 0;
    int chunks = SumOrder.chunks(n);
    for (int chunk = 0; chunk < chunks; chunk++) {
      int done = chunk * CHUNK;
      double sum = ofChunk(terms, done, Math.min(CHUNK, n - done));
      for (int carries = SumOrder.carries(chunk); carries > 0; carries--) {
        sum = waiting[--depth] + sum;
      }
      waiting[depth++] = sum;
    }
    double sum = depth == 0 ? 0 : waiting[--depth];
    while (depth > 0) {
      sum = waiting[--depth] + sum;
    }
    return sum;
  }

  private double ofChunk(Terms terms, int start, int n) {
    Arrays.fill(lanes, 0);
    int whole = n - n % LANES;
    if (whole > 0) {
      terms.addRows(lanes, start, whole);
    }
    if (whole < n) {
      terms.put(rest, start + whole, n - whole);
      for (int i = 0; i < n - whole; i++) {
        lanes[i] += rest[i];
      }
    }
    for (int half = LANES / 2; half > 0; half /= 2) {
      for (int lane = 0; lane < half; lane++) {
        lanes[lane] += lanes[lane + half];
      }
    }
    return lanes[0];
  }

  /** The elements of an array. */
  private static final class Elements implements Terms {
    private final Object[] arrays = new Object[2];
    private final int[] offsets = new int[2];
    private int start;

    @Override
    public void addRows(double[] lanes, int from, int n) {
      arrays[1] = lanes;
      offsets[0] = start + from;
      ROWS.variant(0).run(null, 0, arrays, offsets, n);
    }

    @Override
    public void put(double[] terms, int from, int n) {
      System.arraycopy((double[]) arrays[0], start + from, terms, 0, n);
    }
  }
}
