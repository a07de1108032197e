package io.ember4j.backend.pure;

import io.ember4j.spi.MatmulSpec;

/**
 * The extents of a {@link MatmulSpec} as array indices, and where its elements stand: a[i, p] at
 * {@code i * rowA + p * columnA}, b[p, j] at {@code p * rowB + j * columnB}.
 */
record Products(
    int batch,
    int m,
    int n,
    int k,
    int rowA,
    int columnA,
    int rowB,
    int columnB,
    int strideA,
    int strideB) {

  /** Returns the number of multiplications. */
  long work() {
    return (long) batch * m * n * k;
  }

  static Products of(MatmulSpec spec) {
    int m = (int) spec.m();
    int n = (int) spec.n();
    int k = (int) spec.k();
    int batch = (int) spec.batch();
    boolean stacked = !spec.transposeA() && spec.strideA() > 0 && spec.strideB() == 0;
    if (stacked) {
      // Many matrices by one: they are the rows of one tall matrix.
      m *= batch;
      batch = 1;
    }
    return new Products(
        batch,
        m,
        n,
        k,
        spec.transposeA() ? 1 : k,
        spec.transposeA() ? m : 1,
        spec.transposeB() ? 1 : n,
        spec.transposeB() ? k : 1,
        stacked ? 0 : (int) spec.strideA(),
        (int) spec.strideB());
  }

  /** Returns whether the right factor is one matrix that is stored transposed. */
  boolean isRightTransposed() {
    return batch == 1 && rowB == 1 && columnB == k && n > 1 && k > 1;
  }

  /** Returns these products for a right factor that is not stored transposed. */
  Products byColumns() {
    return new Products(batch, m, n, k, rowA, columnA, n, 1, strideA, strideB);
  }
}
