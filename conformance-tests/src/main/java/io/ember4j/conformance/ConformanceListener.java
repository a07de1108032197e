package io.ember4j.conformance;

/** Hears about a run while it goes on. */
@FunctionalInterface
public interface ConformanceListener {
  /** A listener that does nothing. */
  ConformanceListener SILENT = result -> {};

  /** Called after each rule, on the thread that runs them. */
  void finished(RuleResult result);
}
