package io.ember4j.conformance;

/**
 * Thrown by a check: what was computed, from which input, what was expected, and by how much it is
 * off.
 */
public final class RuleViolation extends AssertionError {
  private static final long serialVersionUID = 1L;

  private final transient Failure failure;

  /** Creates a violation that a sentence tells in full. */
  public RuleViolation(String message) {
    this(Failure.of(message));
  }

  /** Creates the violation; its message is {@link Failure#text}. */
  public RuleViolation(Failure failure) {
    super(failure.text());
    this.failure = failure;
  }

  /** Returns what is wrong. */
  public Failure failure() {
    return failure;
  }
}
