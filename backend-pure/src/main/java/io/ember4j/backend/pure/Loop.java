package io.ember4j.backend.pure;

/** A loop made for one {@link Code}: scalar, or in whole vectors. */
abstract class Loop {
  /**
   * Computes elements of the result; a vector loop leaves out those at the end that do not fill a
   * vector.
   *
   * @param result the array to write, {@code float[]} or {@code double[]}
   * @param resultOffset where to begin writing
   * @param operands the arrays to read, of the same type
   * @param offsets where to begin reading, or, of an operand that is one number for all elements,
   *     where it stands
   * @param n how many elements
   */
  abstract void run(Object result, int resultOffset, Object[] operands, int[] offsets, int n);
}
