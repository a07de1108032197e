package io.ember4j;

/** Thrown when shapes, axes or lengths do not fit; the message names them. */
public final class ShapeException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception with a message that says what, which value, and the remedy. */
  public ShapeException(String message) {
    super(message);
  }
}
