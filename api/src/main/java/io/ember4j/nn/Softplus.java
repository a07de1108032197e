package io.ember4j.nn;

import java.util.Map;

/** The layer of softplus: log(1 + e^(beta x)) / beta, and x where beta x &gt; threshold. */
public final class Softplus extends ActivationLayer {
  /** Creates the layer with beta 1, threshold 20. */
  public Softplus() {
    this(1, 20);
  }

  /**
   * Creates the layer with these parameters.
   *
   * @throws io.ember4j.ParameterException if a parameter is out of range
   */
  public Softplus(double beta, double threshold) {
    super("softplus", Map.of("beta", beta, "threshold", threshold), false);
  }

  Softplus(Config config) {
    super("softplus", config.rest(), false);
  }
}
