package io.ember4j.nn;

import java.util.Map;

/** The layer of softmax: e^(x/temperature) over its sum along dim. */
public final class Softmax extends ActivationLayer {
  /** Creates the layer with dim -1, temperature 1. */
  public Softmax() {
    this(-1, 1);
  }

  /**
   * Creates the layer with these parameters.
   *
   * @throws io.ember4j.ParameterException if a parameter is out of range
   */
  public Softmax(int dim, double temperature) {
    super("softmax", Map.of("dim", dim, "temperature", temperature), false);
  }

  Softmax(Config config) {
    super("softmax", config.rest(), false);
  }
}
