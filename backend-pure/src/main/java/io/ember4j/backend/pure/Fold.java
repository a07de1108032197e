package io.ember4j.backend.pure;

/**
 * What a loop does with the elements it computes: it writes them, adds them up, or finds the
 * extreme, in {@value #LANES} lanes as the {@link SumOrder} has them.
 *
 * <p>No loop does two of these: one that wrote exponentials and added them up took 1.4 ns for an
 * element, two loops 0.37 and 0.1.
 */
enum Fold {
  /** Writes them. */
  NONE(null),
  /** lane[l] += element i, where i modulo the lanes is l. */
  SUM(Op.ADD),
  /** lane[l] = max(lane[l], element i). */
  MAX(Op.MAX),
  /** lane[l] = min(lane[l], element i). */
  MIN(Op.MIN);

  /** Lanes of a fold, and so the number of which its elements have to be a multiple. */
  static final int LANES = SumOrder.LANES;

  private final Op op;

  Fold(Op op) {
    this.op = op;
  }

  /** Returns what takes a lane and an element to the lane's next value. */
  Op op() {
    return op;
  }
}
