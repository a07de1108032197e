package io.ember4j;

/**
 * Records matrix products: with C = op(A) op(B), the gradient of A is that of C times B, and the
 * gradient of B is A times that of C, each transposed as the operands are.
 */
final class MatmulGradients {
  private MatmulGradients() {}

  static void record(
      TapeContent tape, Tensor result, Tensor a, Tensor b, boolean transposeA, boolean transposeB) {
    Tensor left = tape.hold(a);
    Tensor right = tape.hold(b);
    tape.add(
        result,
        new Tensor[] {a, b},
        (upstream, wanted) -> {
          Tensor[] gradients = new Tensor[2];
          // As matrices: a row on the left, a column on the right, and their axes in the product.
          try (Tensor x = left.reshapeTo(row(left.shape()));
              Tensor y = right.reshapeTo(column(right.shape()));
              Tensor u = upstream.reshapeTo(product(upstream.shape(), left, right))) {
            if (wanted[0]) {
              gradients[0] = ofLeft(u, y, transposeA, transposeB, left);
            }
            if (wanted[1]) {
              gradients[1] = ofRight(u, x, transposeA, transposeB, right);
            }
          } catch (RuntimeException | Error e) {
            TapeContent.closeAll(gradients);
            throw e;
          }
          return gradients;
        });
  }

  private static Tensor ofLeft(
      Tensor u, Tensor y, boolean transposeA, boolean transposeB, Tensor left) {
    try (Tensor full =
        transposeA ? Ops.matmul(y, u, transposeB, true) : Ops.matmul(u, y, false, !transposeB)) {
      return fit(full, left, row(left.shape()));
    }
  }

  private static Tensor ofRight(
      Tensor u, Tensor x, boolean transposeA, boolean transposeB, Tensor right) {
    if (right.rank() <= 2 && u.rank() > 2 && !transposeA) {
      // One matrix for all batches: the batches are the rows of one tall matrix.
      try (Tensor rows = x.reshapeTo(folded(x.shape()));
          Tensor tall = u.reshapeTo(folded(u.shape()))) {
        return ofRight(tall, rows, false, transposeB, right);
      }
    }
    try (Tensor full =
        transposeB ? Ops.matmul(u, x, true, transposeA) : Ops.matmul(x, u, !transposeA, false)) {
      return fit(full, right, column(right.shape()));
    }
  }

  /** Sums over the batches along which the operand was repeated, and gives it its own shape. */
  private static Tensor fit(Tensor full, Tensor operand, Shape matrices) {
    try (Tensor summed = Broadcasts.sumTo(full, matrices, operand.dtype())) {
      return summed.reshapeTo(operand.shape());
    }
  }

  private static Shape row(Shape shape) {
    return shape.rank() == 1 ? Shape.of(1, shape.extent(0)) : shape;
  }

  private static Shape column(Shape shape) {
    return shape.rank() == 1 ? Shape.of(shape.extent(0), 1) : shape;
  }

  /** Returns the shape of the product of matrices, with the axes that rank-1 operands dropped. */
  private static Shape product(Shape shape, Tensor left, Tensor right) {
    long[] extents = shape.toArray();
    int rank = extents.length;
    int batches = rank - (left.rank() > 1 ? 1 : 0) - (right.rank() > 1 ? 1 : 0);
    long[] full = java.util.Arrays.copyOf(extents, batches + 2);
    full[batches] = left.rank() > 1 ? extents[batches] : 1;
    full[batches + 1] = right.rank() > 1 ? extents[rank - 1] : 1;
    return Shape.of(full);
  }

  private static Shape folded(Shape shape) {
    int last = shape.rank() - 1;
    return Shape.of(shape.product(0, last), shape.extent(last));
  }
}
