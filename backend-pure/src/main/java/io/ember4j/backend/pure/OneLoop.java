package io.ember4j.backend.pure;

import io.ember4j.spi.Operand;
import java.util.List;

/**
 * The short way through an evaluation that is one call of one loop: a program of one kernel, whose
 * operands are full or single numbers, and too little work for several threads. Nearly all calls on
 * small tensors are like that, and it is the way there that takes their time.
 */
final class OneLoop {
  private OneLoop() {}

  /** Evaluates the whole result if it is one call; otherwise does nothing and returns false. */
  static boolean run(Program program, List<Operand> operands, PureBuffer result) {
    int n = result.length();
    if (program.stages().size() > 1
        || !(program.stages().get(0) instanceof Program.Fused stage)
        || Workers.SHARED.parts((long) n * program.cost()) > 1) {
      return false;
    }
    int[] arguments = stage.arguments();
    Object[] arrays = new Object[stage.kernel().operands()];
    int[] offsets = new int[arrays.length];
    long numbers = 0;
    for (int k = 0; k < arrays.length; k++) {
      if (k >= arguments.length) {
        arrays[k] = stage.numbers();
        offsets[k] = k - arguments.length;
        numbers |= 1L << k;
        continue;
      }
      Operand operand = operands.get(arguments[k]);
      if (operand instanceof Operand.View view) {
        arrays[k] = PureBuffer.of(view.buffer()).array();
        if (!view.isFull(n)) {
          if (view.period() > 1) {
            return false;
          }
          numbers |= 1L << k;
        }
      } else if (operand instanceof Operand.Slice slice) {
        if (slice.run() != n) {
          return false;
        }
        arrays[k] = PureBuffer.of(slice.buffer()).array();
        offsets[k] = (int) slice.offset();
      } else if (operand instanceof Operand.Constant constant) {
        arrays[k] = PureBuffer.numbers(result.dtype(), constant.value());
        numbers |= 1L << k;
      }
    }
    stage.kernel().variant(numbers).run(result.array(), 0, arrays, offsets, n);
    return true;
  }
}
