package io.ember4j.backend.jblas;

import io.ember4j.spi.MatmulSpec;

/** Matrix products of row-major matrices; each {@code c} may hold anything before. */
interface Gemm {
  void multiply(MatmulSpec spec, float[] a, float[] b, float[] c);

  void multiply(MatmulSpec spec, double[] a, double[] b, double[] c);
}
