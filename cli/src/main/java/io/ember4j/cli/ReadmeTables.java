package io.ember4j.cli;

import io.ember4j.BackendInfo;
import io.ember4j.Backends;
import io.ember4j.DType;
import io.ember4j.activation.Activation;
import io.ember4j.activation.Activations;
import io.ember4j.activation.Documentation;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The generated tables of README.md, between {@code <!-- generated: NAME -->} and {@code <!-- end
 * -->}.
 */
final class ReadmeTables {
  private ReadmeTables() {}

  /**
   * Returns how each activation runs on each available backend, in float32 / float64 if they
   * differ.
   */
  static String execution() {
    List<String> backends = Backends.available().stream().map(BackendInfo::name).sorted().toList();
    StringBuilder table = new StringBuilder();
    row(table, "activation", String.join(" | ", backends));
    row(table, "---", backends.stream().map(b -> "---").collect(Collectors.joining(" | ")));
    for (String name : catalogue()) {
      Activation activation = example(name);
      row(
          table,
          "`" + name + "`",
          backends.stream().map(b -> execution(activation, b)).collect(Collectors.joining(" | ")));
    }
    return table.toString();
  }

  private static String execution(Activation activation, String backend) {
    String single = label(activation, backend, DType.FLOAT32);
    String both = label(activation, backend, DType.FLOAT64);
    return single.equals(both) ? single : single + " / " + both;
  }

  private static String label(Activation activation, String backend, DType dtype) {
    return activation.execution(backend, dtype).name().toLowerCase(Locale.ROOT);
  }

  /** Returns what there is to know about each activation, with its cost relative to relu. */
  static String activations(Map<String, Double> relativeCost) {
    StringBuilder table = new StringBuilder();
    row(table, "activation", "formula | range | gradient at 0 | where it is used | cost");
    row(table, "---", "--- | --- | --- | --- | ---:");
    for (String name : catalogue()) {
      Documentation about = example(name).documentation();
      List<String> aliases = Activations.aliases(name);
      String label =
          "`"
              + name
              + "`"
              + aliases.stream().map(a -> ", `" + a + "`").collect(Collectors.joining());
      row(
          table,
          label,
          String.join(
              " | ",
              about.formula().replace("|", "\\|"),
              about.range(),
              about.gradientAtZero(),
              about.use(),
              String.format(Locale.ROOT, "%.1f", relativeCost.get(name))));
    }
    return table.toString();
  }

  /**
   * Returns the text with the generated section of that name replaced.
   *
   * @throws IllegalArgumentException if the text has no such section
   */
  static String replace(String text, String section, String content) {
    String start = "<!-- generated: " + section + " -->\n";
    int from = text.indexOf(start);
    int to = text.indexOf("<!-- end -->", Math.max(from, 0));
    if (from < 0 || to < 0) {
      throw new IllegalArgumentException("no section \"" + start.strip() + "\" with an end mark");
    }
    return text.substring(0, from + start.length()) + content + text.substring(to);
  }

  /** The names without those that users have defined, which have no documentation. */
  static List<String> catalogue() {
    return Activations.names().stream()
        .filter(name -> !example(name).documentation().formula().isEmpty())
        .toList();
  }

  private static Activation example(String name) {
    return Activations.get(name, Activations.exampleParameters(name));
  }

  private static void row(StringBuilder table, String first, String rest) {
    table.append("| ").append(first).append(" | ").append(rest).append(" |\n");
  }
}
