package io.ember4j;

/**
 * Thrown when a backend is missing, ambiguous, unavailable or fails; the message lists what is
 * there and why.
 */
public final class BackendException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception with a message that says what, which value, and the remedy. */
  public BackendException(String message) {
    super(message);
  }

  /** Creates the exception with the failure that caused it. */
  public BackendException(String message, Throwable cause) {
    super(message, cause);
  }
}
