package io.ember4j.activation;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The checked values of an activation's parameters, in the order of its table row. */
final class Settings {
  private final Map<String, Object> values;

  private Settings(Map<String, Object> values) {
    this.values = Collections.unmodifiableMap(values);
  }

  /**
   * Completes the given values with defaults.
   *
   * @throws io.ember4j.UnknownNameException if a name is not a parameter
   * @throws io.ember4j.ParameterException if a value is out of range or a required one is missing
   */
  static Settings of(Definition definition, Map<String, ?> given) {
    for (String name : given.keySet()) {
      if (definition.parameters().stream().noneMatch(p -> p.name().equals(name))) {
        throw Names.unknown(
            "parameter of " + definition.name(),
            name,
            definition.parameters().stream().map(ParameterSpec::name).toList());
      }
    }
    Map<String, Object> values = new LinkedHashMap<>();
    for (ParameterSpec parameter : definition.parameters()) {
      Object value = given.get(parameter.name());
      if (value != null) {
        values.put(parameter.name(), parameter.check(definition.name(), value));
      } else if (parameter.defaultValue() != null) {
        values.put(parameter.name(), parameter.defaultValue());
      } else if (parameter.required()) {
        throw new io.ember4j.ParameterException(
            definition.name()
                + ": "
                + parameter.name()
                + " has no default; give "
                + parameter.range());
      }
    }
    Settings settings = new Settings(values);
    definition.checkTogether(settings);
    return settings;
  }

  Map<String, Object> values() {
    return values;
  }

  double number(String name) {
    return ((Number) values.get(name)).doubleValue();
  }

  int integer(String name) {
    return Math.toIntExact(((Number) values.get(name)).longValue());
  }

  String text(String name) {
    return (String) values.get(name);
  }

  /** Returns the seed, or null when none was given. */
  Long seed() {
    return (Long) values.get("seed");
  }
}
