package io.ember4j.nn;

import java.util.Map;

/** The layer of hardswish: x min(max(x + 3, 0), 6) / 6. */
public final class Hardswish extends ActivationLayer {
  /** Creates the layer. */
  public Hardswish() {
    super("hardswish", Map.of(), false);
  }

  /** Creates the layer, which overwrites its input if {@code inPlace}. */
  public Hardswish(boolean inPlace) {
    super("hardswish", Map.of(), inPlace);
  }

  Hardswish(Config config) {
    super("hardswish", config.rest("inplace"), config.flag("inplace", false));
  }
}
