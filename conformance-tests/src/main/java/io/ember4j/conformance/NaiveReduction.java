package io.ember4j.conformance;

import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;

/**
 * A reduction by going through all elements, each into the result it belongs to.
 *
 * @param shape the shape that is reduced
 * @param reduced for each axis, whether it is
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record NaiveReduction(long[] shape, boolean[] reduced) {
  /** Returns the reduction along these axes; none means all. */
  static NaiveReduction of(long[] shape, int... axes) {
    boolean[] reduced = new boolean[shape.length];
    Arrays.fill(reduced, axes.length == 0);
    for (int axis : axes) {
      reduced[axis < 0 ? axis + shape.length : axis] = true;
    }
    return new NaiveReduction(shape, reduced);
  }

  /** Returns the axes whose bit is set; every other one counted from the end. */
  static int[] axes(int set, int rank) {
    int[] axes = new int[Integer.bitCount(set)];
    int next = 0;
    for (int i = 0; i < rank; i++) {
      if ((set & 1 << i) != 0) {
        axes[next] = next % 2 == 0 ? i : i - rank;
        next++;
      }
    }
    return axes;
  }

  /** Returns the shape of the result. */
  long[] resultShape(boolean keepDims) {
    long[] result = new long[shape.length];
    int rank = 0;
    for (int i = 0; i < shape.length; i++) {
      if (!reduced[i]) {
        result[rank++] = shape[i];
      } else if (keepDims) {
        result[rank++] = 1;
      }
    }
    return Arrays.copyOf(result, rank);
  }

  /** Returns how many elements go into each result. */
  int count() {
    long count = 1;
    for (int i = 0; i < shape.length; i++) {
      count *= reduced[i] ? shape[i] : 1;
    }
    return Math.toIntExact(count);
  }

  /** Returns the results in row-major order. */
  double[] reduce(double[] values, double start, DoubleBinaryOperator op) {
    long[] kept = resultShape(true);
    double[] results = new double[Naive.size(kept)];
    Arrays.fill(results, start);
    for (int i = 0; i < values.length; i++) {
      int at = target(i, kept);
      results[at] = op.applyAsDouble(results[at], values[i]);
    }
    return results;
  }

  private int target(int element, long... kept) {
    long[] index = Naive.index(element, shape);
    for (int j = 0; j < index.length; j++) {
      if (reduced[j]) {
        index[j] = 0;
      }
    }
    return Naive.position(index, kept);
  }

  /** Returns the mean squared deviations in row-major order. */
  double[] variance(double[] values, int correction) {
    long[] kept = resultShape(true);
    double[] sums = reduce(values, 0, Double::sum);
    double[] squares = new double[sums.length];
    for (int i = 0; i < values.length; i++) {
      int at = target(i, kept);
      double deviation = values[i] - sums[at] / count();
      squares[at] += deviation * deviation;
    }
    return Arrays.stream(squares).map(s -> s / (count() - correction)).toArray();
  }
}
