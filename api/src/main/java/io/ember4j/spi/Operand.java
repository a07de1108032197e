package io.ember4j.spi;

/**
 * What an elementwise operation reads: a constant, a buffer in a repeating pattern, or, where the
 * backend offers that, a part of a buffer.
 */
public sealed interface Operand {
  /**
   * The same number for every element.
   *
   * @param value already rounded to the dtype of the operation
   */
  record Constant(double value) implements Operand {}

  /**
   * A buffer read in a repeating pattern: element {@code i} is {@code buffer[(i / repeat) %
   * buffer.size()]}.
   *
   * <p>Seen as three nested loops {@code [outer, period, repeat]}, with {@code period =
   * buffer.size()}: the result has {@code outer * period * repeat} elements. That covers a full
   * operand (repeat 1, one period), a scalar (period 1), a bias row (repeat 1, many periods), a
   * column, and a channel in the middle.
   *
   * @param buffer the elements, of the operation's dtype; never empty
   * @param repeat how often each element is used in a row, 1 or more
   */
  record View(Buffer buffer, long repeat) implements Operand {
    /**
     * Returns whether this view reads each element of a result of that size exactly once, in order.
     */
    public boolean isFull(long resultSize) {
      return repeat == 1 && buffer.size() == resultSize;
    }

    /** Returns the number of elements after which the pattern starts again: the buffer's size. */
    public long period() {
      return buffer.size();
    }

    /** Returns how many whole patterns a result of that size holds. */
    public long outer(long resultSize) {
      return resultSize / (buffer.size() * repeat);
    }
  }

  /**
   * Runs of elements at equal distances, such as one half of every row: element {@code i} is {@code
   * buffer[offset + i / run * stride + i % run]}. Only for {@link Backend#evaluate}, and only where
   * {@link Backend#readsSlices} said yes.
   *
   * @param buffer the elements, of the operation's dtype
   * @param offset where the first run begins
   * @param run elements in a row, 1 or more; the size of the result is a multiple of it
   * @param stride elements from one run to the next, {@code run} or more
   */
  record Slice(Buffer buffer, long offset, long run, long stride) implements Operand {}
}
