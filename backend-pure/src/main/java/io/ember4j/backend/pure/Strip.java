package io.ember4j.backend.pure;

import io.ember4j.DType;

/**
 * A kernel over neighbouring columns of matrices, as one loop down their rows: a call per strip
 * instead of one per row. It exists in vectors only; until they are fast there is {@link Kernel}.
 *
 * <p>Without a fold each element is written. An extreme goes on from the row in its array, and
 * leaves a row there. A sum is over {@link Fold#LANES} lanes as the {@link SumOrder} has them,
 * which start from the row in the array, that has to be zero, and one vector wide.
 */
final class Strip {
  /** Vectors side by side: as many as keep a processor busy, and whole cache lines. */
  private static final int VECTORS = 4;

  private final int elements;
  private final WarmUp<StripLoop> loop;

  /** A strip of a value whose inputs are operands 0 to operands - 1. */
  Strip(Value root, int operands, Fold fold) {
    LoopShape shape = new LoopShape(root, operands, 0, fold);
    DType dtype = root.code().dtype();
    this.elements = Math.max(1, root.code().count(root));
    this.loop =
        new WarmUp<>(
            Variant.HOT,
            () -> LoopWriter.writeStrip(shape, VectorWriter.preferred(dtype)),
            made -> new StripRace(shape).isWon(made));
  }

  /** Returns the columns of a strip. */
  static int columns(DType dtype) {
    return VECTORS * vector(dtype);
  }

  /** Returns the columns of a sum: those of one vector, or one where there is no SIMD. */
  static int vector(DType dtype) {
    return Simd.isAvailable() ? VectorWriter.preferred(dtype).width() : 1;
  }

  /** Returns how many vectors of a row a loop computes. */
  static int vectors(Fold fold) {
    return fold == Fold.SUM ? 1 : VECTORS;
  }

  /** Returns the loop if it is fast, else null, and counts the elements to be computed without. */
  StripLoop find(long elements) {
    return loop.find(elements * this.elements);
  }
}
