package io.ember4j.nn;

import java.util.Map;

/** The layer of relu6: min(max(x, 0), 6). */
public final class ReLU6 extends ActivationLayer {
  /** Creates the layer. */
  public ReLU6() {
    super("relu6", Map.of(), false);
  }

  /** Creates the layer, which overwrites its input if {@code inPlace}. */
  public ReLU6(boolean inPlace) {
    super("relu6", Map.of(), inPlace);
  }

  ReLU6(Config config) {
    super("relu6", config.rest("inplace"), config.flag("inplace", false));
  }
}
