package io.ember4j.spi;

/**
 * The extents of {@code batch} matrix products {@code C = op(A) op(B)}, all row-major.
 *
 * <p>For product {@code i}, A starts at element {@code i * strideA} and holds an m x k matrix (k x
 * m when transposed), B starts at {@code i * strideB} and holds k x n (n x k when transposed), C is
 * m x n at {@code i * m * n}. A stride of 0 means that all products share that matrix.
 *
 * @param batch the number of products, 1 or more
 * @param m rows of the result, 1 or more
 * @param n columns of the result, 1 or more
 * @param k the extent summed over, 1 or more
 * @param transposeA whether A is stored transposed
 * @param transposeB whether B is stored transposed
 * @param strideA elements from one A to the next: m * k, or 0
 * @param strideB elements from one B to the next: k * n, or 0
 */
public record MatmulSpec(
    long batch,
    long m,
    long n,
    long k,
    boolean transposeA,
    boolean transposeB,
    long strideA,
    long strideB) {
  /** Returns the number of elements of the result. */
  public long resultSize() {
    return batch * m * n;
  }
}
