package io.ember4j.backend.pure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.ember4j.DType;
import io.ember4j.spi.Buffer;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Strided copies of any rank, against one index at a time. */
class StridedCopyTest {
  private static final int SOURCE = 5000;
  private static final int TARGET = 6000;

  @ParameterizedTest
  @EnumSource
  void aSingleElement(DType dtype) {
    check(dtype, 7, longs(), 9, longs(), longs());
    check(dtype, 7, longs(5, 5), 9, longs(3, 2), longs(1, 1));
  }

  @ParameterizedTest
  @EnumSource
  void contiguousAndMergedAxes(DType dtype) {
    check(dtype, 0, longs(1), 0, longs(1), longs(4098));
    check(dtype, 3, longs(120, 24, 4, 1), 5, longs(120, 24, 4, 1), longs(10, 5, 6, 4));
    check(dtype, 3, longs(120, 24, 4, 1), 5, longs(240, 48, 8, 2), longs(10, 5, 6, 4));
  }

  @ParameterizedTest
  @EnumSource
  void slices(DType dtype) {
    check(dtype, 40, longs(100, 10, 1), 0, longs(12, 4, 1), longs(7, 3, 4));
    check(dtype, 40, longs(100, 30, 3), 2, longs(12, 4, 1), longs(7, 3, 4));
    check(dtype, 0, longs(12, 4, 1), 11, longs(100, 10, 2), longs(7, 3, 4));
  }

  @ParameterizedTest
  @EnumSource
  void permutations(DType dtype) {
    check(dtype, 0, longs(1, 17), 0, longs(67, 1), longs(17, 67));
    check(dtype, 2, longs(1, 40, 5), 1, longs(56, 7, 1), longs(5, 8, 7));
    check(dtype, 2, longs(5, 1, 40), 1, longs(40, 8, 1), longs(8, 5, 8));
  }

  @ParameterizedTest
  @EnumSource
  void broadcasts(DType dtype) {
    check(dtype, 3, longs(0), 1, longs(1), longs(1000));
    check(dtype, 3, longs(0, 0), 1, longs(20, 1), longs(50, 20));
    check(dtype, 3, longs(0, 1), 1, longs(20, 1), longs(50, 20));
    check(dtype, 3, longs(1, 0), 1, longs(20, 1), longs(50, 20));
    check(dtype, 3, longs(8, 0, 1, 0), 1, longs(280, 40, 5, 1), longs(4, 7, 8, 5));
  }

  private static long[] longs(long... values) {
    return values;
  }

  private static void check(
      DType dtype, int from, long[] sourceStrides, int to, long[] targetStrides, long[] extents) {
    double[] source = Data.random(SOURCE, 1);
    double[] expected = Data.values(Data.dirty(dtype, TARGET));
    int count = (int) Arrays.stream(extents).reduce(1, (a, b) -> a * b);
    for (int element = 0; element < count; element++) {
      int rest = element;
      long read = from;
      long write = to;
      for (int axis = extents.length - 1; axis >= 0; axis--) {
        int index = rest % (int) extents[axis];
        rest /= (int) extents[axis];
        read += index * sourceStrides[axis];
        write += index * targetStrides[axis];
      }
      expected[(int) write] = source[(int) read];
    }
    Buffer target = Data.dirty(dtype, TARGET);
    Data.BACKEND.copy(
        Data.buffer(dtype, source), from, sourceStrides, target, to, targetStrides, extents);
    assertArrayEquals(expected, Data.values(target));
  }
}
