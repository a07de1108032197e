package io.ember4j.backend.nd4j;

import io.ember4j.spi.MatmulSpec;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Matrix products by the BLAS that ND4J brings.
 *
 * <p>BLAS wants columns first, the buffers hold rows first. A matrix read the other way round is
 * its transpose, so this computes C' = B' A', without moving an element.
 */
final class MatrixProducts {
  private MatrixProducts() {}

  static void multiply(MatmulSpec spec, Nd4jBuffer a, Nd4jBuffer b, Nd4jBuffer result) {
    long m = spec.m();
    long n = spec.n();
    long k = spec.k();
    for (long i = 0; i < spec.batch(); i++) {
      INDArray left =
          spec.transposeA()
              ? transposed(a, i * spec.strideA(), k, m)
              : transposed(a, i * spec.strideA(), m, k);
      INDArray right =
          spec.transposeB()
              ? transposed(b, i * spec.strideB(), n, k)
              : transposed(b, i * spec.strideB(), k, n);
      INDArray product = transposed(result, i * m * n, m, n);
      Nd4j.gemm(right, left, product, spec.transposeB(), spec.transposeA(), 1, 0);
    }
  }

  /** Returns the row-major matrix at the offset as its column-major transpose. */
  private static INDArray transposed(Nd4jBuffer buffer, long offset, long rows, long columns) {
    return buffer.view(offset, new long[] {columns, rows}, new long[] {1, columns}, 'f');
  }
}
