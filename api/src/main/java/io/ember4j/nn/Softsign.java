package io.ember4j.nn;

import java.util.Map;

/** The layer of softsign: x / (1 + |x|). */
public final class Softsign extends ActivationLayer {
  /** Creates the layer. */
  public Softsign() {
    super("softsign", Map.of(), false);
  }

  Softsign(Config config) {
    super("softsign", config.rest(), false);
  }
}
