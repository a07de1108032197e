package io.ember4j.backend.pure;

import io.ember4j.expr.Primitive;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * One operation of a {@link Program}, on registers: arrays that hold a block of elements each.
 *
 * <p>The target may be one of the arguments; every loop reads element i before it writes element i.
 */
sealed interface Step {
  /** Computes the first n elements in float32. */
  void run(FloatBlock block, int n);

  /** Computes the first n elements in float64. */
  void run(DoubleBlock block, int n);

  /** A constant, rounded to the dtype. */
  record Fill(double value, int target) implements Step {
    @Override
    public void run(FloatBlock block, int n) {
      block.fill(target, value, n);
    }

    @Override
    public void run(DoubleBlock block, int n) {
      block.fill(target, value, n);
    }
  }

  /** A primitive; arguments beyond its arity are 0 and not read. */
  record Apply(Primitive primitive, int a, int b, int c, int target) implements Step {
    @Override
    public void run(FloatBlock block, int n) {
      float[][] r = block.registers();
      FloatKernels.apply(primitive, r[a], r[b], r[c], r[target], n);
    }

    @Override
    public void run(DoubleBlock block, int n) {
      double[][] r = block.registers();
      DoubleKernels.apply(primitive, r[a], r[b], r[c], r[target], n);
    }
  }

  /** A named function by its double-precision routine, rounded to the dtype once. */
  record Routine(DoubleUnaryOperator routine, int a, int target) implements Step {
    @Override
    public void run(FloatBlock block, int n) {
      FloatKernels.routine(routine, block.registers()[a], block.registers()[target], n);
    }

    @Override
    public void run(DoubleBlock block, int n) {
      DoubleKernels.routine(routine, block.registers()[a], block.registers()[target], n);
    }
  }

  /**
   * What a float32 program computes in double precision and rounds once: the body of a named
   * function without a routine, or a transcendental primitive. A float64 program has none of these;
   * there the body's steps stand in line.
   *
   * @param body a float64 program whose input i is argument i
   */
  record Body(Program body, List<Integer> arguments, int target) implements Step {
    @Override
    public void run(FloatBlock block, int n) {
      DoubleBlock wide = block.wide(body);
      float[][] narrow = block.registers();
      for (int i = 0; i < arguments.size(); i++) {
        FloatKernels.widen(narrow[arguments.get(i)], wide.registers()[i], n);
      }
      wide.run(n);
      FloatKernels.narrow(wide.registers()[body.result()], narrow[target], n);
    }

    @Override
    public void run(DoubleBlock block, int n) {
      throw new IllegalStateException("float64 inside a float64 program");
    }
  }
}
