package io.ember4j.backend.pure;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Blocks of eight rows by three vectors, or by one where there are only 16 registers for vectors.
 */
final class VectorDoubleTile implements DoubleTile {
  private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  static final int COLUMNS = new VectorLanes().areMany() ? 3 * LANES : LANES;
  private static final double[] ZEROS = new double[COLUMNS];

  @Override
  public int rows() {
    return 8;
  }

  @Override
  public int columns() {
    return COLUMNS;
  }

  @Override
  public int lanes() {
    return LANES;
  }

  @Override
  public void run(
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
      boolean fresh) {
    // Here and not below: code for a case that never came up would be compiled anew when it does.
    double[] from = fresh ? ZEROS : c;
    int at = fresh ? 0 : startC;
    int row = fresh ? 0 : rowC;
    if (rowA == 1) {
      packed(a, startA, b, startB, depth, from, at, row, c, startC, rowC, columns);
    } else {
      unpacked(a, startA, rowA, b, startB, rowB, depth, from, at, row, c, startC, rowC, columns);
    }
  }

  private static void packed(
      double[] a,
      int startA,
      double[] b,
      int startB,
      int depth,
      double[] from,
      int at,
      int row,
      double[] c,
      int startC,
      int rowC,
      int columns) {
    if (columns > 2 * LANES) {
      VectorDoublePacked.three(a, startA, b, startB, depth, from, at, row, c, startC, rowC);
    } else if (columns > LANES) {
      VectorDoublePacked.two(a, startA, b, startB, depth, from, at, row, c, startC, rowC);
    } else {
      VectorDoublePacked.one(a, startA, b, startB, depth, from, at, row, c, startC, rowC);
    }
  }

  private static void unpacked(
      double[] a,
      int startA,
      int rowA,
      double[] b,
      int startB,
      int rowB,
      int depth,
      double[] from,
      int at,
      int row,
      double[] c,
      int startC,
      int rowC,
      int columns) {
    if (columns > 2 * LANES) {
      VectorDoubleUnpacked.three(
          a, startA, rowA, b, startB, rowB, depth, from, at, row, c, startC, rowC);
    } else if (columns > LANES) {
      VectorDoubleUnpacked.two(
          a, startA, rowA, b, startB, rowB, depth, from, at, row, c, startC, rowC);
    } else {
      VectorDoubleUnpacked.one(
          a, startA, rowA, b, startB, rowB, depth, from, at, row, c, startC, rowC);
    }
  }

  @Override
  public void copy(double[] source, int start, int row, int rows, double[] target, int at) {
    VectorDoubleRows.copy(source, start, row, rows, COLUMNS, target, at);
  }

  @Override
  public void row(
      double[] a,
      int startA,
      double[] b,
      int startB,
      int rowB,
      int depth,
      double[] c,
      int startC,
      int columns) {
    VectorDoubleRows.multiply(a, startA, b, startB, rowB, depth, c, startC, columns);
  }
}
