package io.ember4j.backend.pure;

import io.ember4j.DType;

/** Runs a loop down a strip and a scalar one over as many elements, to see which is faster. */
final class StripRace {
  private static final int ROWS = 64;

  /** Short calls first, because the compiler counts calls, and the interpreter is slow. */
  private static final int SHORT_CALLS = 200;

  private final Loop scalar;
  private final int columns;
  private final Object result;
  private final Object[] arrays;
  private final int[] offsets;
  private final int[] strides;

  StripRace(LoopShape shape) {
    DType dtype = shape.root().code().dtype();
    this.scalar =
        LoopWriter.write(LoopShape.map(shape.root(), shape.operands(), 0), new ScalarWriter(dtype));
    this.columns = Strip.vectors(shape.fold()) * Strip.vector(dtype);
    this.result = newArray(dtype);
    this.arrays = new Object[shape.operands() + 1];
    this.offsets = new int[arrays.length];
    this.strides = new int[arrays.length];
    for (int k = 0; k < arrays.length; k++) {
      arrays[k] = newArray(dtype);
      strides[k] = columns;
    }
  }

  /** Returns whether the strip won. */
  boolean isWon(StripLoop strip) {
    for (int i = 0; i < SHORT_CALLS; i++) {
      strip.run(result, 0, arrays, offsets, Fold.LANES, columns, strides);
      scalar.run(result, 0, arrays, offsets, Fold.LANES);
    }
    long strips = shortest(() -> strip.run(result, 0, arrays, offsets, ROWS, columns, strides));
    long scalars = shortest(() -> scalar.run(result, 0, arrays, offsets, ROWS * columns));
    return strips < scalars;
  }

  private static long shortest(Runnable task) {
    long shortest = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      long start = System.nanoTime();
      task.run();
      shortest = Math.min(shortest, System.nanoTime() - start);
    }
    return shortest;
  }

  private Object newArray(DType dtype) {
    int size = ROWS * columns;
    return dtype == DType.FLOAT32 ? new float[size] : new double[size];
  }
}
