package io.ember4j.backend.pure;

import io.ember4j.DType;
import io.ember4j.spi.Operand;
import java.util.List;

/**
 * Evaluates a program over operands: in one piece where it is one kernel, else block by block, so
 * that what one stage leaves for the next is in the L1 cache.
 *
 * <p>Within a piece every stage reads before the last one writes, so the result may be the buffer
 * of an operand that is a full view. Each element depends on nothing but the operands' elements, so
 * neither blocks nor threads can be seen in the result.
 */
final class Evaluation {
  /** Elements per register: small enough for some ten registers to stay in the L1 cache. */
  private static final int BLOCK = 1024;

  private final Program program;
  private final Object result;
  private final int size;
  private final DType dtype;
  private final Source[] sources;
  private final Variant[] variants;
  private final boolean inBlocks;

  /** Prepares an evaluation over all operands the program reads; there may be more. */
  Evaluation(Program program, List<Operand> operands, PureBuffer result) {
    this.program = program;
    this.result = result.array();
    this.size = result.length();
    this.dtype = result.dtype();
    this.sources = new Source[program.inputs()];
    for (int i = 0; i < sources.length; i++) {
      sources[i] = Source.of(operands.get(i), dtype, size);
    }
    this.variants = new Variant[program.stages().size()];
    for (int i = 0; i < variants.length; i++) {
      variants[i] = variant(program.stages().get(i));
    }
    this.inBlocks = variants.length > 1 || anySpreadOut();
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
      evaluation.run(0, n);
      return;
    }
    int part = (n / parts + BLOCK) / BLOCK * BLOCK;
    Workers.run(
        (n - 1) / part + 1,
        i -> evaluation.run(Math.multiplyExact(i, part), (int) Math.min(n, (i + 1L) * part)));
  }

  /** Chooses the loops of a kernel; null for a routine, which has none. */
  private Variant variant(Program.Stage stage) {
    if (!(stage instanceof Program.Fused fused)) {
      return null;
    }
    return fused.kernel().variant(oneNumbers(fused));
  }

  private long oneNumbers(Program.Fused stage) {
    int[] arguments = stage.arguments();
    long mask = 0;
    for (int k = arguments.length; k < stage.kernel().operands(); k++) {
      mask |= 1L << k;
    }
    for (int k = 0; k < arguments.length; k++) {
      mask |= isOneNumber(arguments[k]) ? 1L << k : 0;
    }
    return mask;
  }

  private boolean isOneNumber(int place) {
    return place < sources.length && sources[place].isOneNumber();
  }

  private boolean anySpreadOut() {
    for (Source source : sources) {
      if (source.isSpreadOut()) {
        return true;
      }
    }
    return false;
  }

  /** Evaluates elements from (inclusive) to to (exclusive) of the result, on any thread. */
  void run(int from, int to) {
    Object[] arrays = new Object[sources.length + program.registers()];
    int[] offsets = new int[arrays.length];
    int length = inBlocks ? Math.min(BLOCK, to - from) : to - from;
    for (int i = 0; i < arrays.length; i++) {
      boolean isRegister = i >= sources.length || sources[i].isSpreadOut();
      arrays[i] = isRegister ? newRegister(length) : sources[i].array();
    }
    Pass pass = new Pass(arrays, offsets);
    int n;
    for (int start = from; start < to; start += n) {
      n = Math.min(length, to - start);
      for (Source source : sources) {
        n = Math.min(n, source.pieceFrom(start));
      }
      pass.run(start, n);
    }
  }

  private Object newRegister(int length) {
    return dtype == DType.FLOAT32 ? new float[length] : new double[length];
  }

  /** What one thread needs to evaluate piece after piece. */
  private final class Pass {
    private final Object[] arrays;
    private final int[] offsets;
    private final Object[] stageArrays;
    private final int[] stageOffsets;

    Pass(Object[] arrays, int[] offsets) {
      this.arrays = arrays;
      this.offsets = offsets;
      int most = program.mostOperands();
      this.stageArrays = new Object[most];
      this.stageOffsets = new int[most];
    }

    void run(int start, int n) {
      for (int i = 0; i < sources.length; i++) {
        offsets[i] = sources[i].offset(start);
        if (sources[i].isSpreadOut()) {
          sources[i].spreadOut(arrays[i], start, n);
        }
      }
      int last = variants.length - 1;
      for (int i = 0; i < last; i++) {
        Program.Stage stage = program.stages().get(i);
        run(stage, variants[i], arrays[stage.target()], 0, n);
      }
      run(program.stages().get(last), variants[last], result, start, n);
    }

    private void run(Program.Stage stage, Variant variant, Object target, int targetOffset, int n) {
      int[] arguments = stage.arguments();
      for (int k = 0; k < arguments.length; k++) {
        stageArrays[k] = arrays[arguments[k]];
        stageOffsets[k] = offsets[arguments[k]];
      }
      if (stage instanceof Program.Fused fused) {
        for (int k = arguments.length; k < fused.kernel().operands(); k++) {
          stageArrays[k] = fused.numbers();
          stageOffsets[k] = k - arguments.length;
        }
        variant.run(target, targetOffset, stageArrays, stageOffsets, n);
      } else if (stage instanceof Program.Routine routine) {
        boolean one = isOneNumber(arguments[0]);
        routine.run(stageArrays[0], stageOffsets[0], one ? 0 : 1, target, targetOffset, n);
      }
    }
  }
}
