package io.ember4j.cli;

import io.ember4j.conformance.Rule;
import io.ember4j.conformance.RuleResult;
import java.util.List;
import java.util.stream.Collectors;

/** What a page says of a rule on each backend, in a word. */
final class Outcomes {
  static final String PASS = "pass";
  static final String DEVIATES = "deviates";
  static final String FAILS = "fails";

  /** The backend could not run. */
  static final String ABSENT = "absent";

  private final ConformanceRun run;

  Outcomes(ConformanceRun run) {
    this.run = run;
  }

  /** The rules, in the order in which they ran. */
  List<Rule> rules() {
    return run.backends().stream()
        .flatMap(of -> of.report().results().stream())
        .map(RuleResult::rule)
        .distinct()
        .toList();
  }

  /** The rule's outcome on each backend, in their order. */
  List<String> of(Rule rule) {
    return run.backends().stream().map(of -> of(rule, of)).toList();
  }

  private static String of(Rule rule, ConformanceRun.Of of) {
    return of.report().results().stream()
        .filter(result -> result.rule().id().equals(rule.id()))
        .map(Outcomes::word)
        .findFirst()
        .orElse(ABSENT);
  }

  static String word(RuleResult result) {
    return switch (result.outcome()) {
      case PASS -> PASS;
      case DEVIATES -> DEVIATES;
      case FAIL, FIXED -> FAILS;
    };
  }

  /** How urgent it is that somebody looks at the rule: 0 for a failure, more for others. */
  int rank(Rule rule) {
    List<String> words = of(rule);
    return words.contains(FAILS) ? 0 : words.contains(DEVIATES) ? 1 : 2;
  }

  /** The cells of the rule's row. */
  String cells(Rule rule) {
    return of(rule).stream()
        .map(word -> "<td class=\"" + word + "\">" + word + "</td>")
        .collect(Collectors.joining());
  }

  /** The head cells that go with them. */
  String heads() {
    return run.backends().stream()
        .map(of -> "<th scope=\"col\">" + Html.escape(of.name()) + "</th>")
        .collect(Collectors.joining());
  }
}
