package io.ember4j.conformance;

/**
 * Thrown by a check: what was computed, from which input, what was expected, and by how much it is
 * off.
 */
public final class RuleViolation extends AssertionError {
  private static final long serialVersionUID = 1L;

  /** Creates the violation with its account. */
  public RuleViolation(String message) {
    super(message);
  }
}
