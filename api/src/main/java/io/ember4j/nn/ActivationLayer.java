package io.ember4j.nn;

import io.ember4j.GradientTape;
import io.ember4j.ParameterException;
import io.ember4j.Tensor;
import io.ember4j.activation.Activation;
import io.ember4j.activation.Activations;
import java.util.Map;

/**
 * A layer that is an activation and nothing else. In place, it overwrites its input, but not while
 * a {@link GradientTape} records.
 */
abstract class ActivationLayer implements BuiltIn {
  private final Activation activation;
  private final boolean inPlace;

  ActivationLayer(String name, Map<String, ?> parameters, boolean inPlace) {
    this.activation = Activations.get(name, parameters);
    this.inPlace = inPlace;
    if (inPlace && !activation.supportsInPlace()) {
      throw new ParameterException(type() + " has no in-place form; leave inplace out");
    }
  }

  @Override
  public final Tensor forward(Tensor x, boolean training) {
    // A tape needs x as it was.
    return inPlace && !GradientTape.isRecording()
        ? activation.apply_(x, training)
        : activation.apply(x, training);
  }

  /** Returns the activation that this layer applies. */
  public final Activation activation() {
    return activation;
  }

  /** Returns whether the layer overwrites its input. */
  public final boolean inPlace() {
    return inPlace;
  }

  @Override
  public Map<String, Object> config() {
    Map<String, Object> config = Config.of(type());
    config.putAll(activation.config());
    if (activation.supportsInPlace()) {
      config.put("inplace", inPlace);
    }
    return config;
  }

  private String type() {
    return getClass().getSimpleName();
  }

  @Override
  public String toString() {
    return type() + activation.config() + (inPlace ? " in place" : "");
  }
}
