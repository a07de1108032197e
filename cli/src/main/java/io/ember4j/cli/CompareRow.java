package io.ember4j.cli;

import io.ember4j.DType;
import io.ember4j.conformance.AccuracyJudge;
import java.util.List;
import java.util.Optional;

/**
 * A line of the comparison: one activation on one backend.
 *
 * @param activation the activation's name
 * @param run what the backend did
 * @param worst the largest difference in ULP to the exact values; NaN if not compared
 * @param excess the bound that it exceeds; empty if it is within
 * @param others the largest difference in ULP to another backend; NaN if there is none
 * @param zeros the share of exact zeros among the results
 * @param low the smallest result that is a number
 * @param high the largest result that is a number
 * @param nans how many results are NaN
 */
record CompareRow(
    String activation,
    BackendRun run,
    double worst,
    String excess,
    double others,
    double zeros,
    double low,
    double high,
    int nans) {
  /** Compares what a backend did with the exact values and with what all backends did. */
  static CompareRow of(
      Workload workload,
      BackendRun run,
      List<BackendRun> all,
      Optional<Expected> expected,
      DType dtype) {
    AccuracyJudge judge =
        AccuracyJudge.of(run.backend(), workload.activation(), dtype).orElseThrow();
    Optional<Expected.Verdict> verdict =
        run.failed() ? Optional.empty() : expected.map(e -> e.compare(run.output(), judge));
    double others = Double.NaN;
    for (BackendRun other : all) {
      if (!other.backend().equals(run.backend()) && !other.failed() && !run.failed()) {
        double distance = UlpDistance.largest(run.output(), other.output(), dtype);
        others = Double.isNaN(others) ? distance : Math.max(others, distance);
      }
    }
    int zeros = 0;
    int nans = 0;
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (double value : run.output()) {
      zeros += value == 0 ? 1 : 0;
      nans += Double.isNaN(value) ? 1 : 0;
      low = value < low ? value : low;
      high = value > high ? value : high;
    }
    return new CompareRow(
        workload.name(),
        run,
        verdict.map(Expected.Verdict::worst).orElse(Double.NaN),
        verdict.map(Expected.Verdict::accepted).orElse(true) ? "" : judge.bound(),
        others,
        zeros / (double) run.output().length,
        low,
        high,
        nans);
  }

  /** Whether the backend did what it promises. */
  boolean isFine() {
    return !run.failed() && excess.isEmpty();
  }
}
