package io.ember4j.backend.pure;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Loops over rows of a matrix; see {@link FloatTile}. */
final class VectorFloatRows {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  private VectorFloatRows() {}

  /** Copies rows of so many columns, a multiple of the lanes, to rows that follow each other. */
  static void copy(
      float[] source, int start, int row, int rows, int columns, float[] target, int at) {
    for (int p = 0; p < rows; p++) {
      int from = start + p * row;
      int to = at + p * columns;
      for (int j = 0; j < columns; j += LANES) {
        FloatVector.fromArray(SPECIES, source, from + j).intoArray(target, to + j);
      }
    }
  }

  /** Multiplies a row by a matrix, eight or three vectors of the result at a time. */
  static void multiply(
      float[] a,
      int startA,
      float[] b,
      int startB,
      int rowB,
      int depth,
      float[] c,
      int startC,
      int columns) {
    int j = 0;
    for (; j + 8 * LANES <= columns; j += 8 * LANES) {
      eight(a, startA, b, startB + j, rowB, depth, c, startC + j);
    }
    for (; j + 3 * LANES <= columns; j += 3 * LANES) {
      three(a, startA, b, startB + j, rowB, depth, c, startC + j);
    }
    for (; j < columns; j += LANES) {
      one(a, startA, b, startB + j, rowB, depth, c, startC + j);
    }
  }

  private static void eight(
      float[] a, int startA, float[] b, int startB, int rowB, int depth, float[] c, int startC) {
    FloatVector c0 = FloatVector.zero(SPECIES);
    FloatVector c1 = FloatVector.zero(SPECIES);
    FloatVector c2 = FloatVector.zero(SPECIES);
    FloatVector c3 = FloatVector.zero(SPECIES);
    FloatVector c4 = FloatVector.zero(SPECIES);
    FloatVector c5 = FloatVector.zero(SPECIES);
    FloatVector c6 = FloatVector.zero(SPECIES);
    FloatVector c7 = FloatVector.zero(SPECIES);
    for (int p = 0; p < depth; p++) {
      FloatVector x = FloatVector.broadcast(SPECIES, a[startA + p]);
      int at = startB + p * rowB;
      c0 = x.fma(FloatVector.fromArray(SPECIES, b, at), c0);
      c1 = x.fma(FloatVector.fromArray(SPECIES, b, at + LANES), c1);
      c2 = x.fma(FloatVector.fromArray(SPECIES, b, at + 2 * LANES), c2);
      c3 = x.fma(FloatVector.fromArray(SPECIES, b, at + 3 * LANES), c3);
      c4 = x.fma(FloatVector.fromArray(SPECIES, b, at + 4 * LANES), c4);
      c5 = x.fma(FloatVector.fromArray(SPECIES, b, at + 5 * LANES), c5);
      c6 = x.fma(FloatVector.fromArray(SPECIES, b, at + 6 * LANES), c6);
      c7 = x.fma(FloatVector.fromArray(SPECIES, b, at + 7 * LANES), c7);
    }
    c0.intoArray(c, startC);
    c1.intoArray(c, startC + LANES);
    c2.intoArray(c, startC + 2 * LANES);
    c3.intoArray(c, startC + 3 * LANES);
    c4.intoArray(c, startC + 4 * LANES);
    c5.intoArray(c, startC + 5 * LANES);
    c6.intoArray(c, startC + 6 * LANES);
    c7.intoArray(c, startC + 7 * LANES);
  }

  private static void three(
      float[] a, int startA, float[] b, int startB, int rowB, int depth, float[] c, int startC) {
    FloatVector c0 = FloatVector.zero(SPECIES);
    FloatVector c1 = FloatVector.zero(SPECIES);
    FloatVector c2 = FloatVector.zero(SPECIES);
    for (int p = 0; p < depth; p++) {
      FloatVector x = FloatVector.broadcast(SPECIES, a[startA + p]);
      int at = startB + p * rowB;
      c0 = x.fma(FloatVector.fromArray(SPECIES, b, at), c0);
      c1 = x.fma(FloatVector.fromArray(SPECIES, b, at + LANES), c1);
      c2 = x.fma(FloatVector.fromArray(SPECIES, b, at + 2 * LANES), c2);
    }
    c0.intoArray(c, startC);
    c1.intoArray(c, startC + LANES);
    c2.intoArray(c, startC + 2 * LANES);
  }

  private static void one(
      float[] a, int startA, float[] b, int startB, int rowB, int depth, float[] c, int startC) {
    FloatVector sum = FloatVector.zero(SPECIES);
    for (int p = 0; p < depth; p++) {
      FloatVector x = FloatVector.broadcast(SPECIES, a[startA + p]);
      sum = x.fma(FloatVector.fromArray(SPECIES, b, startB + p * rowB), sum);
    }
    sum.intoArray(c, startC);
  }
}
