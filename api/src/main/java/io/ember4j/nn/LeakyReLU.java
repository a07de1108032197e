package io.ember4j.nn;

import java.util.Map;

/** The layer of leaky_relu: x for x &gt; 0, else negativeSlope x. */
public final class LeakyReLU extends ActivationLayer {
  /** Creates the layer with negativeSlope 0.01. */
  public LeakyReLU() {
    this(0.01);
  }

  /**
   * Creates the layer with these parameters.
   *
   * @throws io.ember4j.ParameterException if a parameter is out of range
   */
  public LeakyReLU(double negativeSlope) {
    this(negativeSlope, false);
  }

  /**
   * Creates the layer, which overwrites its input if {@code inPlace}.
   *
   * @throws io.ember4j.ParameterException if a parameter is out of range
   */
  public LeakyReLU(double negativeSlope, boolean inPlace) {
    super("leaky_relu", Map.of("negative_slope", negativeSlope), inPlace);
  }

  LeakyReLU(Config config) {
    super("leaky_relu", config.rest("inplace"), config.flag("inplace", false));
  }
}
