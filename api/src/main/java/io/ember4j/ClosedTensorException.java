package io.ember4j;

/** Thrown when a closed tensor is used. */
public final class ClosedTensorException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception with a message that says what, which value, and the remedy. */
  public ClosedTensorException(String message) {
    super(message);
  }
}
