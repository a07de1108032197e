package io.ember4j.backend.nd4j;

import io.ember4j.spi.Operand;

/** An operand of an elementwise kernel: one number, or an array that is whole or repeats. */
sealed interface Arg {
  /** The same number for every element. */
  record Scalar(double value) implements Arg {}

  /** A buffer of which element i of the result reads element (i / repeat) % size. */
  record Array(Nd4jBuffer buffer, long repeat) implements Arg {
    boolean isWhole(long resultSize) {
      return repeat == 1 && buffer.size() == resultSize;
    }

    boolean repeatsLike(Array other) {
      return repeat == other.repeat && buffer.size() == other.buffer.size();
    }
  }

  /** Returns the operand as this backend reads it: a buffer of one element is a number. */
  static Arg of(Operand operand, long resultSize) {
    if (operand instanceof Operand.View view) {
      Nd4jBuffer buffer = (Nd4jBuffer) view.buffer();
      return buffer.size() == 1 && resultSize > 1
          ? new Scalar(buffer.array().getDouble(0))
          : new Array(buffer, view.repeat());
    }
    return new Scalar(((Operand.Constant) operand).value());
  }
}
