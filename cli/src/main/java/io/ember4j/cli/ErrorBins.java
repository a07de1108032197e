package io.ember4j.cli;

import io.ember4j.conformance.SurveyScale;
import java.util.Arrays;

/**
 * The largest error in each of many intervals of equal width on {@link SurveyScale}.
 *
 * @param largest by interval, from {@code -REACH} on; NaN where there is no input
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record ErrorBins(double[] largest) {
  /** How far from 0 the intervals go on the scale: to 100. The last ones hold what is beyond. */
  static final int REACH = 3;

  private static final int PER_UNIT = 20;

  static ErrorBins of(double[] x, double[] errors) {
    double[] largest = new double[2 * REACH * PER_UNIT];
    Arrays.fill(largest, Double.NaN);
    for (int i = 0; i < x.length; i++) {
      int bin = (int) Math.floor((SurveyScale.place(x[i]) + REACH) * PER_UNIT);
      bin = Math.max(0, Math.min(bin, largest.length - 1));
      if (!Double.isNaN(errors[i]) && !(errors[i] <= largest[bin])) {
        largest[bin] = errors[i];
      }
    }
    return new ErrorBins(largest);
  }

  /** The ends of the intervals on the scale, two for each: what x is for {@link #steps}. */
  double[] places() {
    double[] places = new double[2 * largest.length];
    for (int i = 0; i < places.length; i++) {
      int edge = (i + 1) / 2;
      places[i] = (double) edge / PER_UNIT - REACH;
    }
    return places;
  }

  /** The errors as a line of steps. */
  double[] steps() {
    double[] steps = new double[2 * largest.length];
    Arrays.setAll(steps, i -> largest[i / 2]);
    return steps;
  }

  /** The largest error of all that is finite. */
  double top() {
    return Arrays.stream(largest).filter(Double::isFinite).max().orElse(0);
  }
}
