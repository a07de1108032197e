package io.ember4j.backend.pure;

import io.ember4j.spi.Operand;
import java.util.List;

/**
 * A program with what it is to read and write. Any thread may evaluate a part of the result, and
 * each element depends on nothing but the operands' elements, so the parts cannot be seen in it.
 */
final class Evaluation implements FinishedRows {
  private final Program program;
  private final List<Operand> operands;
  private final PureBuffer result;

  /** Prepares an evaluation over all operands the program reads; there may be more. */
  Evaluation(Program program, List<Operand> operands, PureBuffer result) {
    this.program = program;
    this.operands = operands;
    this.result = result;
  }

  /** Evaluates the whole result, on several threads if there is enough to do. */
  static void run(Program program, List<Operand> operands, PureBuffer result) {
    if (OneLoop.run(program, operands, result)) {
      return;
    }
    Evaluation evaluation = new Evaluation(program, operands, result);
    int n = result.length();
    int parts = Workers.SHARED.parts((long) n * program.cost());
    if (parts == 1) {
      evaluation.rows(0, n);
      return;
    }
    int part = (n / parts + Pass.BLOCK) / Pass.BLOCK * Pass.BLOCK;
    Workers.run(
        (n - 1) / part + 1,
        i -> evaluation.rows(Math.multiplyExact(i, part), (int) Math.min(n, (i + 1L) * part)));
  }

  /** Evaluates elements from (inclusive) to to (exclusive) of the result. */
  @Override
  public void rows(int from, int to) {
    Pass pass = program.takePass();
    pass.begin(operands, result);
    pass.run(from, to);
    pass.end();
    program.returnPass(pass);
  }
}
