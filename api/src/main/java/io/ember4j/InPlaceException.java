package io.ember4j;

/** Thrown when a tensor cannot be changed in place, because something else holds its values. */
public final class InPlaceException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception with a message that says what, which value, and the remedy. */
  public InPlaceException(String message) {
    super(message);
  }
}
