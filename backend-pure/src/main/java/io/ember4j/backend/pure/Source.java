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

  /** How the elements of a result map to those of the array. */
  enum Mode {
    /** Element i is element i. */
    FULL,
    /** Every element is element 0. */
    ONE,
    /** Element i is element i modulo the length: rows of a matrix. */
    ROWS,
    /** Runs of elements are one element each: columns. */
    RUNS,
    /** Any pattern, spread out before use. */
    SPREAD_OUT
  }

  private Mode mode;
  private Object array;
  private int period;
  private long repeat;

  /** Becomes the operand, of a result of that dtype and size. */
  void set(Operand operand, DType dtype, int size) {
    if (operand instanceof Operand.Constant constant) {
      mode = Mode.ONE;
      array = PureBuffer.numbers(dtype, constant.value());
      period = 1;
      repeat = size;
      return;
    }
    Operand.View view = (Operand.View) operand;
    PureBuffer buffer = PureBuffer.of(view.buffer());
    mode = mode(view, size);
    array = buffer.array();
    period = buffer.length();
    repeat = view.repeat();
  }

  /** Lets go of the array. */
  void clear() {
    array = null;
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
      case RUNS -> (int) Math.min(repeat - start % repeat, Integer.MAX_VALUE);
    };
  }

  /** Returns the place in the array of element start. */
  int offset(int start) {
    return switch (mode) {
      case FULL -> start;
      case ONE, SPREAD_OUT -> 0;
      case ROWS -> start % period;
      case RUNS -> (int) (start / repeat % period);
    };
  }

  /** Writes elements start to start + n to the beginning of a register. */
  void spreadOut(Object register, int start, int n) {
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

  private void fill(Object register, int from, int to, int position) {
    if (array instanceof float[] floats) {
      Arrays.fill((float[]) register, from, to, floats[position]);
    } else {
      Arrays.fill((double[]) register, from, to, ((double[]) array)[position]);
    }
  }
}
