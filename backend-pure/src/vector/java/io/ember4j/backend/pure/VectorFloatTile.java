package io.ember4j.backend.pure;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Blocks of eight rows by three vectors, or by one where there are only 16 registers for vectors.
 */
final class VectorFloatTile implements FloatTile {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  static final int COLUMNS = new VectorLanes().areMany() ? 3 * LANES : LANES;
  private static final float[] ZEROS = new float[COLUMNS];

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
    // Here and not below: code for a case that never came up would be compiled anew when it does.
    float[] from = fresh ? ZEROS : c;
    int at = fresh ? 0 : startC;
    int row = fresh ? 0 : rowC;
    if (rowA == 1) {
      packed(a, startA, b, startB, depth, from, at, row, c, startC, rowC, columns);
    } else {
      unpacked(a, startA, rowA, b, startB, rowB, depth, from, at, row, c, startC, rowC, columns);
    }
  }

  private static void packed(
      float[] a,
      int startA,
      float[] b,
      int startB,
      int depth,
      float[] from,
      int at,
      int row,
      float[] c,
      int startC,
      int rowC,
      int columns) {
    if (columns > 2 * LANES) {
      VectorFloatPacked.three(a, startA, b, startB, depth, from, at, row, c, startC, rowC);
    } else if (columns > LANES) {
      VectorFloatPacked.two(a, startA, b, startB, depth, from, at, row, c, startC, rowC);
    } else {
      VectorFloatPacked.one(a, startA, b, startB, depth, from, at, row, c, startC, rowC);
    }
  }

  private static void unpacked(
      float[] a,
      int startA,
      int rowA,
      float[] b,
      int startB,
      int rowB,
      int depth,
      float[] from,
      int at,
      int row,
      float[] c,
      int startC,
      int rowC,
      int columns) {
    if (columns > 2 * LANES) {
      VectorFloatUnpacked.three(
          a, startA, rowA, b, startB, rowB, depth, from, at, row, c, startC, rowC);
    } else if (columns > LANES) {
      VectorFloatUnpacked.two(
          a, startA, rowA, b, startB, rowB, depth, from, at, row, c, startC, rowC);
    } else {
      VectorFloatUnpacked.one(
          a, startA, rowA, b, startB, rowB, depth, from, at, row, c, startC, rowC);
    }
  }

  @Override
  public void copy(float[] source, int start, int row, int rows, float[] target, int at) {
    VectorFloatRows.copy(source, start, row, rows, COLUMNS, target, at);
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
    VectorFloatRows.multiply(a, startA, b, startB, rowB, depth, c, startC, columns);
  }
}
