package io.ember4j.activation;

import java.util.Locale;

/** Which formula of gelu is computed. */
public enum Approximate {
  /** x times the standard normal distribution function: the exact one. */
  NONE,
  /** x (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))) / 2. */
  TANH,
  /** x sigmoid(1.702 x). */
  SIGMOID;

  /** Returns the name used in parameters: {@code none}, {@code tanh} or {@code sigmoid}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
