package io.ember4j.nn;

import java.util.Map;

/** The layer of elu: x for x &gt; 0, else alpha (e^x - 1). */
public final class ELU extends ActivationLayer {
  /** Creates the layer with alpha 1. */
  public ELU() {
    this(1);
  }

  /**
   * Creates the layer with these parameters.
   *
   * @throws io.ember4j.ParameterException if a parameter is out of range
   */
  public ELU(double alpha) {
    this(alpha, false);
  }

  /**
   * Creates the layer, which overwrites its input if {@code inPlace}.
   *
   * @throws io.ember4j.ParameterException if a parameter is out of range
   */
  public ELU(double alpha, boolean inPlace) {
    super("elu", Map.of("alpha", alpha), inPlace);
  }

  ELU(Config config) {
    super("elu", config.rest("inplace"), config.flag("inplace", false));
  }
}
