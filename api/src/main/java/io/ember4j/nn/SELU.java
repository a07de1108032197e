package io.ember4j.nn;

import java.util.Map;

/** The layer of selu: 1.0507 x for x &gt; 0, else 1.7581 (e^x - 1). */
public final class SELU extends ActivationLayer {
  /** Creates the layer. */
  public SELU() {
    super("selu", Map.of(), false);
  }

  /** Creates the layer, which overwrites its input if {@code inPlace}. */
  public SELU(boolean inPlace) {
    super("selu", Map.of(), inPlace);
  }

  SELU(Config config) {
    super("selu", config.rest("inplace"), config.flag("inplace", false));
  }
}
