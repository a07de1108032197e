package io.ember4j.backend.jblas;

import io.ember4j.spi.MatmulSpec;
import java.util.Arrays;
import org.jblas.NativeBlas;

/**
 * Matrix products by the OpenBLAS inside jblas.
 *
 * <p>jblas is column-major: our row-major matrix is to it the transposed one. So it is asked for
 * {@code C^T = op(B)^T op(A)^T}, which needs no copy. Two properties of its native code shape this
 * class. It copies every array it is given as a whole, in and out, wherever the offset points, so
 * that a batch is handed over matrix by matrix in arrays of that size. And its OpenBLAS is built
 * for one thread: two calls at a time give wrong numbers, so there is one at a time in the process.
 */
final class NativeGemm implements Gemm {
  /** Held during every native call: the library's work space is one per process. */
  private static final Object LIBRARY = NativeBlas.class;

  @Override
  public void multiply(MatmulSpec spec, float[] a, float[] b, float[] c) {
    MatmulSpec products = merge(spec);
    int batch = (int) products.batch();
    if (batch == 1) {
      multiplyOne(products, a, b, c);
      return;
    }
    int strideA = (int) products.strideA();
    int strideB = (int) products.strideB();
    int sizeC = c.length / batch;
    float[] left = a;
    float[] right = b;
    float[] product = new float[sizeC];
    for (int i = 0; i < batch; i++) {
      if (strideA != 0) {
        left = Arrays.copyOfRange(a, i * strideA, (i + 1) * strideA);
      }
      if (strideB != 0) {
        right = Arrays.copyOfRange(b, i * strideB, (i + 1) * strideB);
      }
      multiplyOne(products, left, right, product);
      System.arraycopy(product, 0, c, i * sizeC, sizeC);
    }
  }

  @Override
  public void multiply(MatmulSpec spec, double[] a, double[] b, double[] c) {
    MatmulSpec products = merge(spec);
    int batch = (int) products.batch();
    if (batch == 1) {
      multiplyOne(products, a, b, c);
      return;
    }
    int strideA = (int) products.strideA();
    int strideB = (int) products.strideB();
    int sizeC = c.length / batch;
    double[] left = a;
    double[] right = b;
    double[] product = new double[sizeC];
    for (int i = 0; i < batch; i++) {
      if (strideA != 0) {
        left = Arrays.copyOfRange(a, i * strideA, (i + 1) * strideA);
      }
      if (strideB != 0) {
        right = Arrays.copyOfRange(b, i * strideB, (i + 1) * strideB);
      }
      multiplyOne(products, left, right, product);
      System.arraycopy(product, 0, c, i * sizeC, sizeC);
    }
  }

  /** Products that share B, their As one below the other, are one product. */
  private static MatmulSpec merge(MatmulSpec s) {
    if (s.strideB() != 0 || s.strideA() == 0 || s.transposeA()) {
      return s;
    }
    return new MatmulSpec(
        1, s.batch() * s.m(), s.n(), s.k(), false, s.transposeB(), s.strideA() * s.batch(), 0);
  }

  private static void multiplyOne(MatmulSpec s, float[] a, float[] b, float[] c) {
    int m = (int) s.m();
    int n = (int) s.n();
    int k = (int) s.k();
    int rowA = s.transposeA() ? m : k;
    int rowB = s.transposeB() ? k : n;
    char opA = s.transposeA() ? 'T' : 'N';
    char opB = s.transposeB() ? 'T' : 'N';
    synchronized (LIBRARY) {
      NativeBlas.sgemm(opB, opA, n, m, k, 1, b, 0, rowB, a, 0, rowA, 0, c, 0, n);
    }
  }

  private static void multiplyOne(MatmulSpec s, double[] a, double[] b, double[] c) {
    int m = (int) s.m();
    int n = (int) s.n();
    int k = (int) s.k();
    int rowA = s.transposeA() ? m : k;
    int rowB = s.transposeB() ? k : n;
    char opA = s.transposeA() ? 'T' : 'N';
    char opB = s.transposeB() ? 'T' : 'N';
    synchronized (LIBRARY) {
      NativeBlas.dgemm(opB, opA, n, m, k, 1, b, 0, rowB, a, 0, rowA, 0, c, 0, n);
    }
  }
}
