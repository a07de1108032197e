package io.ember4j.nn;

import io.ember4j.BackendScope;
import io.ember4j.Backends;
import io.ember4j.Tensor;
import java.util.Map;

/**
 * A function of a tensor, with parameters that training changes; what PyTorch calls a Module.
 *
 * <p>A layer of one's own implements {@link #forward(Tensor, boolean)} and, to be saved, {@link
 * #config()} and {@link #parameters()}. A layer keeps no state of a call in fields, so that threads
 * can share it.
 */
public interface Layer {
  /** Returns the layer's output for x at inference: {@code forward(x, false)} on one backend. */
  default Tensor forward(Tensor x) {
    try (BackendScope scope = Backends.pin()) {
      return forward(x, false);
    }
  }

  /**
   * Returns the layer's output for x.
   *
   * @param training whether to behave as in training, where dropout drops and rrelu draws slopes
   */
  Tensor forward(Tensor x, boolean training);

  /** Returns the parameters by name, such as {@code weight} and {@code bias}; none by default. */
  default Map<String, Parameter> parameters() {
    return Map.of();
  }

  /**
   * Returns what {@link Layers#fromConfig} needs to make a layer like this one, without the values
   * of parameters: {@code layer}, the name of its type, and its settings as numbers, strings,
   * booleans, lists and maps of them.
   *
   * @throws UnsupportedOperationException if the layer has no config, which is the default
   */
  default Map<String, Object> config() {
    throw new UnsupportedOperationException(
        getClass().getName()
            + " has no config(); implement it, and register the type with"
            + " Layers.register, to save it");
  }
}
