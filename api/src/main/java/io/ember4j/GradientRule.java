package io.ember4j;

/** How an operation hands the gradient of its result on to its operands. */
@FunctionalInterface
interface GradientRule {
  /**
   * Returns the gradients of the operands, each of the operand's shape and dtype and owned by the
   * caller; null where not wanted.
   *
   * @param upstream the gradient of the result, of its shape and dtype; stays the caller's
   * @param wanted the operands whose gradients are needed
   */
  Tensor[] gradients(Tensor upstream, boolean[] wanted);
}
