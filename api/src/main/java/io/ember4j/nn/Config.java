package io.ember4j.nn;

import io.ember4j.ParameterException;
import io.ember4j.UnknownNameException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the settings of a config, each with its type, and refuses what nobody read. */
final class Config {
  private final String type;
  private final Map<String, ?> values;
  private final Set<String> read = new HashSet<>(Set.of("layer"));

  Config(String type, Map<String, ?> values) {
    this.type = type;
    this.values = values;
  }

  /** Starts a config of the layer type, to which settings are added in order. */
  static Map<String, Object> of(String type) {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("layer", type);
    return config;
  }

  String type() {
    return type;
  }

  boolean has(String key) {
    return values.get(key) != null;
  }

  double number(String key, double whenAbsent) {
    return read(key, Number.class, whenAbsent).doubleValue();
  }

  long integer(String key) {
    return integral(key, required(key, Number.class));
  }

  long integer(String key, long whenAbsent) {
    return integral(key, read(key, Number.class, whenAbsent));
  }

  /** Refuses to drop a fraction, and what does not fit. */
  private long integral(String key, Number number) {
    boolean exact =
        number instanceof Long
            || number instanceof Integer
            || (number.doubleValue() == Math.rint(number.doubleValue())
                && Math.abs(number.doubleValue()) < 0x1p53);
    if (!exact) {
      throw new ParameterException(
          type + ": the setting \"" + key + "\" is " + number + "; it must be an integer");
    }
    return number.longValue();
  }

  boolean flag(String key, boolean whenAbsent) {
    return read(key, Boolean.class, whenAbsent);
  }

  String text(String key, String whenAbsent) {
    return read(key, String.class, whenAbsent);
  }

  String text(String key) {
    return required(key, String.class);
  }

  /** Returns a map of settings; an empty one where it is absent. */
  Map<String, ?> map(String key) {
    return asConfig(key, read(key, Map.class, Map.of()));
  }

  /** Returns a list of nested configs. */
  List<Map<String, ?>> layers(String key) {
    List<Map<String, ?>> layers = new ArrayList<>();
    for (Object entry : required(key, List.class)) {
      layers.add(asConfig(key, entry));
    }
    return layers;
  }

  @SuppressWarnings("unchecked")
  private Map<String, ?> asConfig(String key, Object entry) {
    if (entry instanceof Map<?, ?> map
        && map.keySet().stream().allMatch(String.class::isInstance)) {
      return (Map<String, ?>) map;
    }
    throw new ParameterException(
        type + ": the setting \"" + key + "\" holds " + entry + "; it must be a map of settings");
  }

  /** Returns all settings but the given ones, which counts as reading them. */
  Map<String, Object> rest(String... except) {
    Map<String, Object> rest = new LinkedHashMap<>(values);
    rest.remove("layer");
    for (String key : except) {
      rest.remove(key);
    }
    read.addAll(rest.keySet());
    return rest;
  }

  /**
   * Ends reading.
   *
   * @throws UnknownNameException if a setting was not read
   */
  void checkAllRead() {
    for (String key : values.keySet()) {
      if (!read.contains(key)) {
        throw new UnknownNameException(
            type
                + " has no setting \""
                + key
                + "\"; it has "
                + String.join(
                    ", ", read.stream().filter(k -> !k.equals("layer")).sorted().toList()));
      }
    }
  }

  private <T> T required(String key, Class<T> kind) {
    T value = read(key, kind, null);
    if (value == null) {
      throw new ParameterException(type + ": the setting \"" + key + "\" is missing");
    }
    return value;
  }

  private <T> T read(String key, Class<T> kind, T whenAbsent) {
    read.add(key);
    Object value = values.get(key);
    if (value == null) {
      return whenAbsent;
    }
    if (!kind.isInstance(value)) {
      throw new ParameterException(
          type
              + ": the setting \""
              + key
              + "\" is "
              + value
              + "; it must be a "
              + kind.getSimpleName());
    }
    return kind.cast(value);
  }
}
