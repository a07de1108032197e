package io.ember4j.nn;

import java.util.Map;

/** The layer of hardtanh: x limited to [minVal, maxVal]. */
public final class Hardtanh extends ActivationLayer {
  /** Creates the layer with minVal -1, maxVal 1. */
  public Hardtanh() {
    this(-1, 1);
  }

  /**
   * Creates the layer with these parameters.
   *
   * @throws io.ember4j.ParameterException if a parameter is out of range
   */
  public Hardtanh(double minVal, double maxVal) {
    this(minVal, maxVal, false);
  }

  /**
   * Creates the layer, which overwrites its input if {@code inPlace}.
   *
   * @throws io.ember4j.ParameterException if a parameter is out of range
   */
  public Hardtanh(double minVal, double maxVal, boolean inPlace) {
    super("hardtanh", Map.of("min_val", minVal, "max_val", maxVal), inPlace);
  }

  Hardtanh(Config config) {
    super("hardtanh", config.rest("inplace"), config.flag("inplace", false));
  }
}
