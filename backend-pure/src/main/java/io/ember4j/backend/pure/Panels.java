package io.ember4j.backend.pure;

import java.lang.ref.SoftReference;

/**
 * The elements of a matrix that is stored transposed, as products want to read them, kept beside
 * the matrix: panels of so many columns, each row by row.
 *
 * <p>Where the right factor is stored transposed, as the weight of a dense layer is, neighbouring
 * sums of a product do not find their terms beside each other, as vector registers want them: a
 * vector would be multiplied by scalar code, and many rows would each time begin with laying the
 * matrix out anew. In panels they do, and the blocks of a product read them as they are. Making
 * them takes as long as a few products with a vector, so they are made at the second product in a
 * row that finds the matrix unchanged: inference gets them, and training, which changes the weight
 * after each product, does not.
 *
 * <p>The buffer drops this object when its elements change, so panels that are finished afterwards
 * are never found. The garbage collector takes them when memory runs low.
 */
final class Panels {
  /** Up to so many panels, products read the rows of the left factor where they lie. */
  static final int FEW = 2;

  private final int n;
  private final int k;
  private final int width;
  private final int lanes;
  private volatile SoftReference<Object> elements = new SoftReference<>(null);

  /** Prepares for the panels of a matrix of n columns and k rows, stored as n rows of k. */
  Panels(int n, int k, int width, int lanes) {
    this.n = n;
    this.k = k;
    this.width = width;
    this.lanes = lanes;
  }

  /** Returns whether this is for such a matrix and such panels. */
  boolean areOf(int n, int k, int width, int lanes) {
    return this.n == n && this.k == k && this.width == width && this.lanes == lanes;
  }

  /**
   * Returns the width of the panel that begins at a column: the one given, but the last of a few
   * panels is no wider than so many whole vectors as it needs. What is left of it is 0.
   */
  static int widthAt(int column, int n, int width, int lanes) {
    boolean isNarrow = n <= FEW * width && column + width > n;
    return isNarrow ? (n - column + lanes - 1) / lanes * lanes : width;
  }

  /** Returns where a panel begins: its number times the elements of a whole one. */
  static int start(int column, int k) {
    return column * k;
  }

  /** Returns the panels, one after another, in an array of the buffer's type. */
  Object of(PureBuffer matrix) {
    Object found = elements.get();
    if (found == null) {
      found = matrix.isFloat() ? floats(matrix.floats()) : doubles(matrix.doubles());
      elements = new SoftReference<>(found);
    }
    return found;
  }

  private int size() {
    int last = (n - 1) / width * width;
    return start(last, k) + k * widthAt(last, n, width, lanes);
  }

  private float[] floats(float[] matrix) {
    float[] panels = new float[size()];
    for (int j = 0; j < n; j += width) {
      int used = Math.min(width, n - j);
      int row = widthAt(j, n, width, lanes);
      FloatPacking.copy(matrix, j * k, k, 1, used, k, panels, start(j, k), row);
    }
    return panels;
  }

  private double[] doubles(double[] matrix) {
    double[] panels = new double[size()];
    for (int j = 0; j < n; j += width) {
      int used = Math.min(width, n - j);
      int row = widthAt(j, n, width, lanes);
      DoublePacking.copy(matrix, j * k, k, 1, used, k, panels, start(j, k), row);
    }
    return panels;
  }
}
