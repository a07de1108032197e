package io.ember4j.cli;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * The numbers of one file, in C order. The records hold the arrays they are given, without a copy;
 * two are equal only if they hold the same arrays.
 */
sealed interface NumericArray {
  /** The size of each axis; empty for a single number (rank 0). */
  long[] shape();

  /** The number of elements. */
  int size();

  /** float32 data. */
  @SuppressWarnings("ArrayRecordComponent") // data, never compared
  record Floats(long[] shape, float[] values) implements NumericArray {
    public Floats {
      requireCount(shape, values.length);
    }

    @Override
    public int size() {
      return values.length;
    }
  }

  /** float64 data. */
  @SuppressWarnings("ArrayRecordComponent") // data, never compared
  record Doubles(long[] shape, double[] values) implements NumericArray {
    public Doubles {
      requireCount(shape, values.length);
    }

    @Override
    public int size() {
      return values.length;
    }
  }

  /**
   * The number of elements of a shape.
   *
   * @throws ArithmeticException if the product of the sizes other than 0 overflows a long; like
   *     NumPy, this refuses an empty array whose other axes are absurd
   */
  static long count(long... shape) {
    long product = 1;
    boolean empty = false;
    for (long size : shape) {
      empty |= size == 0;
      product = Math.multiplyExact(product, size == 0 ? 1 : size);
    }
    return empty ? 0 : product;
  }

  /** A shape as Python writes it: {@code ()}, {@code (3,)}, {@code (3, 4)}. */
  static String describe(long... shape) {
    String sizes = Arrays.stream(shape).mapToObj(Long::toString).collect(Collectors.joining(", "));
    return "(" + sizes + (shape.length == 1 ? ",)" : ")");
  }

  private static void requireCount(long[] shape, int length) {
    if (Arrays.stream(shape).anyMatch(size -> size < 0) || count(shape) != length) {
      throw new IllegalArgumentException(
          "shape " + describe(shape) + " does not describe " + length + " values");
    }
  }
}
