package io.ember4j.nn;

import java.util.Map;

/**
 * The layer of an activation that a user has defined ({@link Layers#activation}), which it finds by
 * name: whoever loads a model with it defines the activation first.
 */
final class OwnActivation extends ActivationLayer {
  static final String TYPE = "OwnActivation";
  static final String NAME = "activation";

  /** Its parameters, in a map of their own, as they may have any name. */
  static final String PARAMETERS = "parameters";

  OwnActivation(Config config) {
    super(config.text(NAME), config.map(PARAMETERS), false);
  }

  @Override
  public Map<String, Object> config() {
    Map<String, Object> config = Config.of(TYPE);
    config.put(NAME, activation().name());
    config.put(PARAMETERS, activation().config());
    return config;
  }

  @Override
  public String toString() {
    return TYPE + " " + activation();
  }
}
