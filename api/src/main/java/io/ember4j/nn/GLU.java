package io.ember4j.nn;

import java.util.Map;

/** The layer of glu: the first half of x along dim, times the sigmoid of the second half. */
public final class GLU extends ActivationLayer {
  /** Creates the layer with dim -1. */
  public GLU() {
    this(-1);
  }

  /**
   * Creates the layer with these parameters.
   *
   * @throws io.ember4j.ParameterException if a parameter is out of range
   */
  public GLU(int dim) {
    super("glu", Map.of("dim", dim), false);
  }

  GLU(Config config) {
    super("glu", config.rest(), false);
  }
}
