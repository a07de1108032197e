package io.ember4j.nn;

import java.util.Map;

/** The layer of hardsigmoid: min(max(x + 3, 0), 6) / 6. */
public final class Hardsigmoid extends ActivationLayer {
  /** Creates the layer. */
  public Hardsigmoid() {
    super("hardsigmoid", Map.of(), false);
  }

  /** Creates the layer, which overwrites its input if {@code inPlace}. */
  public Hardsigmoid(boolean inPlace) {
    super("hardsigmoid", Map.of(), inPlace);
  }

  Hardsigmoid(Config config) {
    super("hardsigmoid", config.rest("inplace"), config.flag("inplace", false));
  }
}
