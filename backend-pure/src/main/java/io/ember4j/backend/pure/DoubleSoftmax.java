package io.ember4j.backend.pure;

import io.ember4j.DType;
import io.ember4j.expr.Primitive;
import java.util.Arrays;
import java.util.function.Function;

/**
 * Softmax and its logarithm of float64 slices, each slice while it is in the cache; {@link
 * FloatSoftmax} is its twin.
 *
 * <p>Formula: with M the largest element, k an integer near M log2(e) and s the sum of
 * e<sup>x</sup> 2<sup>-k</sup> in the {@link SumOrder}, softmax is e<sup>x</sup> 2<sup>-k</sup> / s
 * ({@link #quotient}). Taking k off the exponent loses no digit, as subtracting M would. With t the
 * term of M, log-softmax is (x - M) - log(s / t). Where s / t is below 1.5, t makes up most of it,
 * and its logarithm is log1p of the sum of the others over t.
 *
 * <p>A slice whose M is large is made one whose M is 0 first, by a subtraction that is exact where
 * the result is not 0.
 *
 * <p>Special cases: a slice that holds NaN or +infinity, or nothing but -infinity, gives NaN. In
 * others, -infinity gives 0, and -infinity as logarithm.
 *
 * <p>Accuracy: softmax 1.5 ULP, and the error of the sum; log-softmax 4 ULP of the larger of |x -
 * M| and log(s / t), and the error of the sum.
 */
final class DoubleSoftmax {
  /** Columns that are computed at a time. */
  private static final int WIDTH = Simd.isAvailable() ? Strip.columns(DType.FLOAT64) : 64;

  /** Shorter slices are turned into columns, of which many are computed at a time. */
  private static final int LONG_SLICE = Simd.isAvailable() ? 192 : 48;

  /** What an element takes, all passes together. */
  private static final int INSTRUCTIONS = 60;

  private static final double MOSTLY_ONE = 1.5;

  /** From here on, x - M is exact for all x whose e^(x - M) is not 0. */
  private static final double LARGE = 2048;

  private static final ExpConstants CONSTANTS = ExpConstants.of(new Code(DType.FLOAT64).input(0));

  /** x - M. */
  private static final Step DIFFERENCE = Step.of(2, code -> code.input(0).minus(code.input(1)));

  /** e^x 2^-k. */
  private static final Step EXPONENTIAL =
      Step.of(2, code -> ExpKernels.expOverPower(code.input(0), code.input(1)));

  /** e / s. */
  private static final Step SCALED =
      Step.of(3, code -> quotient(code.input(0), code.input(1), code.input(2)));

  /** x - M - log(s / t). */
  private static final Step LOGARITHM =
      Step.of(3, code -> code.input(0).minus(code.input(1)).minus(code.input(2)));

  /**
   * An elementwise loop whose operands after the first are numbers of a slice, or a row of them,
   * one for each of the columns.
   */
  private record Step(Variant alongSlice, Variant alongRow, Strip down) {
    static Step of(int operands, Function<Code, Value> formula) {
      Value root = formula.apply(new Code(DType.FLOAT64));
      Kernel kernel = new Kernel(root, operands);
      return new Step(
          kernel.variant((1L << operands) - 2),
          kernel.variant(0),
          new Strip(root, operands, Fold.NONE));
    }
  }

  private final double[] x;
  private final double[] y;
  private final int n;
  private final boolean logarithm;
  private final double[] largest;
  private final double[] rounder;
  private final double[] peak;
  private final double[] sums;
  private final double[] scale;
  private final DoubleScratch scratch = DoubleScratch.mine();

  /** The exponentials of a strip, or of a slice whose result is in the place of its input. */
  private double[] exponentials = {};

  /** A strip of our own, or slices in rows. */
  private double[] moved = {};

  private final DoubleExtreme extreme = new DoubleExtreme(Primitive.MAX);
  private final DoubleSum sum = new DoubleSum();
  private final DoubleColumnSum columnSum;
  private final Object[] arrays = new Object[3];
  private final int[] offsets = new int[3];
  private final int[] strides = new int[3];

