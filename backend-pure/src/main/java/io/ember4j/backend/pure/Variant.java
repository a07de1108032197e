package io.ember4j.backend.pure;

import io.ember4j.DType;

/**
 * The loops of a {@link Kernel} for one choice of operands that are single numbers: scalar at
 * first, and in vectors once they are fast.
 */
final class Variant {
  /** So many instructions have been executed before vectors are worth the wait. */
  static final long HOT = 200_000;

  /**
   * From so many bytes on, the collector that JVMs choose by themselves puts an array at the
   * beginning of a region, so that it is known where its cache lines begin: 16 bytes, the array's
   * header, before element 0.
   */
  private static final int LARGE = 1 << 19;

  private static final int CACHE_LINE = 64;
  private static final int ARRAY_HEADER = 16;

  private final LoopShape shape;
  private final Loop scalar;
  private final int instructions;
  private final WarmUp<Loop> vector;
  private final int width;
  private final int bytes;

  Variant(LoopShape shape) {
    this.shape = shape;
    Code code = shape.root().code();
    DType dtype = code.dtype();
    this.bytes = dtype.bytes();
    this.instructions = Math.max(1, code.count(shape.root()));
    this.scalar = LoopWriter.write(shape, new ScalarWriter(dtype));
    this.width = Simd.isAvailable() ? VectorWriter.preferred(dtype).width() : 1;
    this.vector =
        new WarmUp<>(
            HOT,
            () -> LoopWriter.write(shape, VectorWriter.preferred(dtype)),
            loop -> new LoopRace(shape, scalar).isWon(loop));
  }

  LoopShape shape() {
    return shape;
  }

  /**
   * Computes n elements; see {@link Loop#run}. The offsets are changed. For a fold, n is a multiple
   * of {@link Fold#LANES}, of an extreme of {@link Fold#ROUND}.
   */
  void run(Object result, int resultOffset, Object[] arrays, int[] offsets, int n) {
    Loop fast = vector.find((long) n * instructions);
    int first = fast == null ? 0 : beforeCacheLine(resultOffset, n);
    if (first > 0) {
      scalar.run(result, resultOffset, arrays, offsets, first);
      advance(offsets, first);
      run(fast, result, resultOffset + first, arrays, offsets, n - first);
    } else {
      run(fast, result, resultOffset, arrays, offsets, n);
    }
  }

  /**
   * Returns how many elements of a large array come before the next cache line: a vector that lies
   * across two lines takes twice the accesses. Where the guess is wrong, nothing is lost.
   */
  private int beforeCacheLine(int resultOffset, int n) {
    if (shape.fold() != Fold.NONE || (long) n * bytes < LARGE) {
      return 0;
    }
    int perLine = CACHE_LINE / bytes;
    return Math.floorMod(-ARRAY_HEADER / bytes - resultOffset, perLine);
  }

  private void run(
      Loop fast, Object result, int resultOffset, Object[] arrays, int[] offsets, int n) {
    int whole = fast == null ? 0 : n - n % width;
    if (whole > 0) {
      fast.run(result, resultOffset, arrays, offsets, n);
    }
    if (whole < n && whole > 0 && !isInPlace(result, arrays)) {
      // One more vector, over elements of which some are there already.
      int last = n - width;
      advance(offsets, last);
      fast.run(result, resultOffset + last, arrays, offsets, width);
    } else if (whole < n) {
      advance(offsets, whole);
      scalar.run(result, resultOffset + whole, arrays, offsets, n - whole);
    }
  }

  private boolean isInPlace(Object result, Object[] arrays) {
    for (int k = 0; k < shape.operands(); k++) {
      if (arrays[k] == result) {
        return true;
      }
    }
    return false;
  }

  private void advance(int[] offsets, int elements) {
    for (int k = 0; k < shape.operands(); k++) {
      if (!shape.isSpread(k)) {
        offsets[k] += elements;
      }
    }
  }
}
