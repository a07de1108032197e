package io.ember4j.nn;

import java.util.Map;

/** The layer of softmin: softmax of -x along dim. */
public final class Softmin extends ActivationLayer {
  /** Creates the layer with dim -1. */
  public Softmin() {
    this(-1);
  }

  /**
   * Creates the layer with these parameters.
   *
   * @throws io.ember4j.ParameterException if a parameter is out of range
   */
  public Softmin(int dim) {
    super("softmin", Map.of("dim", dim), false);
  }

  Softmin(Config config) {
    super("softmin", config.rest(), false);
  }
}
