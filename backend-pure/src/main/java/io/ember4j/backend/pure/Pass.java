package io.ember4j.backend.pure;

import io.ember4j.DType;
import io.ember4j.spi.Operand;
import java.util.Arrays;
import java.util.List;

/**
 * What one thread needs to evaluate a program: in one piece where it is one kernel, else block by
 * block, so that what one stage leaves for the next is in the L1 cache.
 *
 * <p>Within a piece every stage reads before the last one writes, so the result may be the buffer
 * of an operand that is a full view.
 *
 * <p>It is used over and over: {@link #begin}, {@link #run} once or more, {@link #end}. Between two
 * uses it keeps its blocks and nothing of anybody's tensors.
 */
final class Pass {
  /** Elements per register: small enough for some ten registers to stay in the L1 cache. */
  static final int BLOCK = 1024;

  private final Program program;
  private final Source[] sources;
  private final Variant[] variants;

  /** For each place, the array where the stages find it, and from where on. */
  private final Object[] arrays;

  private final int[] offsets;

  /** For each place, the block that is kept for it; null until it needs one. */
  private final Object[] blocks;

  private final Object[] stageArrays;
  private final int[] stageOffsets;
  private Object result;
  private DType dtype;
  private boolean inBlocks;

  Pass(Program program) {
    int places = program.inputs() + program.registers();
    this.program = program;
    this.sources = new Source[program.inputs()];
    for (int i = 0; i < sources.length; i++) {
      sources[i] = new Source();
    }
    this.variants = new Variant[program.stages().size()];
    this.arrays = new Object[places];
    this.offsets = new int[places];
    this.blocks = new Object[places];
    this.stageArrays = new Object[program.mostOperands()];
    this.stageOffsets = new int[program.mostOperands()];
  }

  /** Prepares for these operands, of which there may be more than the program reads. */
  void begin(List<Operand> operands, PureBuffer target) {
    result = target.array();
    dtype = target.dtype();
    inBlocks = variants.length > 1;
    for (int i = 0; i < sources.length; i++) {
      sources[i].set(operands.get(i), dtype, target.length());
      inBlocks |= sources[i].isSpreadOut();
    }
    for (int i = 0; i < variants.length; i++) {
      variants[i] = variant(program.stages().get(i));
    }
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

  /** Evaluates elements from (inclusive) to to (exclusive) of the result. */
  void run(int from, int to) {
    int length = inBlocks ? Math.min(BLOCK, to - from) : to - from;
    for (int i = 0; i < arrays.length; i++) {
      boolean isBlock = i >= sources.length || sources[i].isSpreadOut();
      arrays[i] = isBlock ? block(i, length) : sources[i].array();
    }
    int n;
    for (int start = from; start < to; start += n) {
      n = Math.min(length, to - start);
      for (Source source : sources) {
        n = Math.min(n, source.pieceFrom(start));
      }
      piece(start, n);
    }
  }

  private Object block(int place, int length) {
    boolean isFloat = dtype == DType.FLOAT32;
    Object kept = blocks[place];
    int has = kept == null ? -1 : isFloat ? ((float[]) kept).length : ((double[]) kept).length;
    if (has < length) {
      blocks[place] = isFloat ? new float[length] : new double[length];
    }
    return blocks[place];
  }

  private void piece(int start, int n) {
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

  /** Lets go of what belongs to tensors. */
  void end() {
    for (Source source : sources) {
      source.clear();
    }
    Arrays.fill(arrays, null);
    Arrays.fill(stageArrays, null);
    result = null;
  }
}
