package io.ember4j.backend.pure;

import io.ember4j.DType;
import io.ember4j.expr.Primitive;
import java.util.Arrays;
import java.util.function.Function;

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
  /** Columns that are computed at a time. */
  private static final int WIDTH = Simd.isAvailable() ? Strip.columns(DType.FLOAT32) : 64;

  /** Shorter slices are turned into columns, of which many are computed at a time. */
  private static final int LONG_SLICE = Simd.isAvailable() ? 192 : 48;

  /** What an element takes, all passes together. */
  private static final int INSTRUCTIONS = 60;

  private static final double MOSTLY_ONE = 1.5;

  /** e^(x - M). */
  private static final Step EXPONENTIAL =
      Step.of(2, code -> ExpKernels.expOfDifference(code.input(0), code.input(1)));

  /** e / s, as a product. */
  private static final Step SCALED = Step.of(2, code -> code.input(0).times(code.input(1)));

  /** x - M - log(s). */
  private static final Step LOGARITHM =
      Step.of(3, code -> code.input(0).minus(code.input(1)).minus(code.input(2)));

  /**
   * An elementwise loop whose operands after the first are numbers of a slice, or a row of them,
   * one for each of the columns.
   */
  private record Step(Variant alongSlice, Variant alongRow, Strip down) {
    static Step of(int operands, Function<Code, Value> formula) {
      Value root = formula.apply(new Code(DType.FLOAT32));
      Kernel kernel = new Kernel(root, operands);
      return new Step(
          kernel.variant((1L << operands) - 2),
          kernel.variant(0),
          new Strip(root, operands, Fold.NONE));
    }
  }

  private final float[] x;
  private final float[] y;
  private final int n;
  private final boolean logarithm;
  private final float[] largest;
  private final float[] scale;
  private final FloatScratch scratch = FloatScratch.mine();

  /** The exponentials of a strip, or of a slice whose result is in the place of its input. */
  private float[] exponentials = {};

  /** A strip of our own, or slices in rows. */
  private float[] moved = {};

  private final FloatExtreme extreme = new FloatExtreme(Primitive.MAX);
  private final FloatSum sum = new FloatSum();
  private final FloatColumnSum columnSum;
  private final Object[] arrays = new Object[3];
  private final int[] offsets = new int[3];
  private final int[] strides = new int[3];

  private FloatSoftmax(float[] x, float[] y, int n, boolean inColumns, boolean logarithm) {
    this.x = x;
    this.y = y;
    this.n = n;
    this.logarithm = logarithm;
    int width = inColumns ? WIDTH : 1;
    this.largest = new float[width];
    this.scale = new float[width];
    this.columnSum = new FloatColumnSum(width);
  }

  /** Computes all slices of {@code x}, seen as {@code [outer, n, inner]}, into {@code y}. */
  static void run(float[] x, int outer, int n, int inner, boolean logarithm, float[] y) {
    boolean inColumns = inner > 1 || n < LONG_SLICE;
    int tiles = inColumns ? ceilDiv(outer * inner, WIDTH) : outer;
    int parts = Math.min(tiles, Workers.SHARED.parts((long) x.length * INSTRUCTIONS));
    Workers.run(
        parts,
        part -> {
          FloatSoftmax softmax = new FloatSoftmax(x, y, n, inColumns, logarithm);
          int end = (int) ((part + 1L) * tiles / parts);
          for (int tile = (int) ((long) part * tiles / parts); tile < end; tile++) {
            if (inColumns) {
              softmax.tile(tile * WIDTH, Math.min(WIDTH, outer * inner - tile * WIDTH), inner);
            } else {
              softmax.slice(x, y, tile * n);
            }
          }
        });
  }

  private static int ceilDiv(int a, int b) {
    return (a - 1) / b + 1;
  }

  /** Slices first to first + count - 1, of which {@code inner} stand side by side. */
  private void tile(int first, int count, int inner) {
    int j = first % inner;
    if (inner > 1 && j + WIDTH <= inner && count == WIDTH) {
      strip(x, y, first / inner * n * inner + j, inner);
      return;
    }
    boolean inRows = n >= LONG_SLICE && count <= WIDTH / 2;
    int size = n * (inRows ? count : WIDTH);
    moved = moved.length < size ? scratch.b(size) : moved;
    move(first, count, inner, inRows, true);
    if (inRows) {
      for (int i = 0; i < count; i++) {
        slice(moved, moved, i * n);
      }
    } else {
      strip(moved, moved, 0, WIDTH);
    }
    move(first, count, inner, inRows, false);
  }

  /**
   * Moves slices that are no strip as they stand, because they are rows, or in several matrices, or
   * too few, to where they are one, or back. If they are long and few, they become rows.
   */
  private void move(int first, int count, int inner, boolean inRows, boolean in) {
    int width;
    for (int i = 0; i < count; i += width) {
      int j = (first + i) % inner;
      width = inner == 1 ? count : Math.min(inner - j, count - i);
      int start = (first + i) / inner * n * inner + j;
      if (inner == 1 && in) {
        FloatPacking.copy(x, start, n, 1, count, n, moved, 0, WIDTH);
      } else if (inner == 1) {
        FloatPacking.copy(moved, 0, WIDTH, 1, n, count, y, start, n);
      } else if (inRows && in) {
        FloatPacking.copy(x, start, inner, 1, n, width, moved, i * n, n);
      } else if (inRows) {
        FloatPacking.copy(moved, i * n, n, 1, width, n, y, start, inner);
      } else if (in) {
        copyRows(x, start, inner, moved, i, WIDTH, width);
      } else {
        copyRows(moved, i, WIDTH, y, start, inner, width);
      }
    }
  }

  private void copyRows(
      float[] from, int start, int stride, float[] to, int target, int targetStride, int width) {
    for (int p = 0; p < n; p++) {
      System.arraycopy(from, start + p * stride, to, target + p * targetStride, width);
    }
  }

  /** A slice whose elements stand in a row. */
  private void slice(float[] from, float[] to, int start) {
    largest[0] = extreme.of(from, start, n);
    boolean needsRoom = logarithm && from == to;
    if (needsRoom && exponentials.length < n) {
      exponentials = scratch.a(n);
    }
    float[] terms = needsRoom ? exponentials : to;
    int termsStart = needsRoom ? 0 : start;
    operands(from, start, largest, null);
    EXPONENTIAL.alongSlice().run(terms, termsStart, arrays, offsets, n);
    float s = sum.of(terms, termsStart, n);
    if (logarithm) {
      scale[0] = log(s, terms, termsStart);
      operands(from, start, largest, scale);
      LOGARITHM.alongSlice().run(to, start, arrays, offsets, n);
    } else {
      scale[0] = 1 / s;
      operands(terms, termsStart, scale, null);
      SCALED.alongSlice().run(to, start, arrays, offsets, n);
    }
  }

  /** As many columns as are computed at a time. */
  private void strip(float[] from, float[] to, int start, int stride) {
    int rows = ceilDiv(n, Fold.LANES) * Fold.LANES;
    if (exponentials.length < rows * WIDTH) {
      exponentials = scratch.a(rows * WIDTH);
    }
    extreme.columns(from, start, n, stride, WIDTH, largest, 0);
    operands(from, start, largest, null);
    down(EXPONENTIAL, exponentials, 0, WIDTH, stride);
    // Rows of zeros change no sum, and make it one of whole rounds.
    Arrays.fill(exponentials, n * WIDTH, rows * WIDTH, 0);
    columnSum.sum(exponentials, 0, rows, WIDTH, scale, 0);
    for (int j = 0; j < WIDTH; j++) {
      scale[j] = logarithm ? logOfColumn(scale[j], j) : 1 / scale[j];
    }
    if (logarithm) {
      operands(from, start, largest, scale);
      down(LOGARITHM, to, start, stride, stride);
    } else {
      operands(exponentials, 0, scale, null);
      down(SCALED, to, start, stride, WIDTH);
    }
  }

  /** Takes a step for all rows of a strip; the operands after the first are one row for all. */
  private void down(Step step, float[] result, int resultStart, int resultStride, int stride) {
    StripLoop loop = step.down().find((long) n * WIDTH);
    strides[0] = stride;
    if (loop != null) {
      loop.run(result, resultStart, arrays, offsets, n, resultStride, strides);
      return;
    }
    int start = offsets[0];
    for (int p = 0; p < n; p++) {
      offsets[0] = start + p * stride;
      offsets[1] = 0;
      offsets[2] = 0;
      step.alongRow().run(result, resultStart + p * resultStride, arrays, offsets, WIDTH);
    }
  }

  /** Returns log(s), s the sum of column j of the exponentials. */
  private float logOfColumn(float s, int j) {
    if (!(s < MOSTLY_ONE)) {
      return (float) Math.log(s);
    }
    float[] terms = scratch.c(n);
    for (int p = 0; p < n; p++) {
      terms[p] = exponentials[p * WIDTH + j];
    }
    return log(s, terms, 0);
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
