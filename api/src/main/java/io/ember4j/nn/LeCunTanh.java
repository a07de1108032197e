package io.ember4j.nn;

import java.util.Map;

/** The layer of lecun_tanh: 1.7159 tanh(2x/3). */
public final class LeCunTanh extends ActivationLayer {
  /** Creates the layer. */
  public LeCunTanh() {
    super("lecun_tanh", Map.of(), false);
  }

  LeCunTanh(Config config) {
    super("lecun_tanh", config.rest(), false);
  }
}
