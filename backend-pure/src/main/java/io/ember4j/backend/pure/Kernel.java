package io.ember4j.backend.pure;

import java.util.concurrent.ConcurrentHashMap;

/**
 * A compiled {@link Code}: one loop over all its operands.
 *
 * <p>Which operands are one number for all elements is part of a loop, so there is a variant for
 * each combination that is met; beyond a limit, they are made anew.
 */
final class Kernel {
  private static final int MAX_VARIANTS = 16;

  private final Value root;
  private final int operands;
  private final int instructions;
  private final Fold fold;
  private final ConcurrentHashMap<Long, Variant> variants = new ConcurrentHashMap<>(2);

  /** The variant found last, nearly always the next one, too; all it has is final, so no lock. */
  private Variant last;

  /** A kernel of a value whose inputs are operands 0 to operands - 1. */
  Kernel(Value root, int operands) {
    this(root, operands, Fold.NONE);
  }

  /** A kernel that folds its elements instead of writing them, unless the fold is NONE. */
  Kernel(Value root, int operands, Fold fold) {
    if (operands > Long.SIZE) {
      throw new IllegalArgumentException(operands + " operands in one kernel");
    }
    this.root = root;
    this.operands = operands;
    this.fold = fold;
    this.instructions = root.code().count(root);
  }

  int operands() {
    return operands;
  }

  /** Returns the number of instructions that compute one element. */
  int instructions() {
    return instructions;
  }

  /** Returns the variant in which operand k is one number if bit k is set. */
  Variant variant(long spread) {
    Variant recent = last;
    if (recent == null || recent.shape().spread() != spread) {
      recent = find(spread);
      last = recent;
    }
    return recent;
  }

  private Variant find(long spread) {
    Variant known = variants.get(spread);
    if (known != null) {
      return known;
    }
    if (variants.size() >= MAX_VARIANTS) {
      variants.clear();
    }
    return variants.computeIfAbsent(
        spread, mask -> new Variant(new LoopShape(root, operands, mask, fold)));
  }
}
