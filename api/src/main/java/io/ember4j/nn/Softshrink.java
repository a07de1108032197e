package io.ember4j.nn;

import java.util.Map;

/** The layer of softshrink: x moved towards 0 by lambd, and 0 in [-lambd, lambd]. */
public final class Softshrink extends ActivationLayer {
  /** Creates the layer with lambd 0.5. */
  public Softshrink() {
    this(0.5);
  }

  /**
   * Creates the layer with these parameters.
   *
   * @throws io.ember4j.ParameterException if a parameter is out of range
   */
  public Softshrink(double lambd) {
    super("softshrink", Map.of("lambd", lambd), false);
  }

  Softshrink(Config config) {
    super("softshrink", config.rest(), false);
  }
}
