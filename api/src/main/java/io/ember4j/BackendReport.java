package io.ember4j;

import java.util.List;

/**
 * What was found on the class path.
 *
 * @param backends every provider that could be loaded and has its name for itself, available or
 *     not, the highest priority first
 * @param failures what could not be used and why, one sentence each
 */
public record BackendReport(List<BackendInfo> backends, List<String> failures) {
  /** Copies the lists. */
  public BackendReport {
    backends = List.copyOf(backends);
    failures = List.copyOf(failures);
  }
}
