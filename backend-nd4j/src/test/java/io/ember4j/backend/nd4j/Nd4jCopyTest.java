package io.ember4j.backend.nd4j;

import static io.ember4j.backend.nd4j.Fixture.BACKEND;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.ember4j.DType;
import io.ember4j.spi.Buffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Strided copies against plain loops, and conversions. */
class Nd4jCopyTest {
  @ParameterizedTest
  @EnumSource(DType.class)
  void copiesAnyStridesOfAnyRank(DType dtype) {
    Random random = new Random(11);
    for (int round = 0; round < 400; round++) {
      int rank = round % 7;
      long[] extents = new long[rank];
      for (int i = 0; i < rank; i++) {
        boolean isLong = rank < 3 && random.nextInt(3) == 0;
        extents[i] = 1L + random.nextInt(isLong ? 150 : 4);
      }
      check(
          dtype,
          random,
          extents,
          permuted(random, extents, true),
          permuted(random, extents, false));
      check(dtype, random, extents, rowMajor(extents, 1, 0), rowMajor(extents, 1, 3));
      check(dtype, random, extents, rowMajor(extents, 1, 2), rowMajor(extents, 1, 0));
      check(dtype, random, extents, rowMajor(extents, 2, 0), rowMajor(extents, 1, 0));
    }
  }

  @Test
  void convertsAndRoundsToNearest() {
    double[] values = {
      1,
      0.1,
      -0.0,
      Double.NaN,
      Double.POSITIVE_INFINITY,
      1e300,
      -1e300,
      1e-40,
      1e-300,
      7e-46,
      0x1.000001p0,
      0x1.000003p0,
      0x1.0000011p0,
      0x1.fffffefp127,
      0x1.ffffffp127
    };
    Buffer wide = Fixture.buffer(DType.FLOAT64, values);
    Buffer narrow = Fixture.dirty(DType.FLOAT32, values.length);
    BACKEND.convert(wide, narrow);
    double[] rounded = Arrays.stream(values).map(DType.FLOAT32::round).toArray();
    assertArrayEquals(rounded, Fixture.values(narrow));
    BACKEND.convert(narrow, wide);
    assertArrayEquals(rounded, Fixture.values(wide));
  }

  private static long[] permuted(Random random, long[] extents, boolean repeats) {
    long[] strides = new long[extents.length];
    Integer[] order = new Integer[extents.length];
    Arrays.setAll(order, i -> i);
    java.util.Collections.shuffle(Arrays.asList(order), random);
    long next = 1;
    for (int axis : order) {
      if (repeats && random.nextInt(4) == 0) {
        strides[axis] = 0;
      } else {
        strides[axis] = next;
        next *= extents[axis] + random.nextInt(2);
      }
    }
    return strides;
  }

  private static long[] rowMajor(long[] extents, long last, long padding) {
    long[] strides = new long[extents.length];
    long next = last;
    for (int i = extents.length - 1; i >= 0; i--) {
      strides[i] = next;
      next = next * extents[i] + padding;
    }
    return strides;
  }

  private static void check(DType dtype, Random random, long[] extents, long[] from, long[] to) {
    int fromOffset = random.nextInt(4);
    int toOffset = random.nextInt(4);
    int sourceSize = fromOffset + span(extents, from) + random.nextInt(2);
    int targetSize = toOffset + span(extents, to) + random.nextInt(2);
    double[] values = new double[sourceSize];
    Arrays.setAll(values, i -> i);
    Buffer source = Fixture.buffer(dtype, values);
    Buffer target = Fixture.dirty(dtype, targetSize);
    BACKEND.copy(source, fromOffset, from, target, toOffset, to, extents);
    double[] expected = new double[targetSize];
    Arrays.fill(expected, Double.NaN);
    long elements = Arrays.stream(extents).reduce(1, (a, b) -> a * b);
    for (long e = 0; e < elements; e++) {
      long rest = e;
      int i = fromOffset;
      int o = toOffset;
      for (int axis = extents.length - 1; axis >= 0; axis--) {
        i += (int) (rest % extents[axis] * from[axis]);
        o += (int) (rest % extents[axis] * to[axis]);
        rest /= extents[axis];
      }
      expected[o] = values[i];
    }
    assertArrayEquals(
        expected,
        Fixture.values(target),
        () ->
            Arrays.toString(extents)
                + " from "
                + Arrays.toString(from)
                + " to "
                + Arrays.toString(to));
    BACKEND.release(source);
    BACKEND.release(target);
  }

  private static int span(long[] extents, long[] strides) {
    int span = 1;
    for (int i = 0; i < extents.length; i++) {
      span += (int) ((extents[i] - 1) * strides[i]);
    }
    return span;
  }
}
