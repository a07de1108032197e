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

  private final Value root;
  private final int operands;
  private final long spread;
  private final Loop scalar;
  private final int instructions;
  private long executed;
  private boolean asked;
  private volatile Loop vector;
  private volatile int width;

  Variant(Value root, int operands, long spread) {
    this.root = root;
    this.operands = operands;
    this.spread = spread;
    this.instructions = root.code().count(root);
    this.scalar = LoopWriter.write(root, spread, new ScalarWriter(root.code().dtype()));
  }

  DType dtype() {
    return root.code().dtype();
  }

  int operands() {
    return operands;
  }

  /** Returns which operands are one number: bit k stands for operand k. */
  long spread() {
    return spread;
  }

  Loop scalar() {
    return scalar;
  }

  /** Returns a new vector loop, not yet compiled. */
  Loop newVector() {
    return LoopWriter.write(root, spread, VectorWriter.preferred(dtype()));
  }

  /** Switches to a vector loop, which is compiled. */
  void use(Loop compiled) {
    width = VectorWriter.preferred(dtype()).width();
    vector = compiled;
  }

  boolean usesVectors() {
    return vector != null;
  }

  /** Computes n elements; see {@link Loop#run}. The offsets are changed. */
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
      for (int k = 0; k < operands; k++) {
        if ((spread >>> k & 1) == 0) {
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
