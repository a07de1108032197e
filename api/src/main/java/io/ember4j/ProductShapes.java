package io.ember4j;

import io.ember4j.spi.MatmulSpec;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * How two shapes are multiplied by NumPy's rules for ranks and batches.
 *
 * @param a the shape of the left operand
 * @param b the shape of the right operand
 * @param transposeA whether the last two axes of the left are read transposed
 * @param transposeB whether the last two axes of the right are read transposed
 * @param result the shape of the product
 * @param repeatedA the shape to which the left is broadcast first; null if it is read as it is
 * @param repeatedB the shape to which the right is broadcast first; null if it is read as it is
 * @param spec the extents of the products; without meaning if one of them is 0
 */
record ProductShapes(
    Shape a,
    Shape b,
    boolean transposeA,
    boolean transposeB,
    Shape result,
    Shape repeatedA,
    Shape repeatedB,
    MatmulSpec spec) {
  private static final int RECENT = 64;

  /** Those found last, by hash: a layer asks for the same ones again and again. */
  private static final AtomicReferenceArray<ProductShapes> FOUND =
      new AtomicReferenceArray<>(RECENT);

  /** The batch of a single matrix. */
  private static final Shape ONE = Shape.of();

  /**
   * Returns how the shapes are multiplied.
   *
   * @throws ShapeException if they do not fit each other
   */
  static ProductShapes of(Shape a, Shape b, boolean transposeA, boolean transposeB) {
    int place = (31 * a.hashCode() + b.hashCode()) & (RECENT - 1);
    ProductShapes found = FOUND.get(place);
    if (found == null || !found.isOf(a, b, transposeA, transposeB)) {
      found = find(a, b, transposeA, transposeB);
      FOUND.set(place, found);
    }
    return found;
  }

  private boolean isOf(
      Shape otherA, Shape otherB, boolean otherTransposeA, boolean otherTransposeB) {
    return transposeA == otherTransposeA
        && transposeB == otherTransposeB
        && a.equals(otherA)
        && b.equals(otherB);
  }

  private static ProductShapes find(Shape a, Shape b, boolean transposeA, boolean transposeB) {
    Matrices left = Matrices.of(a, "left operand", true, transposeA);
    Matrices right = Matrices.of(b, "right operand", false, transposeB);
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
    Shape batch = left.batch().broadcast(right.batch());
    long k = left.columns();
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
    Shape result = result(batch, a, b, left.rows(), right.columns());
    return new ProductShapes(
        a, b, transposeA, transposeB, result, left.repeated(batch), right.repeated(batch), spec);
  }

  private static Shape result(Shape batch, Shape a, Shape b, long rows, long columns) {
    long[] extents = Arrays.copyOf(batch.toArray(), batch.rank() + 2);
    int rank = batch.rank();
    if (a.rank() > 1) {
      extents[rank++] = rows;
    }
    if (b.rank() > 1) {
      extents[rank++] = columns;
    }
    return Shape.of(Arrays.copyOf(extents, rank));
  }

  private static String describe(Shape shape, boolean transposed) {
    return shape + (transposed ? " transposed" : "");
  }

  /** An operand as matrices: rank at least 2, a rank-1 operand with an axis of 1 added. */
  private record Matrices(Shape shape, Shape batch, boolean transposed) {
    static Matrices of(Shape shape, String side, boolean row, boolean transposed) {
      if (shape.rank() == 0) {
        throw new ShapeException(
            "the " + side + " of matmul is a scalar (rank 0); use mul for scalars");
      }
      if (shape.rank() > 1) {
        Shape batch = Shape.of(Arrays.copyOf(shape.toArray(), shape.rank() - 2));
        return new Matrices(shape, batch, transposed);
      }
      if (transposed) {
        throw new ShapeException(
            "the " + side + " has rank 1 and cannot be transposed; reshape it to rank 2");
      }
      long n = shape.extent(0);
      return new Matrices(row ? Shape.of(1, n) : Shape.of(n, 1), ONE, false);
    }

    long rows() {
      return shape.extent(transposed ? -1 : -2);
    }

    long columns() {
      return shape.extent(transposed ? -2 : -1);
    }

    /** Returns the shape with the batch in full; null if it is in full, or one matrix for all. */
    Shape repeated(Shape full) {
      if (batch.size() == 1 || batch.size() == full.size()) {
        return null;
      }
      long[] extents = Arrays.copyOf(full.toArray(), full.rank() + 2);
      extents[full.rank()] = shape.extent(-2);
      extents[full.rank() + 1] = shape.extent(-1);
      return Shape.of(extents);
    }
  }
}
