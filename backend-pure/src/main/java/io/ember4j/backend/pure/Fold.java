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

  /** Lanes of a fold; the elements of a sum have to be a multiple of them. */
  static final int LANES = SumOrder.LANES;

  /**
   * How many times the lanes of an extreme are there in vectors, where each waits longer for its
   * previous element than for the next: the order does not matter to them.
   */
  static final int COPIES = 4;

  /** The number of which the elements of an extreme have to be a multiple. */
  static final int ROUND = COPIES * LANES;

  private final Op op;

  Fold(Op op) {
    this.op = op;
  }

  /** Returns what takes a lane and an element to the lane's next value. */
  Op op() {
    return op;
  }

  /** Returns whether the order of the elements does not matter, nor whether some come twice. */
  boolean isExtreme() {
    return this == MAX || this == MIN;
  }
}
