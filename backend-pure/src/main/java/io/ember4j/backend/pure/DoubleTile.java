package io.ember4j.backend.pure;

/**
 * Computes a small block of a matrix product whose sums all stay in registers.
 *
 * <p>A is read by rows, {@code rowA} apart, B by rows, {@code rowB} apart, C is a block of the
 * result. When rowA is 1, both are packed: column p of the {@link #rows()} rows of A stands at
 * {@code startA + p * rows()}, and rowB is {@link #columns()}.
 */
interface DoubleTile {
  /** Returns the rows of a block; all are read and written. */
  int rows();

  /** Returns the most columns of a block. */
  int columns();

  /** Returns the number that the columns read and written are a multiple of. */
  int lanes();

  /**
   * Adds, in the order of p, the products of {@code depth} columns of A with as many rows of B to
   * the block of C, which counts as 0 when it is {@code fresh}. The columns are rounded up to a
   * multiple of {@link #lanes()}.
   */
  void run(
      double[] a,
      int startA,
      int rowA,
      double[] b,
      int startB,
      int rowB,
      int depth,
      double[] c,
      int startC,
      int rowC,
      int columns,
      boolean fresh);

  /** Copies {@code rows} rows of {@link #columns()} numbers to rows that follow each other. */
  void copy(double[] source, int start, int row, int rows, double[] target, int at);

  /**
   * Multiplies one row of k numbers by B: {@code c[startC + j] = sum of a[startA + p] b[startB + p
   * * rowB + j]} for j from 0 to {@code columns}, a multiple of {@link #lanes()}.
   */
  void row(
      double[] a,
      int startA,
      double[] b,
      int startB,
      int rowB,
      int depth,
      double[] c,
      int startC,
      int columns);
}
