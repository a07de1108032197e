package io.ember4j.backend.pure;

import io.ember4j.spi.Operand;
import java.util.List;

/**
 * Evaluates a program over operands, block by block: the one interpreter of all elementwise work.
 *
 * <p>A block's operands are copied into registers before its first step and its result is copied
 * out after the last, so the result may be the buffer of an operand that is a full view. Each
 * element depends on nothing but the operands' elements, so block boundaries cannot be seen.
 */
final class Evaluation {
  private final Program program;
  private final List<Operand> operands;
  private final PureBuffer result;
  private final Block block;

  /** Prepares an evaluation over all operands the program reads; there may be more. */
  Evaluation(Program program, List<Operand> operands, PureBuffer result) {
    this.program = program;
    this.operands = operands;
    this.result = result;
    int length = Math.min(Block.SIZE, result.length());
    this.block = Block.of(program, result, length);
    for (int i = 0; i < program.inputs(); i++) {
      if (operands.get(i) instanceof Operand.Constant constant) {
        block.fill(i, constant.value(), length);
      } else if (operands.get(i) instanceof Operand.View view && isConstant(view)) {
        block.load(i, PureBuffer.of(view.buffer()), 1, 0, length);
      }
    }
  }

  /** Evaluates the whole result. */
  static void run(Program program, List<Operand> operands, PureBuffer result) {
    new Evaluation(program, operands, result).run(0, result.length());
  }

  /** Evaluates elements from (inclusive) to to (exclusive) of the result. */
  void run(int from, int to) {
    int n;
    for (int start = from; start < to; start += n) {
      n = Math.min(Block.SIZE, to - start);
      for (int i = 0; i < program.inputs(); i++) {
        if (operands.get(i) instanceof Operand.View view && !isConstant(view)) {
          block.load(i, PureBuffer.of(view.buffer()), view.repeat(), start, n);
        }
      }
      block.run(n);
      block.store(program.result(), result, start, n);
    }
  }

  /** One element for many: read once. (One for one may be the result itself, which may change.) */
  private boolean isConstant(Operand.View view) {
    return view.period() == 1 && result.length() > 1;
  }
}
