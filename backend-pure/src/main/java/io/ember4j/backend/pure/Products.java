package io.ember4j.backend.pure;

import io.ember4j.spi.MatmulSpec;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The extents of a {@link MatmulSpec} as array indices, and where its elements stand: a[i, p] at
 * {@code i * rowA + p * columnA}, b[p, j] at {@code p * rowB + j * columnB}.
 *
 * @param byColumns the same for a right factor that is not stored transposed, if it is one matrix
 *     that is; else null
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
    int strideB,
    Products byColumns) {
  private static final int RECENT = 64;

  private record Found(MatmulSpec spec, Products products) {}

  /** Those found last, by hash: a layer asks for the same ones again and again. */
  private static final AtomicReferenceArray<Found> FOUND = new AtomicReferenceArray<>(RECENT);

  static Products of(MatmulSpec spec) {
    int place = spec.hashCode() & (RECENT - 1);
    Found found = FOUND.get(place);
    if (found == null || !found.spec().equals(spec)) {
      found = new Found(spec, find(spec));
      FOUND.set(place, found);
    }
    return found.products();
  }

  private static Products find(MatmulSpec spec) {
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
    int rowA = spec.transposeA() ? 1 : k;
    int columnA = spec.transposeA() ? m : 1;
    int strideA = stacked ? 0 : (int) spec.strideA();
    int strideB = (int) spec.strideB();
    Products plain = new Products(batch, m, n, k, rowA, columnA, n, 1, strideA, strideB, null);
    if (!spec.transposeB()) {
      return plain;
    }
    Products turned = batch == 1 && n > 1 && k > 1 ? plain : null;
    return new Products(batch, m, n, k, rowA, columnA, 1, k, strideA, strideB, turned);
  }

  /** Returns the number of multiplications. */
  long work() {
    return (long) batch * m * n * k;
  }
}
