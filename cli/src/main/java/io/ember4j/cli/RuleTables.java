package io.ember4j.cli;

import io.ember4j.conformance.Rule;
import io.ember4j.conformance.RuleResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The rules of a conformance page: what does not pass in full, and all of them by family. */
final class RuleTables {
  /** As the headings of docs/spec.md have them. */
  static final Map<String, String> FAMILIES =
      Map.ofEntries(
          Map.entry("EW", "Elementwise primitives"),
          Map.entry("FN", "Special functions"),
          Map.entry("AC", "Activations"),
          Map.entry("OX", "Activations among the ONNX operators"),
          Map.entry("GR", "Gradients of activations"),
          Map.entry("PR", "Properties"),
          Map.entry("UD", "Activations that users define"),
          Map.entry("ST", "Storage"),
          Map.entry("BC", "Broadcasting and dtypes"),
          Map.entry("RD", "Reductions"),
          Map.entry("MM", "Matrix products"),
          Map.entry("LY", "Layout"),
          Map.entry("LC", "Lifetimes and changes in place"),
          Map.entry("ER", "Bad input"),
          Map.entry("RX", "Random expressions"),
          Map.entry("RN", "Randomness"),
          Map.entry("SL", "Choice of backend"),
          Map.entry("NN", "Layers"),
          Map.entry("TP", "Gradients on a tape, and training"),
          Map.entry("CA", "Capabilities"));

  private final ConformanceRun run;
  private final Outcomes outcomes;

  RuleTables(ConformanceRun run) {
    this.run = run;
    this.outcomes = new Outcomes(run);
  }

  /** What is wrong, then what deviates as declared, each with its message. */
  String exceptions() {
    var html = new StringBuilder();
    for (String problem : run.problems()) {
      html.append(item(Outcomes.FAILS, "the run", problem));
    }
    for (ConformanceRun.Of of : run.backends()) {
      for (String problem : of.report().problems()) {
        html.append(item(Outcomes.FAILS, of.name(), problem));
      }
      if (of.report().allowedUnavailable()) {
        html.append(item(Outcomes.ABSENT, of.name(), of.report().unavailable()));
      }
    }
    for (String word : List.of(Outcomes.FAILS, Outcomes.DEVIATES)) {
      for (ConformanceRun.Of of : run.backends()) {
        for (RuleResult result : of.report().results()) {
          if (Outcomes.word(result).equals(word)) {
            String what = of.name() + ", " + result.rule().id();
            html.append(item(word, what, result.message()));
          }
        }
      }
    }
    return html.isEmpty()
        ? "<p>Every rule passes on every backend.</p>\n"
        : "<ul class=\"exceptions\">\n" + html + "</ul>\n";
  }

  private static String item(String word, String what, String message) {
    return "<li><span class=\"%s\">%s</span> <strong>%s</strong><pre>%s</pre></li>%n"
        .formatted(word, word, Html.escape(what), Html.escape(message))
        .replace("\r\n", "\n");
  }

  /** A table for each family, those with failures first and open, and in it likewise. */
  String families() {
    Map<String, List<Rule>> families = new LinkedHashMap<>();
    for (Rule rule : outcomes.rules()) {
      families.computeIfAbsent(rule.id().substring(0, 2), key -> new ArrayList<>()).add(rule);
    }
    Comparator<Rule> urgency = Comparator.comparingInt(outcomes::rank);
    return families.values().stream()
        .peek(rules -> rules.sort(urgency))
        .sorted(Comparator.comparing(rules -> rules.get(0), urgency))
        .map(this::family)
        .collect(Collectors.joining());
  }

  private String family(List<Rule> rules) {
    String family = rules.get(0).id().substring(0, 2);
    boolean isOpen = outcomes.rank(rules.get(0)) == 0;
    return """
        <details class="family"%s>
        <summary>%s %s <span class="quiet">%s</span></summary>
        <div class="wide"><table>
        <thead><tr><th scope="col">rule</th>%s</tr></thead>
        <tbody>
        %s</tbody>
        </table></div>
        </details>
        """
        .formatted(
            isOpen ? " open=\"open\"" : "",
            family,
            FAMILIES.getOrDefault(family, ""),
            summary(rules),
            outcomes.heads(),
            rules.stream().map(this::row).collect(Collectors.joining()));
  }

  private String summary(List<Rule> rules) {
    List<String> words = rules.stream().flatMap(rule -> outcomes.of(rule).stream()).toList();
    String others =
        List.of(Outcomes.FAILS, Outcomes.DEVIATES, Outcomes.ABSENT).stream()
            .map(word -> count(words, word))
            .filter(text -> !text.isEmpty())
            .collect(Collectors.joining(", "));
    return rules.size()
        + (rules.size() == 1 ? " rule: " : " rules: ")
        + (others.isEmpty() ? "all pass" : others);
  }

  private static String count(List<String> words, String word) {
    long count = words.stream().filter(word::equals).count();
    return count == 0 ? "" : count + " × " + word;
  }

  private String row(Rule rule) {
    String words = outcomes.of(rule).stream().distinct().collect(Collectors.joining(" "));
    return "<tr data-outcomes=\"%s\"><th scope=\"row\"><code>%s</code> <span class=\"quiet\">%s</span></th>%s</tr>\n"
        .formatted(words, rule.id(), Html.escape(rule.statement()), outcomes.cells(rule));
  }
}