  private DoubleSoftmax(double[] x, double[] y, int n, boolean inColumns, boolean logarithm) {
    this.x = x;
    this.y = y;
    this.n = n;
    this.logarithm = logarithm;
    int width = inColumns ? WIDTH : 1;
    this.largest = new double[width];
    this.rounder = new double[width];
    this.peak = new double[width];
    this.sums = new double[width];
    this.scale = new double[width];
    this.columnSum = new DoubleColumnSum(width);
  }

  /** Computes all slices of {@code x}, seen as {@code [outer, n, inner]}, into {@code y}. */
  static void run(double[] x, int outer, int n, int inner, boolean logarithm, double[] y) {
    boolean inColumns = inner > 1 || n < LONG_SLICE;
    int tiles = inColumns ? ceilDiv(outer * inner, WIDTH) : outer;
    int parts = Math.min(tiles, Workers.SHARED.parts((long) x.length * INSTRUCTIONS));
    Workers.run(
        parts,
        part -> {
          DoubleSoftmax softmax = new DoubleSoftmax(x, y, n, inColumns, logarithm);
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
        DoublePacking.copy(x, start, n, 1, count, n, moved, 0, WIDTH);
      } else if (inner == 1) {
        DoublePacking.copy(moved, 0, WIDTH, 1, n, count, y, start, n);
      } else if (inRows && in) {
        DoublePacking.copy(x, start, inner, 1, n, width, moved, i * n, n);
      } else if (inRows) {
        DoublePacking.copy(moved, i * n, n, 1, width, n, y, start, inner);
      } else if (in) {
        copyRows(x, start, inner, moved, i, WIDTH, width);
      } else {
        copyRows(moved, i, WIDTH, y, start, inner, width);
      }
    }
  }

  private void copyRows(
      double[] from, int start, int stride, double[] to, int target, int targetStride, int width) {
    for (int p = 0; p < n; p++) {
      System.arraycopy(from, start + p * stride, to, target + p * targetStride, width);
    }
  }

  /** A slice whose elements stand in a row. */
  private void slice(double[] from, double[] to, int start) {
    largest[0] = extreme.of(from, start, n);
    boolean needsRoom = logarithm && from == to;
    if (needsRoom && exponentials.length < n) {
      exponentials = scratch.a(n);
    }
    double[] terms = needsRoom ? exponentials : to;
    int termsStart = needsRoom ? 0 : start;
    double[] source = from;
    int sourceStart = start;
    boolean isLarge = Math.abs(largest[0]) >= LARGE;
    if (isLarge) {
      operands(from, start, largest, null);
      DIFFERENCE.alongSlice().run(terms, termsStart, arrays, offsets, n);
      source = terms;
      sourceStart = termsStart;
    }
    prepare(1, isLarge);
    operands(source, sourceStart, rounder, null);
    EXPONENTIAL.alongSlice().run(terms, termsStart, arrays, offsets, n);
    sums[0] = sum.of(terms, termsStart, n);
    if (logarithm) {
      scale[0] = log(sums[0], peak[0], terms, termsStart);
      operands(from, start, largest, scale);
      LOGARITHM.alongSlice().run(to, start, arrays, offsets, n);
    } else {
      scale[0] = 1 / sums[0];
      operands(terms, termsStart, scale, sums);
      SCALED.alongSlice().run(to, start, arrays, offsets, n);
    }
  }

  /**
   * Finds what is taken off the exponents, and for logarithms the largest terms, of some slices.
   */
  private void prepare(int count, boolean isAnyLarge) {
    System.arraycopy(largest, 0, peak, 0, count);
    for (int j = 0; j < count && isAnyLarge; j++) {
      peak[j] = Math.abs(peak[j]) >= LARGE ? 0 : peak[j];
    }
    // Adding it rounds to whole numbers.
    double base = CONSTANTS.rounder(CONSTANTS.raise());
    double factor = CONSTANTS.log2e().high();
    for (int j = 0; j < count; j++) {
      rounder[j] = base - (peak[j] * factor + base - base);
    }
    if (logarithm) {
      operands(peak, 0, rounder, null);
      EXPONENTIAL.alongRow().run(peak, 0, arrays, offsets, count);
    }
  }

