package io.ember4j.backend.pure;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.DoubleUnaryOperator;

/**
 * An expression as a sequence of stages over numbered places: the first {@code inputs} are the
 * inputs, the others registers, which hold a block of elements each.
 *
 * <p>Most expressions are one stage, a fused kernel. A program refers to no node of its expression,
 * so that the expression can be collected while the program is cached.
 */
final class Program {
  /** What reading and writing an element costs, in instructions. */
  private static final int PASS = 8;

  private static final int ROUTINE = 500;

  private final int inputs;
  private final int registers;
  private final List<Stage> stages;
  private final int cost;
  private final int mostOperands;

  /**
   * A pass that is over, so that the next one need not be made; most programs run in one thread.
   */
  private final AtomicReference<Pass> spare = new AtomicReference<>();

  Program(int inputs, int registers, List<Stage> stages) {
    int instructions = 0;
    int operands = 1;
    for (Stage stage : stages) {
      if (stage instanceof Fused fused) {
        instructions += fused.kernel().instructions() + PASS;
        operands = Math.max(operands, fused.kernel().operands());
      } else {
        instructions += ROUTINE;
      }
    }
    this.inputs = inputs;
    this.registers = registers;
    this.stages = List.copyOf(stages);
    this.cost = instructions;
    this.mostOperands = operands;
  }

  /** Returns the number of inputs. */
  int inputs() {
    return inputs;
  }

  /** Returns the number of registers. */
  int registers() {
    return registers;
  }

  /** Returns what is done for each block, in order; the last one writes the result. */
  List<Stage> stages() {
    return stages;
  }

  /** Returns a measure of the work for one element: instructions, roughly. */
  int cost() {
    return cost;
  }

  /** Returns the largest number of operands of a stage. */
  int mostOperands() {
    return mostOperands;
  }

  /** Returns a pass that nobody else has. */
  Pass takePass() {
    Pass taken = spare.getAndSet(null);
    return taken != null ? taken : new Pass(this);
  }

  /** Takes a pass back that is over. */
  void returnPass(Pass pass) {
    spare.set(pass);
  }

  /** Computes one place from others. */
  sealed interface Stage {
    /** Returns the places that are read: operand k of the stage is argument k. */
    int[] arguments();

    /** Returns the place that is written; of the last stage, of no meaning. */
    int target();
  }

  /**
   * A fused kernel.
   *
   * @param numbers an array with the elements of the operands after the arguments, one each
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Fused(Kernel kernel, int[] arguments, Object numbers, int target) implements Stage {}

  /** A function that only a double-precision routine computes, rounded to the dtype. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Routine(DoubleUnaryOperator routine, int[] arguments, int target) implements Stage {
    /** Computes n elements, reading {@code source[offset + i * step]}. */
    void run(Object source, int offset, int step, Object target, int targetOffset, int n) {
      if (source instanceof float[] floats) {
        float[] result = (float[]) target;
        for (int i = 0; i < n; i++) {
          result[targetOffset + i] = (float) routine.applyAsDouble(floats[offset + i * step]);
        }
      } else {
        double[] doubles = (double[]) source;
        double[] result = (double[]) target;
        for (int i = 0; i < n; i++) {
          result[targetOffset + i] = routine.applyAsDouble(doubles[offset + i * step]);
        }
      }
    }
  }
}
