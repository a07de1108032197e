package io.ember4j.backend.pure;

/** A loop made for one {@link Code} that goes down a {@link Strip}, row by row. */
abstract class StripLoop {
  /**
   * Computes a strip.
   *
   * @param result the array to write, {@code float[]} or {@code double[]}; unused by a fold
   * @param resultOffset where its first row begins
   * @param operands the arrays to read, of the same type, and for a fold the one that it leaves its
   *     columns in
   * @param offsets where their first rows begin
   * @param rows how many rows; for a sum a multiple of {@link Fold#LANES}
   * @param resultStride from one row of the result to the next
   * @param strides from one row of each operand to the next; 0 where all rows are one
   */
  abstract void run(
      Object result,
      int resultOffset,
      Object[] operands,
      int[] offsets,
      int rows,
      int resultStride,
      int[] strides);
}
