package io.ember4j;

/**
 * Thrown when a gradient is asked for that does not exist, or a tape is used where it cannot be.
 */
public final class GradientException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception with a message that says what, which value, and the remedy. */
  public GradientException(String message) {
    super(message);
  }

  /** Creates the exception with the failure that caused it. */
  public GradientException(String message, Throwable cause) {
    super(message, cause);
  }
}
