package io.ember4j.nn;

import io.ember4j.DType;
import io.ember4j.ParameterException;
import io.ember4j.UnknownNameException;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Makes layers from their configs. */
public final class Layers {
  private static final Map<String, Function<Config, Layer>> TYPES = new ConcurrentHashMap<>();

  static {
    builtIn("ReLU", ReLU::new);
    builtIn("ReLU6", ReLU6::new);
    builtIn("LeakyReLU", LeakyReLU::new);
    builtIn("ELU", ELU::new);
    builtIn("CELU", CELU::new);
    builtIn("SELU", SELU::new);
    builtIn("RReLU", RReLU::new);
    builtIn("GELU", GELU::new);
    builtIn("SiLU", SiLU::new);
    builtIn("Mish", Mish::new);
    builtIn("Sigmoid", Sigmoid::new);
    builtIn("LogSigmoid", LogSigmoid::new);
    builtIn("Tanh", Tanh::new);
    builtIn("LeCunTanh", LeCunTanh::new);
    builtIn("Hardtanh", Hardtanh::new);
    builtIn("Hardsigmoid", Hardsigmoid::new);
    builtIn("Hardswish", Hardswish::new);
    builtIn("Softshrink", Softshrink::new);
    builtIn("Hardshrink", Hardshrink::new);
    builtIn("Tanhshrink", Tanhshrink::new);
    builtIn("Softplus", Softplus::new);
    builtIn("Softsign", Softsign::new);
    builtIn("Threshold", Threshold::new);
    builtIn("GLU", GLU::new);
    builtIn("Softmax", Softmax::new);
    builtIn("LogSoftmax", LogSoftmax::new);
    builtIn("Softmin", Softmin::new);
    builtIn("Softmax2d", Softmax2d::new);
    builtIn("PReLU", PReLU::new);
    builtIn("Dropout", Dropout::new);
    builtIn("AlphaDropout", AlphaDropout::new);
    builtIn("Dense", Dense::new);
    builtIn("Sequential", Sequential::new);
  }

  private Layers() {}

  private static void builtIn(String type, Function<Config, Layer> factory) {
    TYPES.put(type, factory);
  }

  /**
   * Makes it possible to create a layer type of one's own from its config.
   *
   * @param type the value of {@code layer} in its config
   * @param factory makes the layer from the config map
   * @throws ParameterException if the type is registered already
   */
  public static void register(String type, LayerFactory factory) {
    Objects.requireNonNull(factory, "factory is null; pass config -> ...");
    Function<Config, Layer> whole = config -> factory.create(config.rest());
    if (TYPES.putIfAbsent(Objects.requireNonNull(type, "type is null"), whole) != null) {
      throw new ParameterException(
          "the layer type \"" + type + "\" is registered already; choose another name");
    }
  }

  /** Makes a layer from the settings of its config. */
  @FunctionalInterface
  public interface LayerFactory {
    /** Returns a layer with these settings; {@code layer}, the type, is not among them. */
    Layer create(Map<String, Object> settings);
  }

  /**
   * Returns a layer like the one whose {@link Layer#config()} this is, with parameters that start
   * anew.
   *
   * @throws UnknownNameException if the type or a setting is unknown
   * @throws ParameterException if a setting is missing or out of range
   */
  public static Layer fromConfig(Map<String, ?> config) {
    Objects.requireNonNull(config, "config is null; pass the map of config()");
    if (!(config.get("layer") instanceof String type)) {
      throw new ParameterException(
          "a layer's config needs the entry \"layer\" with the type's name, got "
              + config.get("layer"));
    }
    Function<Config, Layer> factory = TYPES.get(type);
    if (factory == null) {
      throw new UnknownNameException(
          "unknown layer type \""
              + type
              + "\"; known: "
              + String.join(", ", new TreeSet<>(TYPES.keySet()))
              + "; one's own is added with Layers.register");
    }
    Config settings = new Config(type, config);
    Layer layer =
        Objects.requireNonNull(
            factory.apply(settings),
            () -> "the factory of layer type \"" + type + "\" returned null");
    settings.checkAllRead();
    return layer;
  }

  static DType dtype(Config config) {
    String name = config.text("dtype", DType.FLOAT32.toString());
    for (DType dtype : DType.values()) {
      if (dtype.toString().equals(name)) {
        return dtype;
      }
    }
    throw new ParameterException(
        config.type() + ": unknown dtype \"" + name + "\"; use float32 or float64");
  }
}