  /** As many columns as are computed at a time. */
  private void strip(double[] from, double[] to, int start, int stride) {
    int rows = ceilDiv(n, Fold.LANES) * Fold.LANES;
    if (exponentials.length < rows * WIDTH) {
      exponentials = scratch.a(rows * WIDTH);
    }
    extreme.columns(from, start, n, stride, WIDTH, largest, 0);
    double[] source = from;
    int sourceStart = start;
    int sourceStride = stride;
    boolean isAnyLarge = isAnyLarge();
    if (isAnyLarge) {
      for (int j = 0; j < WIDTH; j++) {
        scale[j] = Math.abs(largest[j]) >= LARGE ? largest[j] : 0;
      }
      operands(from, start, scale, null);
      down(DIFFERENCE, exponentials, 0, WIDTH, stride);
      source = exponentials;
      sourceStart = 0;
      sourceStride = WIDTH;
    }
    prepare(WIDTH, isAnyLarge);
    operands(source, sourceStart, rounder, null);
    down(EXPONENTIAL, exponentials, 0, WIDTH, sourceStride);
    // Rows of zeros change no sum, and make it one of whole rounds.
    Arrays.fill(exponentials, n * WIDTH, rows * WIDTH, 0);
    columnSum.sum(exponentials, 0, rows, WIDTH, sums, 0);
    for (int j = 0; j < WIDTH; j++) {
      scale[j] = logarithm ? logOfColumn(sums[j], j) : 1 / sums[j];
    }
    if (logarithm) {
      operands(from, start, largest, scale);
      down(LOGARITHM, to, start, stride, stride);
    } else {
      operands(exponentials, 0, scale, sums);
      down(SCALED, to, start, stride, WIDTH);
    }
  }

  private boolean isAnyLarge() {
    for (double m : largest) {
      if (Math.abs(m) >= LARGE) {
        return true;
      }
    }
    return false;
  }

  /** Takes a step for all rows of a strip; the operands after the first are one row for all. */
  private void down(Step step, double[] result, int resultStart, int resultStride, int stride) {
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

  /** Returns log(s / t), s the sum of column j of the exponentials. */
  private double logOfColumn(double s, int j) {
    if (!(s < MOSTLY_ONE * peak[j])) {
      return Math.log(s / peak[j]);
    }
    double[] terms = scratch.c(n);
    for (int p = 0; p < n; p++) {
      terms[p] = exponentials[p * WIDTH + j];
    }
    return log(s, peak[j], terms, 0);
  }

  /** Returns log(s / t), s the sum of the terms, which are looked at and changed if s is near t. */
  private double log(double s, double t, double[] terms, int start) {
    if (!(s < MOSTLY_ONE * t)) {
      return Math.log(s / t);
    }
    int one = start;
    while (terms[one] != t) {
      one++;
    }
    terms[one] = 0;
    return Math.log1p(sum.of(terms, start, n) / t);
  }

  /**
   * Returns e / s, given 1 / s rounded: the product of the two is corrected by what is left of e,
   * as in {@link KnownDivision}. It is 1 where e is s.
   */
  private static Value quotient(Value e, Value reciprocal, Value s) {
    Value quotient = e.times(reciprocal);
    return quotient.negate().fma(s, e).fma(reciprocal, quotient);
  }

  private void operands(double[] a, int start, double[] b, double[] c) {
    arrays[0] = a;
    arrays[1] = b;
    arrays[2] = c;
    offsets[0] = start;
    offsets[1] = 0;
    offsets[2] = 0;
  }
}
