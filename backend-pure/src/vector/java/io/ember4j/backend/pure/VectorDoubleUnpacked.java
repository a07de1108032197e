package io.ember4j.backend.pure;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/** Blocks of eight rows of a matrix product, from rows of A; see {@link VectorDoublePacked}. */
final class VectorDoubleUnpacked {
  private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  private VectorDoubleUnpacked() {}

  static void one(
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
      int rowC) {
    DoubleVector c00 = DoubleVector.fromArray(SPECIES, from, at);
    at += row;
    DoubleVector c10 = DoubleVector.fromArray(SPECIES, from, at);
    at += row;
    DoubleVector c20 = DoubleVector.fromArray(SPECIES, from, at);
    at += row;
    DoubleVector c30 = DoubleVector.fromArray(SPECIES, from, at);
    at += row;
    DoubleVector c40 = DoubleVector.fromArray(SPECIES, from, at);
    at += row;
    DoubleVector c50 = DoubleVector.fromArray(SPECIES, from, at);
    at += row;
    DoubleVector c60 = DoubleVector.fromArray(SPECIES, from, at);
    at += row;
    DoubleVector c70 = DoubleVector.fromArray(SPECIES, from, at);
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
      DoubleVector b0 = DoubleVector.fromArray(SPECIES, b, j);
      DoubleVector a0 = DoubleVector.broadcast(SPECIES, a[startA + p]);
      c00 = a0.fma(b0, c00);
      DoubleVector a1 = DoubleVector.broadcast(SPECIES, a[start1 + p]);
      c10 = a1.fma(b0, c10);
      DoubleVector a2 = DoubleVector.broadcast(SPECIES, a[start2 + p]);
      c20 = a2.fma(b0, c20);
      DoubleVector a3 = DoubleVector.broadcast(SPECIES, a[start3 + p]);
      c30 = a3.fma(b0, c30);
      DoubleVector a4 = DoubleVector.broadcast(SPECIES, a[start4 + p]);
      c40 = a4.fma(b0, c40);
      DoubleVector a5 = DoubleVector.broadcast(SPECIES, a[start5 + p]);
      c50 = a5.fma(b0, c50);
      DoubleVector a6 = DoubleVector.broadcast(SPECIES, a[start6 + p]);
      c60 = a6.fma(b0, c60);
      DoubleVector a7 = DoubleVector.broadcast(SPECIES, a[start7 + p]);
      c70 = a7.fma(b0, c70);
      b0 = DoubleVector.fromArray(SPECIES, b, j + rowB);
      a0 = DoubleVector.broadcast(SPECIES, a[startA + p + 1]);
      c00 = a0.fma(b0, c00);
      a1 = DoubleVector.broadcast(SPECIES, a[start1 + p + 1]);
      c10 = a1.fma(b0, c10);
      a2 = DoubleVector.broadcast(SPECIES, a[start2 + p + 1]);
      c20 = a2.fma(b0, c20);
      a3 = DoubleVector.broadcast(SPECIES, a[start3 + p + 1]);
      c30 = a3.fma(b0, c30);
      a4 = DoubleVector.broadcast(SPECIES, a[start4 + p + 1]);
      c40 = a4.fma(b0, c40);
      a5 = DoubleVector.broadcast(SPECIES, a[start5 + p + 1]);
      c50 = a5.fma(b0, c50);
      a6 = DoubleVector.broadcast(SPECIES, a[start6 + p + 1]);
      c60 = a6.fma(b0, c60);
      a7 = DoubleVector.broadcast(SPECIES, a[start7 + p + 1]);
      c70 = a7.fma(b0, c70);
      j += 2 * rowB;
    }
    if (p < depth) {
      DoubleVector b0 = DoubleVector.fromArray(SPECIES, b, j);
      DoubleVector a0 = DoubleVector.broadcast(SPECIES, a[startA + p]);
      c00 = a0.fma(b0, c00);
      DoubleVector a1 = DoubleVector.broadcast(SPECIES, a[start1 + p]);
      c10 = a1.fma(b0, c10);
      DoubleVector a2 = DoubleVector.broadcast(SPECIES, a[start2 + p]);
      c20 = a2.fma(b0, c20);
      DoubleVector a3 = DoubleVector.broadcast(SPECIES, a[start3 + p]);
      c30 = a3.fma(b0, c30);
      DoubleVector a4 = DoubleVector.broadcast(SPECIES, a[start4 + p]);
      c40 = a4.fma(b0, c40);
      DoubleVector a5 = DoubleVector.broadcast(SPECIES, a[start5 + p]);
      c50 = a5.fma(b0, c50);
      DoubleVector a6 = DoubleVector.broadcast(SPECIES, a[start6 + p]);
      c60 = a6.fma(b0, c60);
      DoubleVector a7 = DoubleVector.broadcast(SPECIES, a[start7 + p]);
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
      int rowC) {
    DoubleVector c00 = DoubleVector.fromArray(SPECIES, from, at);
    DoubleVector c01 = DoubleVector.fromArray(SPECIES, from, at + LANES);
    at += row;
    DoubleVector c10 = DoubleVector.fromArray(SPECIES, from, at);
    DoubleVector c11 = DoubleVector.fromArray(SPECIES, from, at + LANES);
    at += row;
    DoubleVector c20 = DoubleVector.fromArray(SPECIES, from, at);
    DoubleVector c21 = DoubleVector.fromArray(SPECIES, from, at + LANES);
    at += row;
    DoubleVector c30 = DoubleVector.fromArray(SPECIES, from, at);
    DoubleVector c31 = DoubleVector.fromArray(SPECIES, from, at + LANES);
    at += row;
    DoubleVector c40 = DoubleVector.fromArray(SPECIES, from, at);
    DoubleVector c41 = DoubleVector.fromArray(SPECIES, from, at + LANES);
    at += row;
    DoubleVector c50 = DoubleVector.fromArray(SPECIES, from, at);
    DoubleVector c51 = DoubleVector.fromArray(SPECIES, from, at + LANES);
    at += row;
    DoubleVector c60 = DoubleVector.fromArray(SPECIES, from, at);
    DoubleVector c61 = DoubleVector.fromArray(SPECIES, from, at + LANES);
    at += row;
    DoubleVector c70 = DoubleVector.fromArray(SPECIES, from, at);
    DoubleVector c71 = DoubleVector.fromArray(SPECIES, from, at + LANES);
    int start1 = startA + rowA;
    int start2 = start1 + rowA;
    int start3 = start2 + rowA;
    int start4 = start3 + rowA;
    int start5 = start4 + rowA;
    int start6 = start5 + rowA;
    int start7 = start6 + rowA;
    for (int p = 0; p < depth; p++) {
      DoubleVector b0 = DoubleVector.fromArray(SPECIES, b, startB + p * rowB);
      DoubleVector b1 = DoubleVector.fromArray(SPECIES, b, startB + p * rowB + LANES);
      DoubleVector a0 = DoubleVector.broadcast(SPECIES, a[startA + p]);
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      DoubleVector a1 = DoubleVector.broadcast(SPECIES, a[start1 + p]);
      c10 = a1.fma(b0, c10);
      c11 = a1.fma(b1, c11);
      DoubleVector a2 = DoubleVector.broadcast(SPECIES, a[start2 + p]);
      c20 = a2.fma(b0, c20);
      c21 = a2.fma(b1, c21);
      DoubleVector a3 = DoubleVector.broadcast(SPECIES, a[start3 + p]);
      c30 = a3.fma(b0, c30);
      c31 = a3.fma(b1, c31);
      DoubleVector a4 = DoubleVector.broadcast(SPECIES, a[start4 + p]);
      c40 = a4.fma(b0, c40);
      c41 = a4.fma(b1, c41);
      DoubleVector a5 = DoubleVector.broadcast(SPECIES, a[start5 + p]);
      c50 = a5.fma(b0, c50);
      c51 = a5.fma(b1, c51);
      DoubleVector a6 = DoubleVector.broadcast(SPECIES, a[start6 + p]);
      c60 = a6.fma(b0, c60);
      c61 = a6.fma(b1, c61);
      DoubleVector a7 = DoubleVector.broadcast(SPECIES, a[start7 + p]);
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
      int rowC) {
    DoubleVector c00 = DoubleVector.fromArray(SPECIES, from, at);
    DoubleVector c01 = DoubleVector.fromArray(SPECIES, from, at + LANES);
    DoubleVector c02 = DoubleVector.fromArray(SPECIES, from, at + 2 * LANES);
    at += row;
    DoubleVector c10 = DoubleVector.fromArray(SPECIES, from, at);
    DoubleVector c11 = DoubleVector.fromArray(SPECIES, from, at + LANES);
    DoubleVector c12 = DoubleVector.fromArray(SPECIES, from, at + 2 * LANES);
    at += row;
    DoubleVector c20 = DoubleVector.fromArray(SPECIES, from, at);
    DoubleVector c21 = DoubleVector.fromArray(SPECIES, from, at + LANES);
    DoubleVector c22 = DoubleVector.fromArray(SPECIES, from, at + 2 * LANES);
    at += row;
    DoubleVector c30 = DoubleVector.fromArray(SPECIES, from, at);
    DoubleVector c31 = DoubleVector.fromArray(SPECIES, from, at + LANES);
    DoubleVector c32 = DoubleVector.fromArray(SPECIES, from, at + 2 * LANES);
    at += row;
    DoubleVector c40 = DoubleVector.fromArray(SPECIES, from, at);
    DoubleVector c41 = DoubleVector.fromArray(SPECIES, from, at + LANES);
    DoubleVector c42 = DoubleVector.fromArray(SPECIES, from, at + 2 * LANES);
    at += row;
    DoubleVector c50 = DoubleVector.fromArray(SPECIES, from, at);
    DoubleVector c51 = DoubleVector.fromArray(SPECIES, from, at + LANES);
    DoubleVector c52 = DoubleVector.fromArray(SPECIES, from, at + 2 * LANES);
    at += row;
    DoubleVector c60 = DoubleVector.fromArray(SPECIES, from, at);
    DoubleVector c61 = DoubleVector.fromArray(SPECIES, from, at + LANES);
    DoubleVector c62 = DoubleVector.fromArray(SPECIES, from, at + 2 * LANES);
    at += row;
    DoubleVector c70 = DoubleVector.fromArray(SPECIES, from, at);
    DoubleVector c71 = DoubleVector.fromArray(SPECIES, from, at + LANES);
    DoubleVector c72 = DoubleVector.fromArray(SPECIES, from, at + 2 * LANES);
    int start1 = startA + rowA;
    int start2 = start1 + rowA;
    int start3 = start2 + rowA;
    int start4 = start3 + rowA;
    int start5 = start4 + rowA;
    int start6 = start5 + rowA;
    int start7 = start6 + rowA;
    for (int p = 0; p < depth; p++) {
      DoubleVector b0 = DoubleVector.fromArray(SPECIES, b, startB + p * rowB);
      DoubleVector b1 = DoubleVector.fromArray(SPECIES, b, startB + p * rowB + LANES);
      DoubleVector b2 = DoubleVector.fromArray(SPECIES, b, startB + p * rowB + 2 * LANES);
      DoubleVector a0 = DoubleVector.broadcast(SPECIES, a[startA + p]);
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      c02 = a0.fma(b2, c02);
      DoubleVector a1 = DoubleVector.broadcast(SPECIES, a[start1 + p]);
      c10 = a1.fma(b0, c10);
      c11 = a1.fma(b1, c11);
      c12 = a1.fma(b2, c12);
      DoubleVector a2 = DoubleVector.broadcast(SPECIES, a[start2 + p]);
      c20 = a2.fma(b0, c20);
      c21 = a2.fma(b1, c21);
      c22 = a2.fma(b2, c22);
      DoubleVector a3 = DoubleVector.broadcast(SPECIES, a[start3 + p]);
      c30 = a3.fma(b0, c30);
      c31 = a3.fma(b1, c31);
      c32 = a3.fma(b2, c32);
      DoubleVector a4 = DoubleVector.broadcast(SPECIES, a[start4 + p]);
      c40 = a4.fma(b0, c40);
      c41 = a4.fma(b1, c41);
      c42 = a4.fma(b2, c42);
      DoubleVector a5 = DoubleVector.broadcast(SPECIES, a[start5 + p]);
      c50 = a5.fma(b0, c50);
      c51 = a5.fma(b1, c51);
      c52 = a5.fma(b2, c52);
      DoubleVector a6 = DoubleVector.broadcast(SPECIES, a[start6 + p]);
      c60 = a6.fma(b0, c60);
      c61 = a6.fma(b1, c61);
      c62 = a6.fma(b2, c62);
      DoubleVector a7 = DoubleVector.broadcast(SPECIES, a[start7 + p]);
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
