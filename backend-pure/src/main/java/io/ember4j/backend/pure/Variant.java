package io.ember4j.backend.pure;

import io.ember4j.DType;

/**
 * The loops of a {@link Kernel} for one choice of operands that are single numbers: scalar at
 * first, and in vectors once there has been enough work for it and the JIT compiler is done with
 * them.
 *
 * <p>The interpreter runs vectors some twenty times slower than single numbers, so they are not run
 * before; as both give the same bits, nobody can tell when the change happens.
 */
final class Variant {
  /** So many instructions have been executed before vectors are worth the wait. */
  private static final long HOT = 200_000;

  private final LoopShape shape;
  private final Loop scalar;
  private final int instructions;
  private long executed;
  private boolean asked;
  private volatile Loop vector;
  private volatile int width;

  Variant(LoopShape shape) {
    this.shape = shape;
    Code code = shape.root().code();
    this.instructions = Math.max(1, code.count(shape.root()));
    this.scalar = LoopWriter.write(shape, new ScalarWriter(code.dtype()));
  }

  DType dtype() {
    return shape.root().code().dtype();
  }

  LoopShape shape() {
    return shape;
  }

  Loop scalar() {
    return scalar;
  }

  /** Returns a new vector loop, not yet compiled. */
  Loop newVector() {
    return LoopWriter.write(shape, VectorWriter.preferred(dtype()));
  }

  /** Switches to a vector loop, which is compiled. */
  void use(Loop compiled) {
    width = VectorWriter.preferred(dtype()).width();
    vector = compiled;
  }

  boolean usesVectors() {
    return vector != null;
  }

  /**
   * Computes n elements; see {@link Loop#run}. The offsets are changed. For a fold, n is a multiple
   * of {@link Fold#LANES}.
   */
  void run(Object result, int resultOffset, Object[] arrays, int[] offsets, int n) {
    Loop fast = vector;
    if (fast == null) {
      scalar.run(result, resultOffset, arrays, offsets, n);
      count(n);
      return;
    }
    int whole = n - n % width;
    if (whole > 0) {
      fast.run(result, resultOffset, arrays, offsets, n);
    }
    if (whole < n) {
      for (int k = 0; k < shape.operands(); k++) {
        if (!shape.isSpread(k)) {
          offsets[k] += whole;
        }
      }
      scalar.run(result, resultOffset + whole, arrays, offsets, n - whole);
    }
  }

  /** Counts without a lock: it does not matter when some of it is lost. */
  private void count(int n) {
    executed += (long) n * instructions;
    if (executed >= HOT && Simd.isAvailable()) {
      askForVectors();
    }
  }

  private synchronized void askForVectors() {
    if (!asked) {
      asked = true;
      Warmup.submit(this);
    }
  }
}
