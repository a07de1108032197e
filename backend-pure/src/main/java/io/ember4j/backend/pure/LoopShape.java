package io.ember4j.backend.pure;

/**
 * What a loop computes and for which operands.
 *
 * @param root the value of an element
 * @param operands the number of operands; the lanes of a fold are one more array after them
 * @param spread bit k is set where operand k is one number for all elements
 * @param fold what is done with the elements; if it is NONE, they are written into a result
 */
record LoopShape(Value root, int operands, long spread, Fold fold) {
  /** Returns the shape of a loop that writes its elements and does nothing else. */
  static LoopShape map(Value root, int operands, long spread) {
    return new LoopShape(root, operands, spread, Fold.NONE);
  }

  /** Returns whether an INPUT is one number for all elements. */
  boolean isSpread(Value input) {
    return isSpread((int) input.bits());
  }

  /** Returns whether operand k is one number for all elements. */
  boolean isSpread(int k) {
    return (spread >>> k & 1) != 0;
  }
}
