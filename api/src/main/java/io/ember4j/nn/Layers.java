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
    register("ReLU", ReLU::new);
    register("ReLU6", ReLU6::new);
    register("LeakyReLU", LeakyReLU::new);
    register("ELU", ELU::new);
    register("CELU", CELU::new);
    register("SELU", SELU::new);
    register("RReLU", RReLU::new);
    register("GELU", GELU::new);
    register("SiLU", SiLU::new);
    register("Mish", Mish::new);
    register("Sigmoid", Sigmoid::new);
    register("LogSigmoid", LogSigmoid::new);
    register("Tanh", Tanh::new);
    register("LeCunTanh", LeCunTanh::new);
    register("Hardtanh", Hardtanh::new);
    register("Hardsigmoid", Hardsigmoid::new);
    register("Hardswish", Hardswish::new);
    register("Softshrink", Softshrink::new);
    register("Hardshrink", Hardshrink::new);
    register("Tanhshrink", Tanhshrink::new);
    register("Softplus", Softplus::new);
    register("Softsign", Softsign::new);
    register("Threshold", Threshold::new);
    register("GLU", GLU::new);
    register("Softmax", Softmax::new);
    register("LogSoftmax", LogSoftmax::new);
    register("Softmin", Softmin::new);
    register("Softmax2d", Softmax2d::new);
    register("PReLU", PReLU::new);
    register("Dropout", Dropout::new);
    register("AlphaDropout", AlphaDropout::new);
    register("Dense", Dense::new);
    register("Sequential", Sequential::new);
  }

  private Layers() {}

  private static void register(String type, Function<Config, Layer> factory) {
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
          "unknown layer type \"" + type + "\"; known: "
              + String.join(", ", new TreeSet<>(TYPES.keySet()))
              + "; one's own is added with Layers.register");
    }
    Config settings = new Config(type, config);
    Layer layer = factory.apply(settings);
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
