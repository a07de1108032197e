package io.ember4j.nn;

import java.util.Map;

/** The layer of hardshrink: x, but 0 in [-lambd, lambd]. */
public final class Hardshrink extends ActivationLayer {
  /** Creates the layer with lambd 0.5. */
  public Hardshrink() {
    this(0.5);
  }

  /**
   * Creates the layer with these parameters.
   *
   * @throws io.ember4j.ParameterException if a parameter is out of range
   */
  public Hardshrink(double lambd) {
    super("hardshrink", Map.of("lambd", lambd), false);
  }

  Hardshrink(Config config) {
    super("hardshrink", config.rest(), false);
  }
}
