package io.ember4j.backend.jblas;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ember4j.DType;
import io.ember4j.spi.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CopyTest {
  private final JblasBackend backend = Numbers.backend();

  @ParameterizedTest
  @EnumSource(DType.class)
  void oneElementOfRankZero(DType dtype) {
    double[] actual = copy(dtype, 5, 3, new long[0], new double[4], 2, new long[0], new long[0]);
    Numbers.assertSame(new double[] {0, 0, 3, 0}, actual, "rank 0");
  }

  @ParameterizedTest
  @EnumSource(DType.class)
  void strideZeroRepeats(DType dtype) {
    double[] actual =
        copy(
            dtype, 3, 0, new long[] {0, 1}, new double[6], 0, new long[] {3, 1}, new long[] {2, 3});
    Numbers.assertSame(new double[] {0, 1, 2, 0, 1, 2}, actual, "rows");
    actual =
        copy(
            dtype, 3, 2, new long[] {0, 0}, new double[6], 0, new long[] {3, 1}, new long[] {2, 3});
    Numbers.assertSame(new double[] {2, 2, 2, 2, 2, 2}, actual, "one element");
  }

  @ParameterizedTest
  @EnumSource(DType.class)
  void elementsBetweenTheTargetsStay(DType dtype) {
    double[] before = {9, 9, 9, 9, 9, 9, 9};
    double[] actual = copy(dtype, 4, 0, new long[] {1}, before, 1, new long[] {2}, new long[] {3});
    Numbers.assertSame(new double[] {9, 0, 9, 1, 9, 2, 9}, actual, "every second");
  }

  @ParameterizedTest
  @EnumSource(DType.class)
  void permutedSlicesOfRankOneToSix(DType dtype) {
    Random random = new Random(1);
    for (int round = 0; round < 300; round++) {
      int rank = 1 + round % 6;
      long[] extents = new long[rank];
      long[] sourceStrides = new long[rank];
      long[] targetStrides = new long[rank];
      int source = layOut(random, extents, sourceStrides, true);
      int target = layOut(random, extents, targetStrides, false);
      int sourceOffset = random.nextInt(3);
      int targetOffset = random.nextInt(3);
      double[] expected = new double[target + targetOffset];
      List<int[]> moves = moves(extents, sourceStrides, targetStrides);
      for (int[] move : moves) {
        expected[targetOffset + move[1]] = sourceOffset + move[0];
      }
      double[] actual =
          copy(
              dtype,
              source + sourceOffset,
              sourceOffset,
              sourceStrides,
              new double[expected.length],
              targetOffset,
              targetStrides,
              extents);
      Numbers.assertSame(expected, actual, "round " + round);
    }
  }

  @Test
  void contiguousAxesBecomeOneRow() {
    List<Integer> rows = new ArrayList<>();
    long[] extents = {2, 1, 3, 4};
    StridedCopy.Row row = (n, s, sStep, t, tStep) -> rows.add(n);
    StridedCopy.of(extents, new long[] {12, 12, 4, 1}, new long[] {12, 7, 4, 1}, row).run(0, 0);
    StridedCopy.of(extents, new long[] {24, 12, 4, 1}, new long[] {12, 7, 4, 1}, row).run(0, 0);
    StridedCopy.of(new long[] {1, 1}, new long[] {5, 5}, new long[] {1, 1}, row).run(0, 0);
    assertEquals(List.of(24, 12, 12, 1), rows);
  }

  @ParameterizedTest
  @EnumSource(DType.class)
  void convertRoundsToNearest(DType from) {
    DType to = from == DType.FLOAT32 ? DType.FLOAT64 : DType.FLOAT32;
    double[] values = {0.1, -0.0, 1 + 0x1p-24, 1e300, -1e300, 1e-46, Double.NaN, 1 + 0x1p-30};
    Buffer source = Numbers.buffer(backend, from, values);
    Buffer target = Numbers.garbage(backend, to, values.length);
    backend.convert(source, target);
    double[] expected = new double[values.length];
    for (int i = 0; i < expected.length; i++) {
      expected[i] = (float) values[i];
    }
    Numbers.assertSame(expected, Numbers.values(backend, target), "converted");
  }

  /** Fills in extents once and strides of a random axis order; returns the elements spanned. */
  private static int layOut(Random random, long[] extents, long[] strides, boolean source) {
    int rank = extents.length;
    List<Integer> axes = new ArrayList<>();
    for (int axis = 0; axis < rank; axis++) {
      axes.add(random.nextInt(axis + 1), axis);
      if (source) {
        extents[axis] = 1L + random.nextInt(4);
      }
    }
    long span = 1;
    for (int axis : axes) {
      boolean repeated = source && random.nextInt(6) == 0;
      strides[axis] = repeated ? 0 : span;
      span = repeated ? span : span * extents[axis] + (random.nextInt(3) == 0 ? 1 : 0);
    }
    return (int) span;
  }

  private static List<int[]> moves(long[] extents, long[] from, long[] to) {
    List<int[]> moves = new ArrayList<>(List.of(new int[] {0, 0}));
    for (int axis = 0; axis < extents.length; axis++) {
      List<int[]> next = new ArrayList<>();
      for (int[] move : moves) {
        for (int i = 0; i < extents[axis]; i++) {
          next.add(new int[] {move[0] + i * (int) from[axis], move[1] + i * (int) to[axis]});
        }
      }
      moves = next;
    }
    return moves;
  }

  /** Copies out of the numbers 0, 1, 2, ... and returns the target. */
  private double[] copy(
      DType dtype,
      int sourceSize,
      long sourceOffset,
      long[] sourceStrides,
      double[] before,
      long targetOffset,
      long[] targetStrides,
      long[] extents) {
    double[] numbers = new double[sourceSize];
    java.util.Arrays.setAll(numbers, i -> i);
    Buffer source = Numbers.buffer(backend, dtype, numbers);
    Buffer target = Numbers.buffer(backend, dtype, before);
    backend.copy(source, sourceOffset, sourceStrides, target, targetOffset, targetStrides, extents);
    return Numbers.values(backend, target);
  }
}
