package io.ember4j.backend.pure;

/** A tile without SIMD and of odd extents, which show what the code around it takes for granted. */
final class PlainFloatTile implements FloatTile {
  @Override
  public int rows() {
    return 5;
  }

  @Override
  public int columns() {
    return 9;
  }

  @Override
  public int lanes() {
    return 3;
  }

  @Override
  public void run(
      float[] a,
      int startA,
      int rowA,
      float[] b,
      int startB,
      int rowB,
      int depth,
      float[] c,
      int startC,
      int rowC,
      int columns,
      boolean fresh) {
    int stepA = rowA == 1 ? rows() : 1;
    for (int i = 0; i < rows(); i++) {
      for (int j = 0; j < (columns + 2) / 3 * 3; j++) {
        float sum = fresh ? 0 : c[startC + i * rowC + j];
        for (int p = 0; p < depth; p++) {
          sum = Math.fma(a[startA + i * rowA + p * stepA], b[startB + p * rowB + j], sum);
        }
        c[startC + i * rowC + j] = sum;
      }
    }
  }

  @Override
  public void copy(float[] source, int start, int row, int rows, float[] target, int at) {
    for (int p = 0; p < rows; p++) {
      System.arraycopy(source, start + p * row, target, at + p * columns(), columns());
    }
  }

  @Override
  public void row(
      float[] a,
      int startA,
      float[] b,
      int startB,
      int rowB,
      int depth,
      float[] c,
      int startC,
      int columns) {
    for (int j = 0; j < columns; j++) {
      float sum = 0;
      for (int p = 0; p < depth; p++) {
        sum = Math.fma(a[startA + p], b[startB + p * rowB + j], sum);
      }
      c[startC + j] = sum;
    }
  }
}
