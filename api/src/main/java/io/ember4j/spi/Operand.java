package io.ember4j.spi;

/**
 * What an elementwise operation reads: a constant, or a buffer in a repeating pattern.
 *
 * <p>Element {@code i} of a view is {@code buffer[(i / repeat) % buffer.size()]}. Seen as three
 * nested loops {@code [outer, period, repeat]}, with {@code period = buffer.size()}: the result has
 * {@code outer * period * repeat} elements. That covers a full operand (repeat 1, one period), a
 * scalar (period 1), a bias row (repeat 1, many periods), a column, and a channel in the middle.
 */
public sealed interface Operand {
  /**
   * The same number for every element.
   *
   * @param value already rounded to the dtype of the operation
   */
  record Constant(double value) implements Operand {}

  /**
   * A buffer read in a repeating pattern.
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
}
