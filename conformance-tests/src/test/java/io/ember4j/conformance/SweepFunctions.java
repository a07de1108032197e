package io.ember4j.conformance;

/** Finds swept functions by name. */
final class SweepFunctions {
  private SweepFunctions() {}

  /** Returns the one of this name, which ends in a prime for a gradient. */
  static SweepFunction named(String name) {
    return SweepFunction.values().stream()
        .filter(f -> f.toString().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
