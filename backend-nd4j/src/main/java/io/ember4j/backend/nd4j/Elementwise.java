package io.ember4j.backend.nd4j;

import io.ember4j.spi.Operand;
import java.util.List;

/** Runs a kernel over operands of any pattern; the kernel itself sees few of them. */
final class Elementwise {
  private Elementwise() {}

  /**
   * Computes a result from arguments of which at least one is an array; those are whole, unless
   * there are several, when they may also repeat in different ways. The result may be one of the
   * whole ones.
   */
  interface Kernel {
    void run(List<Arg> args, Nd4jBuffer result, Scratch scratch);
  }

  static void apply(Kernel kernel, List<Operand> operands, Nd4jBuffer result) {
    List<Arg> args = operands.stream().map(o -> Arg.of(o, result.size())).toList();
    try (Scratch scratch = new Scratch()) {
      Arg.Array first = firstArray(args);
      if (first == null) {
        applyOnce(kernel, args, result, scratch);
      } else if (!first.isWhole(result.size()) && allRepeatLike(first, args)) {
        Nd4jBuffer pattern = scratch.buffer(result.dtype(), first.buffer().size());
        kernel.run(args.stream().map(Elementwise::once).toList(), pattern, scratch);
        Spread.of(new Arg.Array(pattern, first.repeat()), result.array()).copy();
      } else {
        kernel.run(args, result, scratch);
      }
    }
  }

  /** Computes one element, all arguments being numbers, and fills the result with it. */
  private static void applyOnce(Kernel kernel, List<Arg> args, Nd4jBuffer result, Scratch scratch) {
    Nd4jBuffer one = scratch.scalar(result.dtype(), ((Arg.Scalar) args.get(0)).value());
    List<Arg> withArray = new java.util.ArrayList<>(args);
    withArray.set(0, new Arg.Array(one, 1));
    kernel.run(withArray, one, scratch);
    result.array().assign(one.array().getDouble(0));
  }

  private static Arg.Array firstArray(List<Arg> args) {
    for (Arg arg : args) {
      if (arg instanceof Arg.Array array) {
        return array;
      }
    }
    return null;
  }

  private static boolean allRepeatLike(Arg.Array first, List<Arg> args) {
    return args.stream().allMatch(a -> !(a instanceof Arg.Array b) || b.repeatsLike(first));
  }

  private static Arg once(Arg arg) {
    return arg instanceof Arg.Array array ? new Arg.Array(array.buffer(), 1) : arg;
  }

  /** Returns the argument with every element written out, unless it is a number. */
  static Arg whole(Arg arg, Nd4jBuffer result, Scratch scratch) {
    if (!(arg instanceof Arg.Array array) || array.isWhole(result.size())) {
      return arg;
    }
    Nd4jBuffer written = scratch.buffer(result.dtype(), result.size());
    Spread.of(array, written.array()).copy();
    return new Arg.Array(written, 1);
  }
}
