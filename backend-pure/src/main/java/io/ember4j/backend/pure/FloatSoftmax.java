package io.ember4j.backend.pure;

import io.ember4j.DType;
import io.ember4j.expr.Primitive;

/**
 * Softmax and its logarithm of float32 slices, each slice while it is in the cache.
 *
 * <p>Formula: with M the largest element and s the sum of e^(x - M) in the {@link SumOrder},
 * softmax is e^(x - M) (1 / s) and log-softmax is (x - M) - log(s). Where s is below 1.5, a single
 * term of 1 makes up most of it, and its logarithm is log1p of the sum of the others.
 *
 * <p>Special cases: a slice that holds NaN or +infinity, or nothing but -infinity, gives NaN. In
 * others, -infinity gives 0, and -infinity as logarithm.
 *
 * <p>Accuracy: softmax 4 ULP, and the error of the sum; log-softmax 2 ULP of the larger of |x - M|
 * and log(s).
 */
final class FloatSoftmax {
  /** Shorter slices are turned into columns, of which many are computed at a time. */
  private static final int LONG_SLICE = 48;

  /** Columns that are computed at a time where slices are short. */
  private static final int COLUMNS = 128;

  /** Elements of a tile: what the second-level cache holds with room to spare. */
  private static final int TILE = 1 << 16;

  /** What an element takes, all passes together. */
  private static final int INSTRUCTIONS = 60;

  private static final double MOSTLY_ONE = 1.5;

  /** Operands of the kernels that are one number for a whole slice. */
  private static final long SECOND = 0b10;

  private static final long SECOND_AND_THIRD = 0b110;

  /** e^(x - M), M the second operand. */
  private static final Kernel EXPONENTIAL;

  /** The same, and its sum. */
  private static final Kernel SUMMED;

  /** e r, with r the second operand. */
  private static final Kernel SCALED;

  /** x - M - log(s), M and the logarithm the other operands. */
  private static final Kernel LOGARITHM;

  static {
    Code code = new Code(DType.FLOAT32);
    Value exponential = ExpKernels.expOfDifference(code.input(0), code.input(1));
    EXPONENTIAL = new Kernel(exponential, 2);
    SUMMED = new Kernel(exponential, 2, true, Fold.SUM);
    code = new Code(DType.FLOAT32);
    SCALED = new Kernel(code.input(0).times(code.input(1)), 2);
    code = new Code(DType.FLOAT32);
    LOGARITHM = new Kernel(code.input(0).minus(code.input(1)).minus(code.input(2)), 3);
  }

  private final float[] x;
  private final float[] y;
  private final int n;
  private final boolean logarithm;
  private final float[] exponentials;
  private final float[] largest;
  private final float[] scale;
  private final float[] column;
  private final float[] turned;
  private final FloatExtreme extreme = new FloatExtreme(Primitive.MAX);
  private final FloatSum sum = new FloatSum();
  private final FloatColumnSum columnSum;
  private final Row row = new Row();
  private final Object[] arrays = new Object[3];
  private final int[] offsets = new int[3];

  private FloatSoftmax(float[] x, float[] y, int n, int width, boolean logarithm) {
    this.x = x;
    this.y = y;
    this.n = n;
    this.logarithm = logarithm;
    this.exponentials = new float[n * width];
    this.largest = new float[width];
    this.scale = new float[width];
    this.column = new float[n];
    this.turned = new float[n < LONG_SLICE ? n * width : 0];
    this.columnSum = new FloatColumnSum(width);
  }

  /** Computes all slices of {@code x}, seen as {@code [outer, n, inner]}, into {@code y}. */
  static void run(float[] x, int outer, int n, int inner, boolean logarithm, float[] y) {
    int width = 1;
    if (inner > 1) {
      width = Math.min(inner, Math.max(16, TILE / n));
    } else if (n < LONG_SLICE) {
      width = Math.min(COLUMNS, outer);
    }
    int columns = width;
    int tiles = inner > 1 ? outer * ceilDiv(inner, width) : ceilDiv(outer, width);
    int parts = Math.min(tiles, Workers.SHARED.parts((long) x.length * INSTRUCTIONS));
    Workers.run(
        parts,
        part -> {
          FloatSoftmax softmax = new FloatSoftmax(x, y, n, columns, logarithm);
          int end = (int) ((part + 1L) * tiles / parts);
          for (int tile = (int) ((long) part * tiles / parts); tile < end; tile++) {
            softmax.tile(tile, outer, inner);
          }
        });
  }

