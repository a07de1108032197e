package io.ember4j.cli;

import io.ember4j.BackendInfo;
import io.ember4j.conformance.ConformanceReport;
import io.ember4j.conformance.RuleResult;
import java.util.List;
import java.util.Map;

/**
 * The rules over some backends.
 *
 * @param backends what became of each backend
 * @param problems what is wrong with the run as a whole
 */
record ConformanceRun(List<Of> backends, List<String> problems) {
  /**
   * The rules over one backend.
   *
   * @param info the backend
   * @param report what became of the rules
   * @param seconds how long each rule took, by its id
   */
  record Of(BackendInfo info, ConformanceReport report, Map<String, Double> seconds) {
    String name() {
      return info.name();
    }

    boolean isAvailable() {
      return report.unavailable().isEmpty();
    }

    long failures() {
      return report.results().stream().filter(RuleResult::isFailure).count();
    }
  }

  /** Copies the lists. */
  ConformanceRun {
    backends = List.copyOf(backends);
    problems = List.copyOf(problems);
  }

  /** Whether nothing is wrong: a build may go on. */
  boolean passed() {
    return problems.isEmpty() && backends.stream().allMatch(of -> of.report().passed());
  }

  /** The names of the backends that rules ran on. */
  List<String> available() {
    return backends.stream().filter(Of::isAvailable).map(Of::name).toList();
  }
}
