package io.ember4j.backend.pure;

import java.lang.ref.SoftReference;

/**
 * A matrix's elements column by column, kept beside the matrix.
 *
 * <p>Where a matrix is stored transposed, as the weight of a dense layer is, neighbouring sums of a
 * product do not find their terms beside each other, as vector registers want them: a vector would
 * be multiplied by scalar code, and many rows would each time begin with laying the matrix out
 * anew. In the copy they do. Making it takes as long as a few products with a vector, so it is made
 * at the second product in a row that finds the matrix unchanged: inference gets it, and training,
 * which changes the weight after each product, does not.
 *
 * <p>The buffer drops this object when its elements change, so a copy that is finished afterwards
 * is never found. The garbage collector takes the copy when memory runs low.
 */
final class TransposedCopy {
  private final int rows;
  private final int columns;
  private volatile SoftReference<Object> copy = new SoftReference<>(null);

  /** Prepares for the copy of a matrix of rows that lie one after another. */
  TransposedCopy(int rows, int columns) {
    this.rows = rows;
    this.columns = columns;
  }

  /** Returns whether this is for such a matrix. */
  boolean isOf(int rows, int columns) {
    return this.rows == rows && this.columns == columns;
  }

  /** Returns the elements of the buffer in an array of its type, column by column. */
  Object of(PureBuffer matrix) {
    Object found = copy.get();
    if (found == null) {
      found = matrix.isFloat() ? floats(matrix.floats()) : doubles(matrix.doubles());
      copy = new SoftReference<>(found);
    }
    return found;
  }

  private float[] floats(float[] matrix) {
    float[] transposed = new float[rows * columns];
    FloatPacking.copy(matrix, 0, columns, 1, rows, columns, transposed, 0, rows);
    return transposed;
  }

  private double[] doubles(double[] matrix) {
    double[] transposed = new double[rows * columns];
    DoublePacking.copy(matrix, 0, columns, 1, rows, columns, transposed, 0, rows);
    return transposed;
  }
}
