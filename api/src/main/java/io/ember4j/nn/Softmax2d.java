package io.ember4j.nn;

import java.util.Map;

/** The layer of softmax2d: softmax over the channels of (N, C, H, W) or (C, H, W). */
public final class Softmax2d extends ActivationLayer {
  /** Creates the layer. */
  public Softmax2d() {
    super("softmax2d", Map.of(), false);
  }

  Softmax2d(Config config) {
    super("softmax2d", config.rest(), false);
  }
}
