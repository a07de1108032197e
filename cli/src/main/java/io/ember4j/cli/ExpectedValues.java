package io.ember4j.cli;

import io.ember4j.conformance.AccuracyJudge;
import io.ember4j.conformance.ExactValues;
import java.util.Arrays;

/**
 * Exact results element by element: every place where a value of the sample stands is compared.
 *
 * @param points the sample and where its values stand
 * @param exact the result for each value of the sample
 */
record ExpectedValues(DistinctValues points, ExactValues exact) implements Expected {
  @Override
  public Verdict compare(double[] actual, AccuracyJudge judge) {
    double[] errors = new double[exact.size()];
    double[] worst = new double[exact.size()];
    Arrays.fill(errors, -1);
    for (int i = 0; i < actual.length; i++) {
      int point = points.place(i);
      if (point >= 0) {
        double error = exact.error(point, actual[i]);
        if (error > errors[point]) {
          errors[point] = error;
          worst[point] = actual[i];
        }
      }
    }
    return new Verdict(
        Arrays.stream(errors).max().orElse(0), judge.accepts(points.sample(), exact, worst));
  }
}
