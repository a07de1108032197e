package io.ember4j.nn;

import java.util.Map;

/** The layer of mish: x tanh(log(1 + e^x)). */
public final class Mish extends ActivationLayer {
  /** Creates the layer. */
  public Mish() {
    super("mish", Map.of(), false);
  }

  /** Creates the layer, which overwrites its input if {@code inPlace}. */
  public Mish(boolean inPlace) {
    super("mish", Map.of(), inPlace);
  }

  Mish(Config config) {
    super("mish", config.rest("inplace"), config.flag("inplace", false));
  }
}
