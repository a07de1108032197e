package io.ember4j.conformance;

import io.ember4j.DType;
import java.util.ArrayList;
import java.util.List;

/** Indices and test data by the most obvious method, for rules to compare with. */
final class Naive {
  /** Sizes around the widths of SIMD registers and blocks. */
  static final int[] TAILS = {1, 15, 16, 17, 67, 1000, 4098};

  private Naive() {}

  /** Returns the number of elements. */
  static int size(long... shape) {
    long size = 1;
    for (long extent : shape) {
      size *= extent;
    }
    return Math.toIntExact(size);
  }

  /** Returns the index of an element from its position in row-major order. */
  static long[] index(long position, long... shape) {
    long[] index = new long[shape.length];
    long rest = position;
    for (int i = shape.length - 1; i >= 0; i--) {
      index[i] = rest % shape[i];
      rest /= shape[i];
    }
    return index;
  }

  /** Returns the position in row-major order of an element. */
  static int position(long[] index, long... shape) {
    long position = 0;
    for (int i = 0; i < shape.length; i++) {
      position = position * shape[i] + index[i];
    }
    return Math.toIntExact(position);
  }

  /** Returns all shapes of rank 0 to the given one with these extents. */
  static List<long[]> shapes(int maxRank, long... extents) {
    List<long[]> shapes = new ArrayList<>(List.of(new long[0]));
    int from = 0;
    for (int rank = 1; rank <= maxRank; rank++) {
      int to = shapes.size();
      for (int i = from; i < to; i++) {
        for (long extent : extents) {
          long[] longer = java.util.Arrays.copyOf(shapes.get(i), rank);
          longer[rank - 1] = extent;
          shapes.add(longer);
        }
      }
      from = to;
    }
    return shapes;
  }

  /** Returns the shape to which both broadcast, or null. */
  static long[] broadcast(long[] a, long[] b) {
    long[] result = new long[Math.max(a.length, b.length)];
    for (int back = 1; back <= result.length; back++) {
      long x = back > a.length ? 1 : a[a.length - back];
      long y = back > b.length ? 1 : b[b.length - back];
      if (x != y && x != 1 && y != 1) {
        return null;
      }
      result[result.length - back] = x == 1 ? y : x;
    }
    return result;
  }

  /** Returns the values repeated from one shape to another to which it broadcasts. */
  static double[] broadcast(double[] values, long[] from, long[] to) {
    double[] result = new double[size(to)];
    for (int i = 0; i < result.length; i++) {
      long[] index = index(i, to);
      long[] source = new long[from.length];
      for (int j = 0; j < from.length; j++) {
        source[j] = from[j] == 1 ? 0 : index[to.length - from.length + j];
      }
      result[i] = values[position(source, from)];
    }
    return result;
  }

  /** Returns first, first + step, and so on. */
  static double[] count(int size, double first, double step) {
    double[] values = new double[size];
    for (int i = 0; i < size; i++) {
      values[i] = first + i * step;
    }
    return values;
  }

  /** Returns numbers in [-scale, scale) that repeat from run to run, rounded to the dtype. */
  static double[] random(DType dtype, int size, double scale, long seed) {
    java.util.SplittableRandom random = new java.util.SplittableRandom(seed);
    double[] values = new double[size];
    for (int i = 0; i < size; i++) {
      values[i] = dtype.round(scale * (2 * random.nextDouble() - 1));
    }
    return values;
  }

  /** Returns the values as floats. */
  static float[] narrow(double... values) {
    float[] narrow = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      narrow[i] = (float) values[i];
    }
    return narrow;
  }

  /** Returns the values as doubles. */
  static double[] widen(float... values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }

  /** Returns half the distance between 1 and the next number: the largest rounding error at 1. */
  static double unit(DType dtype) {
    return dtype == DType.FLOAT32 ? 0x1p-24 : 0x1p-53;
  }

  /** Returns the smallest positive number. */
  static double smallest(DType dtype) {
    return dtype == DType.FLOAT32 ? Float.MIN_VALUE : Double.MIN_VALUE;
  }
}
