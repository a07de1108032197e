package io.ember4j.nn;

import java.util.Map;

/** The layer of celu: x for x &gt; 0, else alpha (e^(x/alpha) - 1); alpha not 0. */
public final class CELU extends ActivationLayer {
  /** Creates the layer with alpha 1. */
  public CELU() {
    this(1);
  }

  /**
   * Creates the layer with these parameters.
   *
   * @throws io.ember4j.ParameterException if a parameter is out of range
   */
  public CELU(double alpha) {
    this(alpha, false);
  }

  /**
   * Creates the layer, which overwrites its input if {@code inPlace}.
   *
   * @throws io.ember4j.ParameterException if a parameter is out of range
   */
  public CELU(double alpha, boolean inPlace) {
    super("celu", Map.of("alpha", alpha), inPlace);
  }

  CELU(Config config) {
    super("celu", config.rest("inplace"), config.flag("inplace", false));
  }
}
