package io.ember4j.nn;

import io.ember4j.BackendScope;
import io.ember4j.Backends;
import io.ember4j.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Layers one after another.
 *
 * <p>All of a call runs on the backend that is in effect when it starts. What passes between two of
 * the library's own layers is closed as soon as it has been used, and a Dense followed by an
 * elementwise activation is computed in one pass where the backend can.
 */
public final class Sequential implements BuiltIn {
  private final List<Layer> layers;

  /** What is computed in one piece from each layer on, at inference and in training. */
  private final List<Optional<Fusion>> inference;

  private final List<Optional<Fusion>> training;

  /** Creates the layer from these, in order. */
  public Sequential(Layer... layers) {
    this(List.of(layers));
  }

  /** Creates the layer from these, in order. */
  public Sequential(List<? extends Layer> layers) {
    this.layers = List.copyOf(layers);
    this.inference = Fusion.all(this.layers, false);
    this.training = Fusion.all(this.layers, true);
  }

  Sequential(Config config) {
    this(config.layers("layers").stream().map(Layers::fromConfig).toList());
  }

  /** Returns the layers. */
  public List<Layer> layers() {
    return layers;
  }

  @Override
  public Tensor forward(Tensor x, boolean training) {
    Objects.requireNonNull(x, "x is null; pass a tensor");
    try (BackendScope scope = Backends.pin()) {
      Tensor current = x;
      boolean ours = false;
      for (int i = 0; i < layers.size(); i++) {
        Layer layer = layers.get(i);
        Optional<Fusion> fusion = (training ? this.training : inference).get(i);
        Tensor next;
        try {
          next =
              fusion.isPresent() ? fusion.get().forward(current) : layer.forward(current, training);
        } catch (RuntimeException | Error e) {
          if (ours && BuiltIn.keepsNothing(layer)) {
            current.close();
          }
          throw e;
        }
        if (ours && BuiltIn.keepsNothing(layer) && next != current) {
          current.close();
        }
        // A layer in place hands on what it was given.
        ours = BuiltIn.keepsNothing(layer) && (next != current || ours);
        current = next;
        if (fusion.isPresent()) {
          i += fusion.get().layers() - 1;
        }
      }
      return current == x && layers.isEmpty() ? x.reshape(x.shape().toArray()) : current;
    }
  }

  @Override
  public boolean keepsNothing() {
    return layers.stream().allMatch(BuiltIn::keepsNothing);
  }

  /** Returns the parameters of all layers, named by position, such as {@code 0.weight}. */
  @Override
  public Map<String, Parameter> parameters() {
    Map<String, Parameter> parameters = new LinkedHashMap<>();
    for (int i = 0; i < layers.size(); i++) {
      String prefix = i + ".";
      layers.get(i).parameters().forEach((name, p) -> parameters.put(prefix + name, p));
    }
    return parameters;
  }

  @Override
  public Map<String, Object> config() {
    Map<String, Object> config = Config.of("Sequential");
    config.put("layers", layers.stream().map(Layer::config).toList());
    return config;
  }
}
