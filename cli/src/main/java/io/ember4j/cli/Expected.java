package io.ember4j.cli;

import io.ember4j.DType;
import io.ember4j.conformance.AccuracyJudge;
import io.ember4j.conformance.Oracle;
import java.util.Optional;

/** The exact results of a workload, at all of its data or at a sample. */
sealed interface Expected permits ExpectedValues, ExpectedRows {
  /**
   * How a backend's results compare with them.
   *
   * @param worst the largest difference in ULP
   * @param accepted whether every result is within the backend's bound
   */
  record Verdict(double worst, boolean accepted) {}

  /** Compares the results over all of the data, as the judge of a backend sees them. */
  Verdict compare(double[] actual, AccuracyJudge judge);

  /** Evaluates the workload; none if its rows are too long for that. */
  static Optional<Expected> of(
      Workload workload, double[] data, DistinctValues points, DType dtype) {
    Oracle oracle = Oracle.of(workload.activation(), dtype).orElseThrow();
    if (oracle.isElementwise()) {
      return Optional.of(new ExpectedValues(points, oracle.at(points.sample())));
    }
    return workload.extent() > ExpectedRows.MAX_ELEMENTS
        ? Optional.empty()
        : Optional.of(ExpectedRows.of(workload, data, oracle));
  }
}
