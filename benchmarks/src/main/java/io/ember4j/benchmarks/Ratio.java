package io.ember4j.benchmarks;

import java.util.Locale;

/**
 * How many times as long a peer takes as Ember4j: the median over the rounds of the ratio within a
 * round, and its quartiles.
 */
record Ratio(double median, double lower, double upper) {
  static Ratio of(Sample ours, Sample peer) {
    int rounds = Math.min(ours.values().size(), peer.values().size());
    double[] ratios = new double[rounds];
    for (int i = 0; i < rounds; i++) {
      ratios[i] = peer.values().get(i) / ours.values().get(i);
    }
    return new Ratio(
        Statistics.median(ratios),
        Statistics.quantile(0.25, ratios),
        Statistics.quantile(0.75, ratios));
  }

  /** Returns whether Ember4j is slower. */
  boolean isLost() {
    return median < 1;
  }

  /** Returns whether it is so near to 1 that a quarter of the rounds went the other way. */
  boolean isUncertain() {
    return lower < 1 && upper > 1;
  }

  /** Returns such as {@code 2.3x}; bold if lost, with ~ if uncertain. */
  String toMarkdown() {
    // Rounded towards 0, so that no cell that is lost reads 1.00.
    int decimals = median < 0.1 ? 4 : median < 10 ? 2 : 1;
    double unit = Math.pow(10, -decimals);
    String number =
        String.format(Locale.ROOT, "%." + decimals + "f", Math.floor(median / unit) * unit);
    String text = number + "x" + (isUncertain() ? "~" : "");
    return isLost() ? "**" + text + "**" : text;
  }
}
