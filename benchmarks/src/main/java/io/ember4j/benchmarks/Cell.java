package io.ember4j.benchmarks;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One comparison of the table: a benchmark class, its parameters, and who takes part.
 *
 * @param question the simple name of the class
 * @param parameters its parameters but for contenders and threads
 * @param threads threads for each library
 * @param contenders Ember4j first
 */
record Cell(String question, Map<String, String> parameters, int threads, List<String> contenders) {
  static Cell of(String question, int threads, List<String> contenders, String... parameters) {
    Map<String, String> map = new TreeMap<>();
    for (int i = 0; i < parameters.length; i += 2) {
      map.put(parameters[i], parameters[i + 1]);
    }
    return new Cell(question, map, threads, contenders);
  }

  /** Returns what tells it from other cells; the contenders do not. */
  String key() {
    return question
        + parameters.entrySet().stream()
            .map(e -> " " + e.getKey() + "=" + e.getValue())
            .collect(Collectors.joining())
        + " threads="
        + threads;
  }
}
