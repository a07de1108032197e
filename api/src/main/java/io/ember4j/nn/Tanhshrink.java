package io.ember4j.nn;

import java.util.Map;

/** The layer of tanhshrink: x - tanh(x). */
public final class Tanhshrink extends ActivationLayer {
  /** Creates the layer. */
  public Tanhshrink() {
    super("tanhshrink", Map.of(), false);
  }

  Tanhshrink(Config config) {
    super("tanhshrink", config.rest(), false);
  }
}
