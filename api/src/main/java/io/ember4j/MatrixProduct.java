package io.ember4j;

import io.ember4j.expr.Expr;
import io.ember4j.spi.Buffer;
import io.ember4j.spi.Epilogue;
import io.ember4j.spi.MatmulSpec;
import io.ember4j.spi.Operand;
import java.util.ArrayList;
import java.util.List;

/** Matrix products by NumPy's rules for ranks and batches, with an optional epilogue. */
final class MatrixProduct {
  private MatrixProduct() {}

  /** The batch of a single matrix. */
  private static final Shape ONE = Shape.of();

  /** An operand as matrices: rank at least 2, a rank-1 operand with an axis of 1 added. */
  private record Matrices(Tensor tensor, Shape shape, Shape batch, boolean transposed) {
    static Matrices of(Tensor tensor, Shape shape, boolean transposed) {
      Shape batch =
          shape.rank() == 2
              ? ONE
              : Shape.of(java.util.Arrays.copyOf(shape.toArray(), shape.rank() - 2));
      return new Matrices(tensor, shape, batch, transposed);
    }

    long rows() {
      return shape.extent(transposed ? -1 : -2);
    }

    long columns() {
      return shape.extent(transposed ? -2 : -1);
    }
  }

  static Tensor matmul(
      Call call,
      Tensor a,
      Tensor b,
      boolean transposeA,
      boolean transposeB,
      Expr epilogue,
      Tensor... operands) {
    Matrices left = matrices(a, "left operand", true, transposeA);
    Matrices right = matrices(b, "right operand", false, transposeB);
    if (left.columns() != right.rows()) {
      throw new ShapeException(
          "cannot multiply "
              + describe(a, transposeA)
              + " by "
              + describe(b, transposeB)
              + ": the left has "
              + left.columns()
              + " columns, the right "
              + right.rows()
              + " rows; they must be equal");
    }
    Shape batch =
        left.batch().rank() == 0 && right.batch().rank() == 0
            ? ONE
            : left.batch().broadcast(right.batch());
    Shape shape = resultShape(batch, a, b, left.rows(), right.columns());
    DType dtype = a.dtype().promote(b.dtype());
    checkOperands(shape, operands);
    for (Tensor operand : operands) {
      dtype = dtype.promote(operand.dtype());
    }
    Buffer result = call.allocate(dtype, shape.size());
    if (shape.size() > 0) {
      compute(call, left, right, batch, shape, epilogue, operands, result);
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

  private static void compute(
      Call call,
      Matrices left,
      Matrices right,
      Shape batch,
      Shape shape,
      Expr epilogue,
      Tensor[] operands,
      Buffer result) {
    DType dtype = result.dtype();
    Operand[] views = new Operand[operands.length];
    for (int i = 0; i < views.length; i++) {
      Tensor operand = operands[i];
      views[i] = Elementwise.operand(call, call.buffer(operand, dtype), operand.shape(), shape);
    }
    long k = left.columns();
    if (k == 0) {
      call.evaluate(Expr.constant(0), List.of(), result);
    } else {
      MatmulSpec spec =
          new MatmulSpec(
              batch.size(),
              left.rows(),
              right.columns(),
              k,
              left.transposed(),
              right.transposed(),
              left.batch().size() == 1 ? 0 : left.rows() * k,
              right.batch().size() == 1 ? 0 : k * right.columns());
      Buffer a = batched(call, left, batch, dtype);
      Buffer b = batched(call, right, batch, dtype);
      if (epilogue != null
          && call.lowering() == Lowering.NATIVE
          && call.spi().fusesEpilogue(epilogue, dtype)) {
        call.spi().matmul(spec, a, b, new Epilogue(epilogue, List.of(views)), result);
        return;
      }
      call.spi().matmul(spec, a, b, result);
    }
    if (epilogue != null) {
      List<Operand> inputs = new ArrayList<>(views.length + 1);
      inputs.add(new Operand.View(result, 1));
      inputs.addAll(List.of(views));
      call.evaluate(epilogue, inputs, result);
    }
  }

  /** Returns the operand with its batch repeated in full, unless it is one matrix for all. */
  private static Buffer batched(Call call, Matrices operand, Shape batch, DType dtype) {
    Buffer buffer = call.buffer(operand.tensor(), dtype);
    if (operand.batch().size() == 1 || operand.batch().size() == batch.size()) {
      return buffer;
    }
    long[] extents = batch.toArray();
    long[] full = java.util.Arrays.copyOf(extents, extents.length + 2);
    full[extents.length] = operand.shape().extent(-2);
    full[extents.length + 1] = operand.shape().extent(-1);
    return Layouts.broadcast(call, buffer, operand.shape(), Shape.of(full));
  }

  private static Matrices matrices(Tensor x, String side, boolean row, boolean transposed) {
    Shape shape = Tensor.checkUsable(x, side).shape();
    if (shape.rank() == 0) {
      throw new ShapeException(
          "the " + side + " of matmul is a scalar (rank 0); use mul for scalars");
    }
    if (shape.rank() == 1) {
      if (transposed) {
        throw new ShapeException(
            "the " + side + " has rank 1 and cannot be transposed; reshape it to rank 2");
      }
      long n = shape.extent(0);
      return Matrices.of(x, row ? Shape.of(1, n) : Shape.of(n, 1), false);
    }
    return Matrices.of(x, shape, transposed);
  }

  private static Shape resultShape(Shape batch, Tensor a, Tensor b, long rows, long columns) {
    if (batch.rank() == 0 && a.rank() == 2 && b.rank() == 2) {
      return Shape.of(rows, columns);
    }
    long[] extents = java.util.Arrays.copyOf(batch.toArray(), batch.rank() + 2);
    int rank = batch.rank();
    if (a.rank() > 1) {
      extents[rank++] = rows;
    }
    if (b.rank() > 1) {
      extents[rank++] = columns;
    }
    return Shape.of(java.util.Arrays.copyOf(extents, rank));
  }

  private static String describe(Tensor x, boolean transposed) {
    return x.shape() + (transposed ? " transposed" : "");
  }
}
