package io.ember4j.conformance;

/** A sweep cannot be run as asked; the message says what is wrong, where, and the remedy. */
public final class SweepException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A problem found by the sweep. */
  public SweepException(String message) {
    super(message);
  }

  /** A problem that another exception reported. */
  SweepException(String message, Throwable cause) {
    super(message, cause);
  }
}
