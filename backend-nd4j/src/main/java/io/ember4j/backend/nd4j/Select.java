package io.ember4j.backend.nd4j;

import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.pairwise.arithmetic.AddOp;
import org.nd4j.linalg.api.ops.impl.transforms.pairwise.arithmetic.MulOp;
import org.nd4j.linalg.api.ops.impl.transforms.pairwise.arithmetic.SubOp;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Chooses b where the condition is not 0, else c: on the bit patterns as unsigned integers, as
 * {@code (b - c) * condition + c}, which is exact modulo 2^32 or 2^64.
 *
 * <p>ND4J's own {@code select} and {@code where} go element by element on one thread: 77 ns each,
 * where this takes 1.
 */
final class Select {
  private Select() {}

  static void apply(List<Arg> args, Nd4jBuffer result, Scratch scratch) {
    if (args.get(0) instanceof Arg.Scalar condition) {
      copy(condition.value() != 0 ? args.get(1) : args.get(2), result);
      return;
    }
    Arg.Array condition = (Arg.Array) Elementwise.whole(args.get(0), result, scratch);
    INDArray mask = mask(condition.buffer(), scratch);
    Arg c = Elementwise.whole(args.get(2), result, scratch);
    INDArray b = bits(Elementwise.whole(args.get(1), result, scratch), result, scratch);
    if (c instanceof Arg.Scalar zero && Double.doubleToRawLongBits(zero.value()) == 0) {
      Nd4j.exec(new MulOp(mask, b, result.bits()));
    } else {
      blend(mask, b, bits(c, result, scratch), result.bits(), scratch);
    }
  }

  /** Returns the condition as 0 and 1 in the integer type of the same width. */
  static INDArray mask(Nd4jBuffer condition, Scratch scratch) {
    INDArray truth = scratch.array(DataType.BOOL, condition.size());
    truth.assign(condition.array());
    INDArray mask = scratch.array(Nd4jBuffer.bitsType(condition.dtype()), condition.size());
    mask.assign(truth);
    return mask;
  }

  /** Sets z to b where the mask is 1, to c where it is 0; z may be b or c. */
  static void blend(INDArray mask, INDArray b, INDArray c, INDArray z, Scratch scratch) {
    INDArray difference = scratch.array(z.dataType(), Math.max(b.length(), c.length()));
    Nd4j.exec(new SubOp(b, c, difference));
    if (difference.length() == z.length()) {
      Nd4j.exec(new MulOp(mask, difference, difference));
      Nd4j.exec(new AddOp(difference, c, z));
    } else {
      Nd4j.exec(new MulOp(mask, difference, z));
      Nd4j.exec(new AddOp(z, c, z));
    }
  }

  private static INDArray bits(Arg whole, Nd4jBuffer result, Scratch scratch) {
    return whole instanceof Arg.Scalar scalar
        ? scratch.scalar(result.dtype(), scalar.value()).bits()
        : ((Arg.Array) whole).buffer().bits();
  }

  private static void copy(Arg arg, Nd4jBuffer result) {
    if (arg instanceof Arg.Scalar scalar) {
      result.array().assign(scalar.value());
    } else if (!((Arg.Array) arg).isWhole(result.size())) {
      Spread.of((Arg.Array) arg, result.array()).copy();
    } else if (((Arg.Array) arg).buffer() != result) {
      result.array().assign(((Arg.Array) arg).buffer().array());
    }
  }
}
