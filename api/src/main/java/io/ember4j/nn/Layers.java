package io.ember4j.nn;

import io.ember4j.DType;
import io.ember4j.ParameterException;
import io.ember4j.UnknownNameException;
import io.ember4j.activation.Activations;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Makes layers from their configs. */
public final class Layers {
  private static final Map<String, Function<Config, Layer>> TYPES = new ConcurrentHashMap<>();

  /** The types that are an activation, by its name without underscores. */
  private static final Map<String, String> BY_ACTIVATION = new HashMap<>();

  static {
    ofActivation("ReLU", ReLU::new);
    ofActivation("ReLU6", ReLU6::new);
    ofActivation("LeakyReLU", LeakyReLU::new);
    ofActivation("ELU", ELU::new);
    ofActivation("CELU", CELU::new);
    ofActivation("SELU", SELU::new);
    ofActivation("RReLU", RReLU::new);
    ofActivation("GELU", GELU::new);
    ofActivation("SiLU", SiLU::new);
    ofActivation("Mish", Mish::new);
    ofActivation("Sigmoid", Sigmoid::new);
    ofActivation("LogSigmoid", LogSigmoid::new);
    ofActivation("Tanh", Tanh::new);
    ofActivation("LeCunTanh", LeCunTanh::new);
    ofActivation("Hardtanh", Hardtanh::new);
    ofActivation("Hardsigmoid", Hardsigmoid::new);
    ofActivation("Hardswish", Hardswish::new);
    ofActivation("Softshrink", Softshrink::new);
    ofActivation("Hardshrink", Hardshrink::new);
    ofActivation("Tanhshrink", Tanhshrink::new);
    ofActivation("Softplus", Softplus::new);
    ofActivation("Softsign", Softsign::new);
    ofActivation("Threshold", Threshold::new);
    ofActivation("GLU", GLU::new);
    ofActivation("Softmax", Softmax::new);
    ofActivation("LogSoftmax", LogSoftmax::new);
    ofActivation("Softmin", Softmin::new);
    ofActivation("Softmax2d", Softmax2d::new);
    ofActivation("PReLU", PReLU::new);
    builtIn("Dropout", Dropout::new);
    builtIn("AlphaDropout", AlphaDropout::new);
    builtIn("Dense", Dense::new);
    builtIn("Sequential", Sequential::new);
    builtIn(OwnActivation.TYPE, OwnActivation::new);
  }

  private Layers() {}

  private static void builtIn(String type, Function<Config, Layer> factory) {
    TYPES.put(type, factory);
  }

  private static void ofActivation(String type, Function<Config, Layer> factory) {
    builtIn(type, factory);
    BY_ACTIVATION.put(type.toLowerCase(Locale.ROOT), type);
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

  /**
   * Returns a new layer of the named activation with default parameters; aliases such as {@code
   * swish} and activations of one's own work too.
   *
   * @throws UnknownNameException if there is no such activation
   * @throws ParameterException if a parameter without default is needed (threshold)
   */
  public static Layer activation(String name) {
    return activation(name, Map.of());
  }

  /**
   * Returns a new layer of the named activation with some settings given, by the names in the
   * layer's config: the activation's parameters, and what the layer adds, such as {@code dtype} of
   * prelu.
   *
   * @throws UnknownNameException if there is no such activation or setting
   * @throws ParameterException if a setting is out of range or missing
   */
  public static Layer activation(String name, Map<String, ?> settings) {
    Objects.requireNonNull(settings, "settings is null; pass Map.of() for the defaults");
    String full = fullName(Objects.requireNonNull(name, "name is null; pass such as \"gelu\""));
    String type = BY_ACTIVATION.get(full.replace("_", ""));
    // A user's own may be called "leakyre_lu".
    if (type == null || isOwn(full)) {
      return fromConfig(
          Map.of(
              "layer",
              OwnActivation.TYPE,
              OwnActivation.NAME,
              full,
              OwnActivation.PARAMETERS,
              settings));
    }
    Map<String, Object> config = new LinkedHashMap<>(settings);
    config.put("layer", type);
    return fromConfig(config);
  }

  private static boolean isOwn(String name) {
    return Activations.get(name, Activations.exampleParameters(name))
        .documentation()
        .formula()
        .isEmpty();
  }

  /** Returns the name of which this one may be an alias. */
  private static String fullName(String name) {
    return Activations.names().stream()
        .filter(known -> known.equals(name) || Activations.aliases(known).contains(name))
        .findFirst()
        .orElseGet(() -> Activations.get(name).name()); // throws, with the nearest names
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
