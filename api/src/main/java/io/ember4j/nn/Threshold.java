package io.ember4j.nn;

import java.util.Map;

/** The layer of threshold: x for x &gt; threshold, else value. */
public final class Threshold extends ActivationLayer {
  /**
   * Creates the layer with these parameters.
   *
   * @throws io.ember4j.ParameterException if a parameter is out of range
   */
  public Threshold(double threshold, double value) {
    this(threshold, value, false);
  }

  /**
   * Creates the layer, which overwrites its input if {@code inPlace}.
   *
   * @throws io.ember4j.ParameterException if a parameter is out of range
   */
  public Threshold(double threshold, double value, boolean inPlace) {
    super("threshold", Map.of("threshold", threshold, "value", value), inPlace);
  }

  Threshold(Config config) {
    super("threshold", config.rest("inplace"), config.flag("inplace", false));
  }
}