  private static int ceilDiv(int a, int b) {
    return (a - 1) / b + 1;
  }

  private void tile(int tile, int outer, int inner) {
    int width = largest.length;
    if (inner > 1) {
      int across = ceilDiv(inner, width);
      int j = tile % across * width;
      columns(x, y, tile / across * n * inner + j, inner, Math.min(width, inner - j));
    } else if (n < LONG_SLICE) {
      shortSlices(tile * width * n, Math.min(width, outer - tile * width));
    } else {
      slice(tile * n);
    }
  }

  /** A slice whose elements stand in a row. */
  private void slice(int start) {
    largest[0] = extreme.of(x, start, n);
    row.start = start;
    float s = sum.of(row, n);
    scale[0] = logarithm ? log(s, exponentials) : 1 / s;
    if (logarithm) {
      operands(x, start, largest, scale);
      LOGARITHM.variant(SECOND_AND_THIRD).run(y, start, arrays, offsets, n);
    } else {
      operands(exponentials, 0, scale, null);
      SCALED.variant(SECOND).run(y, start, arrays, offsets, n);
    }
  }

  /** Slices that are columns of a matrix with such a stride. */
  private void columns(float[] from, float[] to, int start, int stride, int width) {
    extreme.columns(from, start, n, stride, width, largest, 0);
    for (int p = 0; p < n; p++) {
      operands(from, start + p * stride, largest, null);
      EXPONENTIAL.variant(0).run(exponentials, p * width, arrays, offsets, width);
    }
    columnSum.sum(exponentials, 0, n, width, scale, 0);
    for (int j = 0; j < width; j++) {
      scale[j] = logarithm ? logOfColumn(j, width) : 1 / scale[j];
    }
    for (int p = 0; p < n; p++) {
      int place = start + p * stride;
      if (logarithm) {
        operands(from, place, largest, scale);
        LOGARITHM.variant(0).run(to, place, arrays, offsets, width);
      } else {
        operands(exponentials, p * width, scale, null);
        SCALED.variant(0).run(to, place, arrays, offsets, width);
      }
    }
  }

  /** Slices in rows that are too short for vectors, turned into columns and back. */
  private void shortSlices(int start, int count) {
    for (int i = 0; i < count; i++) {
      for (int p = 0; p < n; p++) {
        turned[p * count + i] = x[start + i * n + p];
      }
    }
    columns(turned, turned, 0, count, count);
    for (int i = 0; i < count; i++) {
      for (int p = 0; p < n; p++) {
        y[start + i * n + p] = turned[p * count + i];
      }
    }
  }

  private float logOfColumn(int j, int width) {
    float s = scale[j];
    if (s < MOSTLY_ONE) {
      for (int p = 0; p < n; p++) {
        column[p] = exponentials[p * width + j];
      }
    }
    return log(s, column);
  }

  /** Returns log(s), s the sum of the terms, which are looked at and changed if s is near 1. */
  private float log(float s, float[] terms) {
    if (!(s < MOSTLY_ONE)) {
      return (float) Math.log(s);
    }
    int one = 0;
    while (terms[one] != 1) {
      one++;
    }
    terms[one] = 0;
    return (float) Math.log1p(sum.of(terms, 0, n));
  }

  private void operands(float[] a, int start, float[] b, float[] c) {
    arrays[0] = a;
    arrays[1] = b;
    arrays[2] = c;
    offsets[0] = start;
    offsets[1] = 0;
    offsets[2] = 0;
  }

  /** The exponentials of a row, written and summed at once. */
  private final class Row implements FloatSum.Terms {
    private int start;

    @Override
    public void addRows(float[] lanes, int from, int count) {
      operands(x, start + from, largest, lanes);
      SUMMED.variant(SECOND).run(exponentials, from, arrays, offsets, count);
    }

    @Override
    public void put(float[] terms, int from, int count) {
      operands(x, start + from, largest, null);
      EXPONENTIAL.variant(SECOND).run(exponentials, from, arrays, offsets, count);
      System.arraycopy(exponentials, from, terms, 0, count);
    }
  }
}
