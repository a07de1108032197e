package io.ember4j.cli;

import java.util.Arrays;

/**
 * The distinct values of the data, or evenly spaced ones if there are too many, and where each of
 * them stands. The zeros differ, and all NaN are one.
 */
final class DistinctValues {
  private final double[] sample;
  private final int count;
  private final int[] places;

  private DistinctValues(double[] sample, int count, int[] places) {
    this.sample = sample;
    this.count = count;
    this.places = places;
  }

  /** The distinct values of {@code data}, in ascending order, at most {@code limit} of them. */
  static DistinctValues of(double[] data, int limit) {
    double[] sorted = data.clone();
    Arrays.sort(sorted);
    int count = 0;
    for (double value : sorted) {
      if (count == 0 || Double.compare(sorted[count - 1], value) != 0) {
        sorted[count++] = value;
      }
    }
    double[] sample = new double[Math.min(count, limit)];
    for (int i = 0; i < sample.length; i++) {
      sample[i] = sorted[sample.length == 1 ? 0 : (int) ((count - 1L) * i / (sample.length - 1))];
    }
    int[] places = new int[data.length];
    for (int i = 0; i < data.length; i++) {
      places[i] = Math.max(-1, Arrays.binarySearch(sample, data[i]));
    }
    return new DistinctValues(sample, count, places);
  }

  /** The values of the sample; do not write to them. */
  double[] sample() {
    return sample;
  }

  /** How many distinct values the data has. */
  int count() {
    return count;
  }

  /** The position in the sample of the data's element, or -1 if its value is not in it. */
  int place(int element) {
    return places[element];
  }

  /** What the sample is, for the foot of the table. */
  String describe() {
    return sample.length == count
        ? String.format("all %,d distinct values", count)
        : String.format("%,d of %,d distinct values, evenly spaced", sample.length, count);
  }
}
