package io.ember4j.benchmarks;

import java.util.Arrays;
import java.util.Collection;

/** Medians, quartiles and geometric means. */
final class Statistics {
  private Statistics() {}

  static double median(double... values) {
    return quantile(0.5, values);
  }

  /** Returns the quantile, between the two nearest values in proportion; NaN of none. */
  static double quantile(double fraction, double... values) {
    if (values.length == 0) {
      return Double.NaN;
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double place = fraction * (sorted.length - 1);
    int below = (int) Math.floor(place);
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }

  /** Returns the geometric mean; NaN of none. */
  static double geometricMean(Collection<Double> values) {
    return Math.exp(values.stream().mapToDouble(Math::log).average().orElse(Double.NaN));
  }
}
