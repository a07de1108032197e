package io.ember4j.nn;

import java.util.Map;

/** The layer of silu: x / (1 + e^-x). */
public final class SiLU extends ActivationLayer {
  /** Creates the layer. */
  public SiLU() {
    super("silu", Map.of(), false);
  }

  /** Creates the layer, which overwrites its input if {@code inPlace}. */
  public SiLU(boolean inPlace) {
    super("silu", Map.of(), inPlace);
  }

  SiLU(Config config) {
    super("silu", config.rest("inplace"), config.flag("inplace", false));
  }
}
