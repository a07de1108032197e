package io.ember4j;

/**
 * Thrown when a parameter's value is outside its range; the message names parameter, value and
 * range.
 */
public final class ParameterException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception with a message that says what, which value, and the remedy. */
  public ParameterException(String message) {
    super(message);
  }
}
