package io.ember4j.backend.pure;

import io.ember4j.DType;

/** Runs a vector loop and its scalar one on the same idle data, to see which is faster. */
final class LoopRace {
  private static final int ELEMENTS = 1024;

  /** Short calls first, because the compiler counts calls, and the interpreter is slow. */
  private static final int SHORT_CALLS = 200;

  private final Loop scalar;
  private final Object result;
  private final Object[] arrays;
  private final int[] offsets;
  private final int few;

  LoopRace(LoopShape shape, Loop scalar) {
    DType dtype = shape.root().code().dtype();
    this.scalar = scalar;
    this.result = newArray(dtype);
    this.arrays = new Object[shape.operands() + 1];
    for (int k = 0; k < arrays.length; k++) {
      arrays[k] = newArray(dtype);
    }
    this.offsets = new int[arrays.length];
    this.few = Math.max(2 * VectorWriter.preferred(dtype).width(), Fold.ROUND);
  }

  /** Returns whether the vector loop won. */
  boolean isWon(Loop vector) {
    for (int i = 0; i < SHORT_CALLS; i++) {
      vector.run(result, 0, arrays, offsets, few);
      scalar.run(result, 0, arrays, offsets, few);
    }
    return shortest(vector) < shortest(scalar);
  }

  private long shortest(Loop loop) {
    long shortest = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      long start = System.nanoTime();
      loop.run(result, 0, arrays, offsets, ELEMENTS);
      shortest = Math.min(shortest, System.nanoTime() - start);
    }
    return shortest;
  }

  private static Object newArray(DType dtype) {
    return dtype == DType.FLOAT32 ? new float[ELEMENTS] : new double[ELEMENTS];
  }
}
