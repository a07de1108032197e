package io.ember4j.backend.pure;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Blocks of eight rows of a matrix product, from packed columns of A and packed rows of B.
 *
 * <p>The sums stay in registers: each is a variable of its own, since no vector in an array would
 * be. The methods are too long to be inlined, which would take the vectors apart. The loops count
 * in places of B: any other counter takes more registers for integers than there are, and what the
 * JIT compiler then parks in vector registers it brings back by the units that multiply, a third
 * slower.
 */
final class VectorDoublePacked {
  private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  private VectorDoublePacked() {}

  static void one(
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
    int end = startB + depth * VectorDoubleTile.COLUMNS;
    int i = startA;
    for (int j = startB; j < end; j += VectorDoubleTile.COLUMNS) {
      DoubleVector b0 = DoubleVector.fromArray(SPECIES, b, j);
      DoubleVector a0 = DoubleVector.broadcast(SPECIES, a[i]);
      c00 = a0.fma(b0, c00);
      DoubleVector a1 = DoubleVector.broadcast(SPECIES, a[i + 1]);
      c10 = a1.fma(b0, c10);
      DoubleVector a2 = DoubleVector.broadcast(SPECIES, a[i + 2]);
      c20 = a2.fma(b0, c20);
      DoubleVector a3 = DoubleVector.broadcast(SPECIES, a[i + 3]);
      c30 = a3.fma(b0, c30);
      DoubleVector a4 = DoubleVector.broadcast(SPECIES, a[i + 4]);
      c40 = a4.fma(b0, c40);
      DoubleVector a5 = DoubleVector.broadcast(SPECIES, a[i + 5]);
      c50 = a5.fma(b0, c50);
      DoubleVector a6 = DoubleVector.broadcast(SPECIES, a[i + 6]);
      c60 = a6.fma(b0, c60);
      DoubleVector a7 = DoubleVector.broadcast(SPECIES, a[i + 7]);
      c70 = a7.fma(b0, c70);
      i += 8;
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
      double[] b,
      int startB,
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
    int end = startB + depth * VectorDoubleTile.COLUMNS;
    int i = startA;
    for (int j = startB; j < end; j += VectorDoubleTile.COLUMNS) {
      DoubleVector b0 = DoubleVector.fromArray(SPECIES, b, j);
      DoubleVector b1 = DoubleVector.fromArray(SPECIES, b, j + LANES);
      DoubleVector a0 = DoubleVector.broadcast(SPECIES, a[i]);
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      DoubleVector a1 = DoubleVector.broadcast(SPECIES, a[i + 1]);
      c10 = a1.fma(b0, c10);
      c11 = a1.fma(b1, c11);
      DoubleVector a2 = DoubleVector.broadcast(SPECIES, a[i + 2]);
      c20 = a2.fma(b0, c20);
      c21 = a2.fma(b1, c21);
      DoubleVector a3 = DoubleVector.broadcast(SPECIES, a[i + 3]);
      c30 = a3.fma(b0, c30);
      c31 = a3.fma(b1, c31);
      DoubleVector a4 = DoubleVector.broadcast(SPECIES, a[i + 4]);
      c40 = a4.fma(b0, c40);
      c41 = a4.fma(b1, c41);
      DoubleVector a5 = DoubleVector.broadcast(SPECIES, a[i + 5]);
      c50 = a5.fma(b0, c50);
      c51 = a5.fma(b1, c51);
      DoubleVector a6 = DoubleVector.broadcast(SPECIES, a[i + 6]);
      c60 = a6.fma(b0, c60);
      c61 = a6.fma(b1, c61);
      DoubleVector a7 = DoubleVector.broadcast(SPECIES, a[i + 7]);
      c70 = a7.fma(b0, c70);
      c71 = a7.fma(b1, c71);
      i += 8;
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
      double[] b,
      int startB,
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
    int end = startB + depth * VectorDoubleTile.COLUMNS;
    int i = startA;
    for (int j = startB; j < end; j += VectorDoubleTile.COLUMNS) {
      DoubleVector b0 = DoubleVector.fromArray(SPECIES, b, j);
      DoubleVector b1 = DoubleVector.fromArray(SPECIES, b, j + LANES);
      DoubleVector b2 = DoubleVector.fromArray(SPECIES, b, j + 2 * LANES);
      DoubleVector a0 = DoubleVector.broadcast(SPECIES, a[i]);
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      c02 = a0.fma(b2, c02);
      DoubleVector a1 = DoubleVector.broadcast(SPECIES, a[i + 1]);
      c10 = a1.fma(b0, c10);
      c11 = a1.fma(b1, c11);
      c12 = a1.fma(b2, c12);
      DoubleVector a2 = DoubleVector.broadcast(SPECIES, a[i + 2]);
      c20 = a2.fma(b0, c20);
      c21 = a2.fma(b1, c21);
      c22 = a2.fma(b2, c22);
      DoubleVector a3 = DoubleVector.broadcast(SPECIES, a[i + 3]);
      c30 = a3.fma(b0, c30);
      c31 = a3.fma(b1, c31);
      c32 = a3.fma(b2, c32);
      DoubleVector a4 = DoubleVector.broadcast(SPECIES, a[i + 4]);
      c40 = a4.fma(b0, c40);
      c41 = a4.fma(b1, c41);
      c42 = a4.fma(b2, c42);
      DoubleVector a5 = DoubleVector.broadcast(SPECIES, a[i + 5]);
      c50 = a5.fma(b0, c50);
      c51 = a5.fma(b1, c51);
      c52 = a5.fma(b2, c52);
      DoubleVector a6 = DoubleVector.broadcast(SPECIES, a[i + 6]);
      c60 = a6.fma(b0, c60);
      c61 = a6.fma(b1, c61);
      c62 = a6.fma(b2, c62);
      DoubleVector a7 = DoubleVector.broadcast(SPECIES, a[i + 7]);
      c70 = a7.fma(b0, c70);
      c71 = a7.fma(b1, c71);
      c72 = a7.fma(b2, c72);
      i += 8;
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
