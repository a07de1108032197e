package io.ember4j.backend.pure;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Blocks of eight rows of a matrix product, from rows of A; see {@link VectorFloatPacked}. */
final class VectorFloatUnpacked {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  private VectorFloatUnpacked() {}

  static void one(
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
      int rowC) {
    FloatVector c00 = FloatVector.fromArray(SPECIES, from, at);
    at += row;
    FloatVector c10 = FloatVector.fromArray(SPECIES, from, at);
    at += row;
    FloatVector c20 = FloatVector.fromArray(SPECIES, from, at);
    at += row;
    FloatVector c30 = FloatVector.fromArray(SPECIES, from, at);
    at += row;
    FloatVector c40 = FloatVector.fromArray(SPECIES, from, at);
    at += row;
    FloatVector c50 = FloatVector.fromArray(SPECIES, from, at);
    at += row;
    FloatVector c60 = FloatVector.fromArray(SPECIES, from, at);
    at += row;
    FloatVector c70 = FloatVector.fromArray(SPECIES, from, at);
    int start1 = startA + rowA;
    int start2 = start1 + rowA;
    int start3 = start2 + rowA;
    int start4 = start3 + rowA;
    int start5 = start4 + rowA;
    int start6 = start5 + rowA;
    int start7 = start6 + rowA;
    int p = 0;
    int j = startB;
    // Two terms per round: what the rows' places take is taken half as often.
    for (; p < depth - 1; p += 2) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, j);
      FloatVector a0 = FloatVector.broadcast(SPECIES, a[startA + p]);
      c00 = a0.fma(b0, c00);
      FloatVector a1 = FloatVector.broadcast(SPECIES, a[start1 + p]);
      c10 = a1.fma(b0, c10);
      FloatVector a2 = FloatVector.broadcast(SPECIES, a[start2 + p]);
      c20 = a2.fma(b0, c20);
      FloatVector a3 = FloatVector.broadcast(SPECIES, a[start3 + p]);
      c30 = a3.fma(b0, c30);
      FloatVector a4 = FloatVector.broadcast(SPECIES, a[start4 + p]);
      c40 = a4.fma(b0, c40);
      FloatVector a5 = FloatVector.broadcast(SPECIES, a[start5 + p]);
      c50 = a5.fma(b0, c50);
      FloatVector a6 = FloatVector.broadcast(SPECIES, a[start6 + p]);
      c60 = a6.fma(b0, c60);
      FloatVector a7 = FloatVector.broadcast(SPECIES, a[start7 + p]);
      c70 = a7.fma(b0, c70);
      b0 = FloatVector.fromArray(SPECIES, b, j + rowB);
      a0 = FloatVector.broadcast(SPECIES, a[startA + p + 1]);
      c00 = a0.fma(b0, c00);
      a1 = FloatVector.broadcast(SPECIES, a[start1 + p + 1]);
      c10 = a1.fma(b0, c10);
      a2 = FloatVector.broadcast(SPECIES, a[start2 + p + 1]);
      c20 = a2.fma(b0, c20);
      a3 = FloatVector.broadcast(SPECIES, a[start3 + p + 1]);
      c30 = a3.fma(b0, c30);
      a4 = FloatVector.broadcast(SPECIES, a[start4 + p + 1]);
      c40 = a4.fma(b0, c40);
      a5 = FloatVector.broadcast(SPECIES, a[start5 + p + 1]);
      c50 = a5.fma(b0, c50);
      a6 = FloatVector.broadcast(SPECIES, a[start6 + p + 1]);
      c60 = a6.fma(b0, c60);
      a7 = FloatVector.broadcast(SPECIES, a[start7 + p + 1]);
      c70 = a7.fma(b0, c70);
      j += 2 * rowB;
    }
    if (p < depth) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, j);
      FloatVector a0 = FloatVector.broadcast(SPECIES, a[startA + p]);
      c00 = a0.fma(b0, c00);
      FloatVector a1 = FloatVector.broadcast(SPECIES, a[start1 + p]);
      c10 = a1.fma(b0, c10);
      FloatVector a2 = FloatVector.broadcast(SPECIES, a[start2 + p]);
      c20 = a2.fma(b0, c20);
      FloatVector a3 = FloatVector.broadcast(SPECIES, a[start3 + p]);
      c30 = a3.fma(b0, c30);
      FloatVector a4 = FloatVector.broadcast(SPECIES, a[start4 + p]);
      c40 = a4.fma(b0, c40);
      FloatVector a5 = FloatVector.broadcast(SPECIES, a[start5 + p]);
      c50 = a5.fma(b0, c50);
      FloatVector a6 = FloatVector.broadcast(SPECIES, a[start6 + p]);
      c60 = a6.fma(b0, c60);
      FloatVector a7 = FloatVector.broadcast(SPECIES, a[start7 + p]);
      c70 = a7.fma(b0, c70);
    }
    c00.intoArray(c, startC);
    startC += rowC;
    c10.intoArray(c, startC);
    startC += rowC;
    c20.intoArray(c, startC);
    startC += rowC;
    c30.intoArray(c, startC);
    startC += rowC;
    c40.intoArray(c, startC);
    startC += rowC;
    c50.intoArray(c, startC);
    startC += rowC;
    c60.intoArray(c, startC);
    startC += rowC;
    c70.intoArray(c, startC);
  }

  static void two(
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
      int rowC) {
    FloatVector c00 = FloatVector.fromArray(SPECIES, from, at);
    FloatVector c01 = FloatVector.fromArray(SPECIES, from, at + LANES);
    at += row;
    FloatVector c10 = FloatVector.fromArray(SPECIES, from, at);
    FloatVector c11 = FloatVector.fromArray(SPECIES, from, at + LANES);
    at += row;
    FloatVector c20 = FloatVector.fromArray(SPECIES, from, at);
    FloatVector c21 = FloatVector.fromArray(SPECIES, from, at + LANES);
    at += row;
    FloatVector c30 = FloatVector.fromArray(SPECIES, from, at);
    FloatVector c31 = FloatVector.fromArray(SPECIES, from, at + LANES);
    at += row;
    FloatVector c40 = FloatVector.fromArray(SPECIES, from, at);
    FloatVector c41 = FloatVector.fromArray(SPECIES, from, at + LANES);
    at += row;
    FloatVector c50 = FloatVector.fromArray(SPECIES, from, at);
    FloatVector c51 = FloatVector.fromArray(SPECIES, from, at + LANES);
    at += row;
    FloatVector c60 = FloatVector.fromArray(SPECIES, from, at);
    FloatVector c61 = FloatVector.fromArray(SPECIES, from, at + LANES);
    at += row;
    FloatVector c70 = FloatVector.fromArray(SPECIES, from, at);
    FloatVector c71 = FloatVector.fromArray(SPECIES, from, at + LANES);
    int start1 = startA + rowA;
    int start2 = start1 + rowA;
    int start3 = start2 + rowA;
    int start4 = start3 + rowA;
    int start5 = start4 + rowA;
    int start6 = start5 + rowA;
    int start7 = start6 + rowA;
    for (int p = 0; p < depth; p++) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, startB + p * rowB);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, startB + p * rowB + LANES);
      FloatVector a0 = FloatVector.broadcast(SPECIES, a[startA + p]);
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      FloatVector a1 = FloatVector.broadcast(SPECIES, a[start1 + p]);
      c10 = a1.fma(b0, c10);
      c11 = a1.fma(b1, c11);
      FloatVector a2 = FloatVector.broadcast(SPECIES, a[start2 + p]);
      c20 = a2.fma(b0, c20);
      c21 = a2.fma(b1, c21);
      FloatVector a3 = FloatVector.broadcast(SPECIES, a[start3 + p]);
      c30 = a3.fma(b0, c30);
      c31 = a3.fma(b1, c31);
      FloatVector a4 = FloatVector.broadcast(SPECIES, a[start4 + p]);
      c40 = a4.fma(b0, c40);
      c41 = a4.fma(b1, c41);
      FloatVector a5 = FloatVector.broadcast(SPECIES, a[start5 + p]);
      c50 = a5.fma(b0, c50);
      c51 = a5.fma(b1, c51);
      FloatVector a6 = FloatVector.broadcast(SPECIES, a[start6 + p]);
      c60 = a6.fma(b0, c60);
      c61 = a6.fma(b1, c61);
      FloatVector a7 = FloatVector.broadcast(SPECIES, a[start7 + p]);
      c70 = a7.fma(b0, c70);
      c71 = a7.fma(b1, c71);
    }
    c00.intoArray(c, startC);
    c01.intoArray(c, startC + LANES);
    startC += rowC;
    c10.intoArray(c, startC);
    c11.intoArray(c, startC + LANES);
    startC += rowC;
    c20.intoArray(c, startC);
    c21.intoArray(c, startC + LANES);
    startC += rowC;
    c30.intoArray(c, startC);
    c31.intoArray(c, startC + LANES);
    startC += rowC;
    c40.intoArray(c, startC);
    c41.intoArray(c, startC + LANES);
    startC += rowC;
    c50.intoArray(c, startC);
    c51.intoArray(c, startC + LANES);
    startC += rowC;
    c60.intoArray(c, startC);
    c61.intoArray(c, startC + LANES);
    startC += rowC;
    c70.intoArray(c, startC);
    c71.intoArray(c, startC + LANES);
  }

  static void three(
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
      int rowC) {
    FloatVector c00 = FloatVector.fromArray(SPECIES, from, at);
    FloatVector c01 = FloatVector.fromArray(SPECIES, from, at + LANES);
    FloatVector c02 = FloatVector.fromArray(SPECIES, from, at + 2 * LANES);
    at += row;
    FloatVector c10 = FloatVector.fromArray(SPECIES, from, at);
    FloatVector c11 = FloatVector.fromArray(SPECIES, from, at + LANES);
    FloatVector c12 = FloatVector.fromArray(SPECIES, from, at + 2 * LANES);
    at += row;
    FloatVector c20 = FloatVector.fromArray(SPECIES, from, at);
    FloatVector c21 = FloatVector.fromArray(SPECIES, from, at + LANES);
    FloatVector c22 = FloatVector.fromArray(SPECIES, from, at + 2 * LANES);
    at += row;
    FloatVector c30 = FloatVector.fromArray(SPECIES, from, at);
    FloatVector c31 = FloatVector.fromArray(SPECIES, from, at + LANES);
    FloatVector c32 = FloatVector.fromArray(SPECIES, from, at + 2 * LANES);
    at += row;
    FloatVector c40 = FloatVector.fromArray(SPECIES, from, at);
    FloatVector c41 = FloatVector.fromArray(SPECIES, from, at + LANES);
    FloatVector c42 = FloatVector.fromArray(SPECIES, from, at + 2 * LANES);
    at += row;
    FloatVector c50 = FloatVector.fromArray(SPECIES, from, at);
    FloatVector c51 = FloatVector.fromArray(SPECIES, from, at + LANES);
    FloatVector c52 = FloatVector.fromArray(SPECIES, from, at + 2 * LANES);
    at += row;
    FloatVector c60 = FloatVector.fromArray(SPECIES, from, at);
    FloatVector c61 = FloatVector.fromArray(SPECIES, from, at + LANES);
    FloatVector c62 = FloatVector.fromArray(SPECIES, from, at + 2 * LANES);
    at += row;
    FloatVector c70 = FloatVector.fromArray(SPECIES, from, at);
    FloatVector c71 = FloatVector.fromArray(SPECIES, from, at + LANES);
    FloatVector c72 = FloatVector.fromArray(SPECIES, from, at + 2 * LANES);
    int start1 = startA + rowA;
    int start2 = start1 + rowA;
    int start3 = start2 + rowA;
    int start4 = start3 + rowA;
    int start5 = start4 + rowA;
    int start6 = start5 + rowA;
    int start7 = start6 + rowA;
    for (int p = 0; p < depth; p++) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, startB + p * rowB);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, startB + p * rowB + LANES);
      FloatVector b2 = FloatVector.fromArray(SPECIES, b, startB + p * rowB + 2 * LANES);
      FloatVector a0 = FloatVector.broadcast(SPECIES, a[startA + p]);
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      c02 = a0.fma(b2, c02);
      FloatVector a1 = FloatVector.broadcast(SPECIES, a[start1 + p]);
      c10 = a1.fma(b0, c10);
      c11 = a1.fma(b1, c11);
      c12 = a1.fma(b2, c12);
      FloatVector a2 = FloatVector.broadcast(SPECIES, a[start2 + p]);
      c20 = a2.fma(b0, c20);
      c21 = a2.fma(b1, c21);
      c22 = a2.fma(b2, c22);
      FloatVector a3 = FloatVector.broadcast(SPECIES, a[start3 + p]);
      c30 = a3.fma(b0, c30);
      c31 = a3.fma(b1, c31);
      c32 = a3.fma(b2, c32);
      FloatVector a4 = FloatVector.broadcast(SPECIES, a[start4 + p]);
      c40 = a4.fma(b0, c40);
      c41 = a4.fma(b1, c41);
      c42 = a4.fma(b2, c42);
      FloatVector a5 = FloatVector.broadcast(SPECIES, a[start5 + p]);
      c50 = a5.fma(b0, c50);
      c51 = a5.fma(b1, c51);
      c52 = a5.fma(b2, c52);
      FloatVector a6 = FloatVector.broadcast(SPECIES, a[start6 + p]);
      c60 = a6.fma(b0, c60);
      c61 = a6.fma(b1, c61);
      c62 = a6.fma(b2, c62);
      FloatVector a7 = FloatVector.broadcast(SPECIES, a[start7 + p]);
      c70 = a7.fma(b0, c70);
      c71 = a7.fma(b1, c71);
      c72 = a7.fma(b2, c72);
    }
    c00.intoArray(c, startC);
    c01.intoArray(c, startC + LANES);
    c02.intoArray(c, startC + 2 * LANES);
    startC += rowC;
    c10.intoArray(c, startC);
    c11.intoArray(c, startC + LANES);
    c12.intoArray(c, startC + 2 * LANES);
    startC += rowC;
    c20.intoArray(c, startC);
    c21.intoArray(c, startC + LANES);
    c22.intoArray(c, startC + 2 * LANES);
    startC += rowC;
    c30.intoArray(c, startC);
    c31.intoArray(c, startC + LANES);
    c32.intoArray(c, startC + 2 * LANES);
    startC += rowC;
    c40.intoArray(c, startC);
    c41.intoArray(c, startC + LANES);
    c42.intoArray(c, startC + 2 * LANES);
    startC += rowC;
    c50.intoArray(c, startC);
    c51.intoArray(c, startC + LANES);
    c52.intoArray(c, startC + 2 * LANES);
    startC += rowC;
    c60.intoArray(c, startC);
    c61.intoArray(c, startC + LANES);
    c62.intoArray(c, startC + 2 * LANES);
    startC += rowC;
    c70.intoArray(c, startC);
    c71.intoArray(c, startC + LANES);
    c72.intoArray(c, startC + 2 * LANES);
  }
}
