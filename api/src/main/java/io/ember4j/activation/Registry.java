package io.ember4j.activation;

import io.ember4j.ParameterException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The table of activations: the catalogue in its order, then the users' own by name. */
final class Registry {
  private static final Map<String, Definition> CATALOGUE = new java.util.LinkedHashMap<>();
  private static final Map<String, Definition> BY_NAME = new ConcurrentHashMap<>();

  static {
    Stream.of(Rectifiers.ROWS, SmoothGates.ROWS, Squashers.ROWS, Shrinkers.ROWS, Normalizers.ROWS)
        .flatMap(List::stream)
        .forEach(
            definition -> {
              CATALOGUE.put(definition.name(), definition);
              add(definition);
            });
  }

  private Registry() {}

  static Definition find(String name) {
    Definition definition =
        BY_NAME.get(Objects.requireNonNull(name, "name is null; see Activations.names()"));
    if (definition == null) {
      throw Names.unknown("activation", name, BY_NAME.keySet());
    }
    return definition;
  }

  /** Returns the names without aliases: the catalogue's, then users' own in alphabetical order. */
  static List<String> names() {
    List<String> names = new ArrayList<>(CATALOGUE.keySet());
    BY_NAME.values().stream()
        .map(Definition::name)
        .distinct()
        .filter(name -> !CATALOGUE.containsKey(name))
        .sorted()
        .forEach(names::add);
    return names;
  }

  static String checkNew(String name) {
    checkName("activation name", name);
    if (BY_NAME.containsKey(name)) {
      throw taken(name);
    }
    return name;
  }

  static void checkName(String what, String name) {
    Objects.requireNonNull(name, what + " is null");
    if (!name.matches("[a-z][a-z0-9_]*") || name.equals("x")) {
      throw new ParameterException(
          what
              + " \""
              + name
              + "\" is not allowed; use lower-case letters, digits and _, and not"
              + " just \"x\"");
    }
  }

  static void add(Definition definition) {
    if (BY_NAME.putIfAbsent(definition.name(), definition) != null) {
      throw taken(definition.name());
    }
    for (String alias : definition.aliases()) {
      BY_NAME.put(alias, definition);
    }
  }

  private static ParameterException taken(String name) {
    return new ParameterException(
        "an activation named \""
            + name
            + "\" exists already; choose another name, or get it with"
            + " Activations.get");
  }
}
