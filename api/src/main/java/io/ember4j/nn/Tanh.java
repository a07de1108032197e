package io.ember4j.nn;

import java.util.Map;

/** The layer of tanh: the hyperbolic tangent. */
public final class Tanh extends ActivationLayer {
  /** Creates the layer. */
  public Tanh() {
    super("tanh", Map.of(), false);
  }

  /** Creates the layer, which overwrites its input if {@code inPlace}. */
  public Tanh(boolean inPlace) {
    super("tanh", Map.of(), inPlace);
  }

  Tanh(Config config) {
    super("tanh", config.rest("inplace"), config.flag("inplace", false));
  }
}
