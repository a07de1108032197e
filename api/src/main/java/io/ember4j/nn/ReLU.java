package io.ember4j.nn;

import java.util.Map;

/** The layer of relu: max(x, 0). */
public final class ReLU extends ActivationLayer {
  /** Creates the layer. */
  public ReLU() {
    super("relu", Map.of(), false);
  }

  /** Creates the layer, which overwrites its input if {@code inPlace}. */
  public ReLU(boolean inPlace) {
    super("relu", Map.of(), inPlace);
  }

  ReLU(Config config) {
    super("relu", config.rest("inplace"), config.flag("inplace", false));
  }
}
