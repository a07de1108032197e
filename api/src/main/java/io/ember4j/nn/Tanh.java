package io.ember4j.nn;

import java.util.Map;

/** The layer of tanh: the hyperbolic tangent. */
public final class Tanh extends ActivationLayer {
  /** Creates the layer. */
  public Tanh() {
    super("tanh", Map.of(), false);
  }

  Tanh(Config config) {
    super("tanh", config.rest(), false);
  }
}
