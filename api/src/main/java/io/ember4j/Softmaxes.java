package io.ember4j;

import io.ember4j.expr.Expr;
import io.ember4j.spi.Buffer;
import io.ember4j.spi.Reduction;

/** Softmax and its logarithm along an axis, in one pass where the backend has it, else composed. */
final class Softmaxes {
  private static final Expr X = Expr.input(0);
  private static final Expr Y = Expr.input(1);
  private static final Expr EXP_SHIFTED = X.minus(Y).exp();
  private static final Expr QUOTIENT = X.dividedBy(Y);
  private static final Expr SHIFTED = X.minus(Y);
  private static final Expr EXP = X.exp();
  private static final Expr LOG_QUOTIENT = X.minus(Y.log());

  private Softmaxes() {}

  static Tensor softmax(Call call, Tensor x, int axis, boolean logarithm) {
    Shape shape = x.shape();
    if (shape.rank() == 0) {
      try (Tensor vector = x.reshapeTo(Shape.of(1))) {
        return softmax(call, vector, vector.shape().axis(axis), logarithm, Shape.SCALAR);
      }
    }
    return softmax(call, x, shape.axis(axis), logarithm, shape);
  }

  private static Tensor softmax(
      Call call, Tensor x, int along, boolean logarithm, Shape resultShape) {
    Shape shape = x.shape();
    if (shape.size() > 0
        && call.lowering() == Lowering.NATIVE
        && call.spi().supportsSoftmax(x.dtype())) {
      Buffer result = call.allocate(x.dtype(), shape.size());
      call.spi()
          .softmax(
              call.buffer(x, x.dtype()),
              shape.outer(along),
              shape.extent(along),
              shape.inner(along),
              logarithm,
              result);
      return call.result(resultShape, result);
    }
    if (shape.size() == 0) {
      return call.result(resultShape, call.allocate(x.dtype(), 0));
    }
    try (Tensor max = Reductions.reduce(call, Reduction.MAX, x, true, along)) {
      if (logarithm) {
        try (Tensor shifted = Elementwise.evaluate(call, SHIFTED, x, max);
            Tensor exp = Elementwise.evaluate(call, EXP, shifted);
            Tensor sum = Reductions.reduce(call, Reduction.SUM, exp, true, along);
            Tensor result = Elementwise.evaluate(call, LOG_QUOTIENT, shifted, sum)) {
          return result.reshapeTo(resultShape);
        }
      }
      try (Tensor exp = Elementwise.evaluate(call, EXP_SHIFTED, x, max);
          Tensor sum = Reductions.reduce(call, Reduction.SUM, exp, true, along);
          Tensor result = Elementwise.evaluate(call, QUOTIENT, exp, sum)) {
        return result.reshapeTo(resultShape);
      }
    }
  }
}
