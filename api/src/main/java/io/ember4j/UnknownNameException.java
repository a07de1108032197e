package io.ember4j;

/** Thrown when a name or parameter is not known; the message lists the nearest ones that are. */
public final class UnknownNameException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception with a message that says what, which value, and the remedy. */
  public UnknownNameException(String message) {
    super(message);
  }
}
