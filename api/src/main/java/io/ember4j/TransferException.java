package io.ember4j;

/** Thrown by a hidden transfer between backends under {@code -Dember4j.transfers=fail}. */
public final class TransferException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception with a message that says what, which value, and the remedy. */
  public TransferException(String message) {
    super(message);
  }
}
