package io.ember4j.backend.nd4j;

import io.ember4j.expr.Primitive;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.CustomOp;
import org.nd4j.linalg.api.ops.impl.transforms.custom.BitwiseOr;
import org.nd4j.linalg.api.ops.impl.transforms.custom.EqualTo;
import org.nd4j.linalg.api.ops.impl.transforms.custom.LessThan;
import org.nd4j.linalg.api.ops.impl.transforms.custom.LessThanOrEqual;
import org.nd4j.linalg.api.ops.impl.transforms.custom.Max;
import org.nd4j.linalg.api.ops.impl.transforms.custom.Min;
import org.nd4j.linalg.api.ops.impl.transforms.pairwise.arithmetic.AddOp;
import org.nd4j.linalg.api.ops.impl.transforms.pairwise.arithmetic.DivOp;
import org.nd4j.linalg.api.ops.impl.transforms.pairwise.arithmetic.MulOp;
import org.nd4j.linalg.api.ops.impl.transforms.pairwise.arithmetic.SubOp;
import org.nd4j.linalg.factory.Nd4j;

/** The primitives of two arguments. */
final class Binary {
  private Binary() {}

  static void apply(Primitive primitive, Arg a, Arg b, Nd4jBuffer result, Scratch scratch) {
    if (b instanceof Arg.Scalar right) {
      WithScalar.right(primitive, ((Arg.Array) a).buffer(), right.value(), result, scratch);
    } else if (a instanceof Arg.Scalar left) {
      WithScalar.left(primitive, left.value(), ((Arg.Array) b).buffer(), result, scratch);
    } else {
      arrays(primitive, (Arg.Array) a, (Arg.Array) b, result, scratch);
    }
  }

  private static void arrays(
      Primitive primitive, Arg.Array a, Arg.Array b, Nd4jBuffer result, Scratch scratch) {
    long size = result.size();
    if (a.isWhole(size) && b.isWhole(size)) {
      INDArray x = a.buffer().array();
      INDArray y = b.buffer().array();
      run(primitive, x, y, result.array(), result, scratch);
    } else if (a.isWhole(size)) {
      Spread right = Spread.of(b, a.buffer().array());
      INDArray z = result.array().reshape('c', right.whole().shape());
      run(primitive, right.whole(), right.part(), z, result, scratch);
    } else if (b.isWhole(size)) {
      Spread left = Spread.of(a, b.buffer().array());
      INDArray z = result.array().reshape('c', left.whole().shape());
      run(primitive, left.part(), left.whole(), z, result, scratch);
    } else {
      Arg written = Elementwise.whole(a, result, scratch);
      arrays(primitive, (Arg.Array) written, b, result, scratch);
    }
  }

  /** Computes {@code z}, which is the result's memory in the shape that x and y broadcast to. */
  private static void run(
      Primitive primitive, INDArray x, INDArray y, INDArray z, Nd4jBuffer result, Scratch scratch) {
    switch (primitive) {
      case ADD -> Nd4j.exec(new AddOp(x, y, z));
      case SUB -> Nd4j.exec(new SubOp(x, y, z));
      case MUL -> Nd4j.exec(new MulOp(x, y, z));
      case DIV -> Nd4j.exec(new DivOp(x, y, z));
      case MAX, MIN -> extreme(primitive == Primitive.MAX, x, y, z, result, scratch);
      case LT, LE, EQ -> compare(primitive, x, y, z, scratch);
      default -> throw new IllegalArgumentException(primitive.label());
    }
  }

  /**
   * Computes the larger or smaller, NaN if either is NaN. ND4J's operation is {@code x > y ? x :
   * y}, which is y when either is NaN; so both orders together see every NaN. Where they agree, and
   * they do but for NaN and the sign of 0, the bitwise OR of both is that value; with a NaN it is a
   * NaN.
   */
  private static void extreme(
      boolean max, INDArray x, INDArray y, INDArray z, Nd4jBuffer result, Scratch scratch) {
    Nd4jBuffer other = scratch.buffer(result.dtype(), result.size());
    INDArray t = other.array().reshape('c', z.shape());
    Nd4j.exec(max ? new Max(x, y, t) : new Min(x, y, t));
    Nd4j.exec(max ? new Max(y, x, z) : new Min(y, x, z));
    Nd4j.exec(new BitwiseOr(result.bits(), other.bits(), result.bits()));
  }

  private static void compare(
      Primitive primitive, INDArray x, INDArray y, INDArray z, Scratch scratch) {
    INDArray truth = scratch.array(DataType.BOOL, z.length()).reshape('c', z.shape());
    CustomOp op =
        switch (primitive) {
          case LT -> new LessThan(x, y, truth);
          case LE -> new LessThanOrEqual(x, y, truth);
          default -> new EqualTo(x, y, truth);
        };
    Nd4j.exec(op);
    z.assign(truth);
  }
}
