package io.ember4j.nn;

import java.nio.file.Path;

/**
 * Thrown when weights or a model cannot be saved or loaded; the message names file, entry, value,
 * remedy.
 */
public final class WeightsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception with a message that says what, which value, and the remedy. */
  public WeightsException(String message) {
    super(message);
  }

  /** Creates the exception with the failure that caused it. */
  public WeightsException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Returns the exception for a file whose content is not as it must be. */
  static WeightsException damaged(Path file, String what) {
    return new WeightsException(
        file + ": " + what + "; the file is damaged or no .safetensors file, save it again");
  }
}
