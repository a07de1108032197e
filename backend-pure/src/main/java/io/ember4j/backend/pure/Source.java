package io.ember4j.backend.pure;

import io.ember4j.DType;
import io.ember4j.spi.Operand;
import java.util.Arrays;

/**
 * Where a loop finds an operand: in its array as it stands, as one number, or, where the pattern
 * changes too often, spread out into a register block by block.
 */
final class Source {
  /** Patterns that go on for this long are read where they stand, in one piece after another. */
  private static final int LONG_RUN = 64;

  /** Runs of a slice that are worth a call of a loop each; shorter ones are put together first. */
  private static final int LONG_SLICE = 256;

  /** Runs of so many elements are worth a call to copy them. */
  private static final int MANY = 16;

  /** How the elements of a result map to those of the array. */
  enum Mode {
    /** Element i is element i, from the offset on. */
    FULL,
    /** Every element is element 0. */
    ONE,
    /** Element i is element i modulo the length: rows of a matrix. */
    ROWS,
    /** Runs of elements are one element each: columns. */
    RUNS,
    /** Runs of elements lie one after another, and the runs at equal distances. */
    SLICE,
    /** Any pattern, spread out before use. */
    SPREAD_OUT
  }

  private Mode mode;
  private Object array;

  /** Where a full operand or a slice begins. */
  private int offset;

  /** After how many elements the pattern starts again; of a slice, how far apart runs are. */
  private int period;

  /** How often each element is used in a row; of a slice, how many lie in a row. */
  private long repeat;

  private boolean isSlice;

  /** Becomes the operand, of a result of that dtype and size. */
  void set(Operand operand, DType dtype, int size) {
    offset = 0;
    isSlice = false;
    if (operand instanceof Operand.View view) {
      PureBuffer buffer = PureBuffer.of(view.buffer());
      mode = mode(view, size);
      array = buffer.array();
      period = buffer.length();
      repeat = view.repeat();
    } else if (operand instanceof Operand.Slice slice) {
      isSlice = true;
      mode = mode(slice, size);
      array = PureBuffer.of(slice.buffer()).array();
      offset = (int) slice.offset();
      period = (int) slice.stride();
      repeat = slice.run();
    } else {
      mode = Mode.ONE;
      array = PureBuffer.numbers(dtype, ((Operand.Constant) operand).value());
      period = 1;
      repeat = size;
    }
  }

  private static Mode mode(Operand.View view, int size) {
    if (view.isFull(size)) {
      return Mode.FULL;
    }
    if (view.period() == 1) {
      return Mode.ONE;
    }
    if (view.repeat() >= LONG_RUN) {
      return Mode.RUNS;
    }
    return view.repeat() == 1 && view.period() >= LONG_RUN ? Mode.ROWS : Mode.SPREAD_OUT;
  }

  private static Mode mode(Operand.Slice slice, int size) {
    if (slice.run() == size) {
      return Mode.FULL;
    }
    return slice.run() >= LONG_SLICE ? Mode.SLICE : Mode.SPREAD_OUT;
  }

  /** Lets go of the array. */
  void clear() {
    array = null;
  }

  boolean isSpreadOut() {
    return mode == Mode.SPREAD_OUT;
  }

  /** Whether a loop is given one number for all its elements. */
  boolean isOneNumber() {
    return mode == Mode.ONE || mode == Mode.RUNS;
  }

  Object array() {
    return array;
  }

  /** Returns how many elements from start on can be had in one piece. */
  int pieceFrom(int start) {
    return switch (mode) {
      case FULL, ONE, SPREAD_OUT -> Integer.MAX_VALUE;
      case ROWS -> period - start % period;
      case RUNS, SLICE -> (int) Math.min(repeat - start % repeat, Integer.MAX_VALUE);
    };
  }

  /** Returns the place in the array of element start. */
  int offset(int start) {
    return switch (mode) {
      case FULL -> offset + start;
      case ONE, SPREAD_OUT -> 0;
      case ROWS -> start % period;
      case RUNS -> (int) (start / repeat % period);
      case SLICE -> inSlice(start);
    };
  }

  private int inSlice(int start) {
    int run = (int) repeat;
    return offset + start / run * period + start % run;
  }

  /** Writes elements start to start + n to the beginning of a register. */
  void spreadOut(Object register, int start, int n) {
    if (isSlice) {
      spreadOutSlice(register, start, n);
      return;
    }
    if (repeat == 1) {
      Cycle.load(array, period, start % period, register, n);
      return;
    }
    int position = (int) (start / repeat % period);
    int done = 0;
    int run = (int) Math.min(n, repeat - start % repeat);
    while (done < n) {
      fill(register, done, done + run, position);
      done += run;
      position = position + 1 == period ? 0 : position + 1;
      run = (int) Math.min(n - done, repeat);
    }
  }

  private void spreadOutSlice(Object register, int start, int n) {
    int run = (int) repeat;
    int from = inSlice(start);
    int left = run - start % run;
    if (array instanceof float[] floats) {
      putTogether(floats, from, left, (float[]) register, n);
    } else {
      putTogether((double[]) array, from, left, (double[]) register, n);
    }
  }

  /** Copies n elements of a slice, of whose first run so many are left. */
  private void putTogether(float[] source, int start, int first, float[] target, int n) {
    int gap = period - (int) repeat;
    int left = first;
    int from = start;
    if (repeat < MANY) {
      for (int i = 0; i < n; i++) {
        target[i] = source[from++];
        if (--left == 0) {
          from += gap;
          left = (int) repeat;
        }
      }
      return;
    }
    for (int done = 0; done < n; left = (int) repeat) {
      int count = Math.min(n - done, left);
      System.arraycopy(source, from, target, done, count);
      done += count;
      from += count + gap;
    }
  }

  private void putTogether(double[] source, int start, int first, double[] target, int n) {
    int gap = period - (int) repeat;
    int left = first;
    int from = start;
    if (repeat < MANY) {
      for (int i = 0; i < n; i++) {
        target[i] = source[from++];
        if (--left == 0) {
          from += gap;
          left = (int) repeat;
        }
      }
      return;
    }
    for (int done = 0; done < n; left = (int) repeat) {
      int count = Math.min(n - done, left);
      System.arraycopy(source, from, target, done, count);
      done += count;
      from += count + gap;
    }
  }

  private void fill(Object register, int from, int to, int position) {
    if (array instanceof float[] floats) {
      Arrays.fill((float[]) register, from, to, floats[position]);
    } else {
      Arrays.fill((double[]) register, from, to, ((double[]) array)[position]);
    }
  }
}
