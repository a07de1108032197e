package io.ember4j.nn;

import java.util.Map;

/**
 * The layer of rrelu: x for x &gt; 0, else slope x; the slope is uniform in [lower, upper) for each
 * element in training, and their mean at inference.
 */
public final class RReLU extends ActivationLayer {
  /** Creates the layer with lower 1 / 8, upper 1 / 3. */
  public RReLU() {
    this(1.0 / 8, 1.0 / 3);
  }

  /**
   * Creates the layer with these parameters and a seed of its own.
   *
   * @throws io.ember4j.ParameterException if a parameter is out of range
   */
  public RReLU(double lower, double upper) {
    this(lower, upper, false);
  }

  /**
   * Creates the layer, which overwrites its input if {@code inPlace}.
   *
   * @throws io.ember4j.ParameterException if a parameter is out of range
   */
  public RReLU(double lower, double upper, boolean inPlace) {
    super("rrelu", Map.of("lower", lower, "upper", upper), inPlace);
  }

  /**
   * Creates the layer, whose slopes repeat from run to run with the seed.
   *
   * @throws io.ember4j.ParameterException if a parameter is out of range
   */
  public RReLU(double lower, double upper, boolean inPlace, long seed) {
    super("rrelu", Map.of("lower", lower, "upper", upper, "seed", seed), inPlace);
  }

  RReLU(Config config) {
    super("rrelu", config.rest("inplace"), config.flag("inplace", false));
  }
}
