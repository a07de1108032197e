package io.ember4j.backend.nd4j;

import io.ember4j.expr.Primitive;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.Op;
import org.nd4j.linalg.api.ops.impl.transforms.floating.Sqrt;
import org.nd4j.linalg.api.ops.impl.transforms.same.Abs;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Exp;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Log;
import org.nd4j.linalg.factory.Nd4j;

/** Finds the kernel of a primitive. */
final class PrimitiveKernels {
  private PrimitiveKernels() {}

  static Elementwise.Kernel of(Primitive primitive) {
    return switch (primitive) {
      case ABS -> unary(Abs::new);
      case SQRT -> unary(Sqrt::new);
      case EXP -> unary(Exp::new);
      case LOG -> unary(Log::new);
      case TANH -> (args, result, scratch) -> Tanh.apply(arrayOf(args.get(0)), result);
      case SELECT -> Select::apply;
      default ->
          (args, result, scratch) ->
              Binary.apply(primitive, args.get(0), args.get(1), result, scratch);
    };
  }

  /** An operation of ND4J from one array to another, which may be the same. */
  private interface Transform {
    Op of(INDArray x, INDArray result);
  }

  private static Elementwise.Kernel unary(Transform transform) {
    return (args, result, scratch) ->
        Nd4j.exec(transform.of(arrayOf(args.get(0)).array(), result.array()));
  }

  private static Nd4jBuffer arrayOf(Arg arg) {
    return ((Arg.Array) arg).buffer();
  }
}
