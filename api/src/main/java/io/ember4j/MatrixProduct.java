package io.ember4j;

import io.ember4j.expr.Expr;
import io.ember4j.spi.Buffer;
import io.ember4j.spi.Epilogue;
import io.ember4j.spi.Operand;
import java.util.ArrayList;
import java.util.List;

/** Matrix products of tensors, with an optional epilogue. */
final class MatrixProduct {
  private MatrixProduct() {}

  static Tensor matmul(
      Call call,
      Tensor a,
      Tensor b,
      boolean transposeA,
      boolean transposeB,
      Expr epilogue,
      Tensor... operands) {
    ProductShapes shapes =
        ProductShapes.of(
            Tensor.checkUsable(a, "left operand").shape(),
            Tensor.checkUsable(b, "right operand").shape(),
            transposeA,
            transposeB);
    Shape shape = shapes.result();
    DType dtype = a.dtype().promote(b.dtype());
    checkOperands(shape, operands);
    for (Tensor operand : operands) {
      dtype = dtype.promote(operand.dtype());
    }
    Buffer result = call.allocate(dtype, shape.size());
    if (shape.size() > 0) {
      List<Operand> inputs = epilogue == null ? List.of() : inputs(call, result, shape, operands);
      compute(call, shapes, a, b, epilogue, inputs, result);
    }
    return call.result(shape, result);
  }

  /** Checks that the operands of an epilogue broadcast to the shape of the product. */
  static void checkOperands(Shape shape, Tensor... operands) {
    for (int i = 0; i < operands.length; i++) {
      Tensor operand = Tensor.checkUsable(operands[i], "operand ", i);
      if (!shape.covers(operand.shape())) {
        throw new ShapeException(
            "an operand of shape "
                + operand.shape()
                + " does not fit the product's shape "
                + shape
                + "; it must broadcast to it");
      }
    }
  }

  /** Returns what an epilogue reads: the product, then the operands. */
  private static List<Operand> inputs(Call call, Buffer result, Shape shape, Tensor... operands) {
    Operand product = new Operand.View(result, 1);
    if (operands.length == 1) {
      return List.of(product, Elementwise.operand(call, operands[0], result.dtype(), shape));
    }
    List<Operand> inputs = new ArrayList<>(operands.length + 1);
    inputs.add(product);
    for (Tensor operand : operands) {
      inputs.add(Elementwise.operand(call, operand, result.dtype(), shape));
    }
    return inputs;
  }

  private static void compute(
      Call call,
      ProductShapes shapes,
      Tensor a,
      Tensor b,
      Expr epilogue,
      List<Operand> inputs,
      Buffer result) {
    DType dtype = result.dtype();
    if (shapes.spec().k() == 0) {
      call.evaluate(Expr.constant(0), List.of(), result);
    } else {
      Buffer left = repeated(call, a, shapes.repeatedA(), dtype);
      Buffer right = repeated(call, b, shapes.repeatedB(), dtype);
      if (epilogue != null
          && call.lowering() == Lowering.NATIVE
          && call.spi().fusesEpilogue(epilogue, dtype)) {
        call.spi().matmul(shapes.spec(), left, right, new Epilogue(epilogue, inputs), result);
        return;
      }
      call.spi().matmul(shapes.spec(), left, right, result);
    }
    if (epilogue != null) {
      call.evaluate(epilogue, inputs, result);
    }
  }

  private static Buffer repeated(Call call, Tensor operand, Shape full, DType dtype) {
    Buffer buffer = call.buffer(operand, dtype);
    return full == null ? buffer : Layouts.broadcast(call, buffer, operand.shape(), full);
  }
}
