package io.ember4j.backend.pure;

import jdk.incubator.vector.FloatVector;
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
final class VectorFloatPacked {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  private VectorFloatPacked() {}

  static void one(
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
    int end = startB + depth * VectorFloatTile.COLUMNS;
    int i = startA;
    for (int j = startB; j < end; j += VectorFloatTile.COLUMNS) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, j);
      FloatVector a0 = FloatVector.broadcast(SPECIES, a[i]);
      c00 = a0.fma(b0, c00);
      FloatVector a1 = FloatVector.broadcast(SPECIES, a[i + 1]);
      c10 = a1.fma(b0, c10);
      FloatVector a2 = FloatVector.broadcast(SPECIES, a[i + 2]);
      c20 = a2.fma(b0, c20);
      FloatVector a3 = FloatVector.broadcast(SPECIES, a[i + 3]);
      c30 = a3.fma(b0, c30);
      FloatVector a4 = FloatVector.broadcast(SPECIES, a[i + 4]);
      c40 = a4.fma(b0, c40);
      FloatVector a5 = FloatVector.broadcast(SPECIES, a[i + 5]);
      c50 = a5.fma(b0, c50);
      FloatVector a6 = FloatVector.broadcast(SPECIES, a[i + 6]);
      c60 = a6.fma(b0, c60);
      FloatVector a7 = FloatVector.broadcast(SPECIES, a[i + 7]);
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
    int end = startB + depth * VectorFloatTile.COLUMNS;
    int i = startA;
    for (int j = startB; j < end; j += VectorFloatTile.COLUMNS) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, j);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, j + LANES);
      FloatVector a0 = FloatVector.broadcast(SPECIES, a[i]);
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      FloatVector a1 = FloatVector.broadcast(SPECIES, a[i + 1]);
      c10 = a1.fma(b0, c10);
      c11 = a1.fma(b1, c11);
      FloatVector a2 = FloatVector.broadcast(SPECIES, a[i + 2]);
      c20 = a2.fma(b0, c20);
      c21 = a2.fma(b1, c21);
      FloatVector a3 = FloatVector.broadcast(SPECIES, a[i + 3]);
      c30 = a3.fma(b0, c30);
      c31 = a3.fma(b1, c31);
      FloatVector a4 = FloatVector.broadcast(SPECIES, a[i + 4]);
      c40 = a4.fma(b0, c40);
      c41 = a4.fma(b1, c41);
      FloatVector a5 = FloatVector.broadcast(SPECIES, a[i + 5]);
      c50 = a5.fma(b0, c50);
      c51 = a5.fma(b1, c51);
      FloatVector a6 = FloatVector.broadcast(SPECIES, a[i + 6]);
      c60 = a6.fma(b0, c60);
      c61 = a6.fma(b1, c61);
      FloatVector a7 = FloatVector.broadcast(SPECIES, a[i + 7]);
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
    int end = startB + depth * VectorFloatTile.COLUMNS;
    int i = startA;
    for (int j = startB; j < end; j += VectorFloatTile.COLUMNS) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, j);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, j + LANES);
      FloatVector b2 = FloatVector.fromArray(SPECIES, b, j + 2 * LANES);
      FloatVector a0 = FloatVector.broadcast(SPECIES, a[i]);
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      c02 = a0.fma(b2, c02);
      FloatVector a1 = FloatVector.broadcast(SPECIES, a[i + 1]);
      c10 = a1.fma(b0, c10);
      c11 = a1.fma(b1, c11);
      c12 = a1.fma(b2, c12);
      FloatVector a2 = FloatVector.broadcast(SPECIES, a[i + 2]);
      c20 = a2.fma(b0, c20);
      c21 = a2.fma(b1, c21);
      c22 = a2.fma(b2, c22);
      FloatVector a3 = FloatVector.broadcast(SPECIES, a[i + 3]);
      c30 = a3.fma(b0, c30);
      c31 = a3.fma(b1, c31);
      c32 = a3.fma(b2, c32);
      FloatVector a4 = FloatVector.broadcast(SPECIES, a[i + 4]);
      c40 = a4.fma(b0, c40);
      c41 = a4.fma(b1, c41);
      c42 = a4.fma(b2, c42);
      FloatVector a5 = FloatVector.broadcast(SPECIES, a[i + 5]);
      c50 = a5.fma(b0, c50);
      c51 = a5.fma(b1, c51);
      c52 = a5.fma(b2, c52);
      FloatVector a6 = FloatVector.broadcast(SPECIES, a[i + 6]);
      c60 = a6.fma(b0, c60);
      c61 = a6.fma(b1, c61);
      c62 = a6.fma(b2, c62);
      FloatVector a7 = FloatVector.broadcast(SPECIES, a[i + 7]);
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
