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
  private static final int TILE = 1 << 17;

  /** What an element takes, all passes together. */
  private static final int INSTRUCTIONS = 60;

  private static final double MOSTLY_ONE = 1.5;

  private static final Step ROW = new Step(0b110);
  private static final Step COLUMNS_AT_ONCE = new Step(0);

  /**
   * The elementwise loops: the operands after the first are numbers of a slice, or a row of them.
   */
  private record Step(Variant exponential, Variant scaled, Variant logarithm) {
    Step(long numbers) {
      this(
          exponential(new Code(DType.FLOAT32)).variant(numbers & 0b10),
          scaled(new Code(DType.FLOAT32)).variant(numbers & 0b10),
          logarithm(new Code(DType.FLOAT32)).variant(numbers));
    }

    /** e^(x - M). */
    private static Kernel exponential(Code code) {
      return new Kernel(ExpKernels.expOfDifference(code.input(0), code.input(1)), 2);
    }

    /** e / s, as a product. */
    private static Kernel scaled(Code code) {
      return new Kernel(code.input(0).times(code.input(1)), 2);
    }

    /** x - M - log(s). */
    private static Kernel logarithm(Code code) {
      return new Kernel(code.input(0).minus(code.input(1)).minus(code.input(2)), 3);
    }
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
  private final Object[] arrays = new Object[3];
  private final int[] offsets = new int[3];

  private FloatSoftmax(float[] x, float[] y, int n, int width, boolean logarithm) {
    this.x = x;
    this.y = y;
    this.n = n;
    this.logarithm = logarithm;
    boolean inRows = width == 1 && n >= LONG_SLICE;
    this.exponentials = new float[inRows && !(logarithm && x == y) ? 0 : n * width];
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
      width = Math.min(inner, Math.max(16, TILE / n / 16 * 16));
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
    boolean needsRoom = logarithm && x == y;
    float[] terms = needsRoom ? exponentials : y;
    int termsStart = needsRoom ? 0 : start;
    operands(x, start, largest, null);
    ROW.exponential.run(terms, termsStart, arrays, offsets, n);
    float s = sum.of(terms, termsStart, n);
    if (logarithm) {
      scale[0] = log(s, terms, termsStart);
      operands(x, start, largest, scale);
      ROW.logarithm.run(y, start, arrays, offsets, n);
    } else {
      scale[0] = 1 / s;
      operands(terms, termsStart, scale, null);
      ROW.scaled.run(y, start, arrays, offsets, n);
    }
  }

  /** Slices that are columns of a matrix with such a stride. */
  private void columns(float[] from, float[] to, int start, int stride, int width) {
    extreme.columns(from, start, n, stride, width, largest, 0);
    for (int p = 0; p < n; p++) {
      operands(from, start + p * stride, largest, null);
      COLUMNS_AT_ONCE.exponential.run(exponentials, p * width, arrays, offsets, width);
    }
    columnSum.sum(exponentials, 0, n, width, scale, 0);
    for (int j = 0; j < width; j++) {
      scale[j] = logarithm ? logOfColumn(j, width) : 1 / scale[j];
    }
    for (int p = 0; p < n; p++) {
      int place = start + p * stride;
      if (logarithm) {
        operands(from, place, largest, scale);
        COLUMNS_AT_ONCE.logarithm.run(to, place, arrays, offsets, width);
      } else {
        operands(exponentials, p * width, scale, null);
        COLUMNS_AT_ONCE.scaled.run(to, place, arrays, offsets, width);
      }
    }
  }

  /** Slices in rows that are too short for vectors, turned into columns and back. */
  private void shortSlices(int start, int count) {
    for (int p = 0; p < n; p++) {
      for (int i = 0; i < count; i++) {
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
    return log(s, column, 0);
  }

  /** Returns log(s), s the sum of the terms, which are looked at and changed if s is near 1. */
  private float log(float s, float[] terms, int start) {
    if (!(s < MOSTLY_ONE)) {
      return (float) Math.log(s);
    }
    int one = start;
    while (terms[one] != 1) {
      one++;
    }
    terms[one] = 0;
    return (float) Math.log1p(sum.of(terms, start, n));
  }

  private void operands(float[] a, int start, float[] b, float[] c) {
    arrays[0] = a;
    arrays[1] = b;
    arrays[2] = c;
    offsets[0] = start;
    offsets[1] = 0;
    offsets[2] = 0;
  }
}
