package io.ember4j.nn;

import io.ember4j.activation.Approximate;
import java.util.Map;

/** The layer of gelu: x P(Z &lt;= x), Z standard normal. */
public final class GELU extends ActivationLayer {
  /** Creates the layer with approximate NONE. */
  public GELU() {
    this(Approximate.NONE);
  }

  /** Creates the layer with these parameters. */
  public GELU(Approximate approximate) {
    super("gelu", Map.of("approximate", approximate.label()), false);
  }

  GELU(Config config) {
    super("gelu", config.rest(), false);
  }
}
