package io.ember4j.nn;

import java.util.Map;

/** The layer of sigmoid: 1 / (1 + e^-x). */
public final class Sigmoid extends ActivationLayer {
  /** Creates the layer. */
  public Sigmoid() {
    super("sigmoid", Map.of(), false);
  }

  /** Creates the layer, which overwrites its input if {@code inPlace}. */
  public Sigmoid(boolean inPlace) {
    super("sigmoid", Map.of(), inPlace);
  }

  Sigmoid(Config config) {
    super("sigmoid", config.rest("inplace"), config.flag("inplace", false));
  }
}
