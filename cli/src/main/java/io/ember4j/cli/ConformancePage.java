package io.ember4j.cli;

import io.ember4j.DType;
import io.ember4j.conformance.RuleResult;
import java.util.List;
import java.util.stream.Collectors;

/** A run and its survey as one page, which needs nothing else to be seen. */
final class ConformancePage {
  private static final String FRAME = "conformance-report.html";

  private final ConformanceRun run;
  private final List<SurveyResult> results;
  private final List<Fact> machine;

  ConformancePage(ConformanceRun run, List<SurveyResult> results, List<Fact> machine) {
    this.run = run;
    this.results = results;
    this.machine = machine;
  }

  String text() {
    var rules = new RuleTables(run);
    var accuracy = new AccuracyTables(run.available(), results);
    var outcomes = new Outcomes(run);
    List<ActivationCard> cards =
        results.stream().map(r -> new ActivationCard(r, run.available(), outcomes)).toList();
    return Html.frame(FRAME)
        .replace("{class}", run.passed() ? Outcomes.PASS : Outcomes.FAILS)
        .replace("{verdict}", run.passed() ? "passed" : "failed")
        .replace("{backends}", backends())
        .replace("{machine}", machine())
        .replace("{exceptions}", rules.exceptions())
        .replace("{errors}", accuracy.errors())
        .replace("{matrix32}", accuracy.matrix(DType.FLOAT32))
        .replace("{matrix64}", accuracy.matrix(DType.FLOAT64))
        .replace("{differences}", accuracy.differences())
        .replace("{contents}", contents(cards))
        .replace(
            "{activations}", cards.stream().map(ActivationCard::html).collect(Collectors.joining()))
        .replace("{rules}", rules.families());
  }

  private static String contents(List<ActivationCard> cards) {
    return cards.stream()
        .map(card -> "<a href=\"#%s\">%s</a>".formatted(card.name(), card.name()))
        .collect(Collectors.joining(" "));
  }

  private String backends() {
    return run.backends().stream().map(ConformancePage::backend).collect(Collectors.joining());
  }

  private static String backend(ConformanceRun.Of of) {
    String word =
        of.report().allowedUnavailable()
            ? Outcomes.ABSENT
            : of.report().passed() ? Outcomes.PASS : Outcomes.FAILS;
    return "<tr><th scope=\"row\">%s</th><td>%s</td><td class=\"%s\">%s</td><td>%d</td><td>%d</td><td>%d</td><td class=\"text\">%s</td></tr>\n"
        .formatted(
            Html.escape(of.name()),
            Html.escape(of.info().version()),
            word,
            of.isAvailable() ? of.report().passed() ? "passed" : "failed" : "did not run",
            of.report().count(RuleResult.Outcome.PASS),
            of.report().count(RuleResult.Outcome.DEVIATES),
            of.failures(),
            Html.escape(String.join(" ", of.info().notes())));
  }

  private String machine() {
    return machine.stream()
        .map(
            fact ->
                "<dt>%s</dt><dd>%s</dd>\n"
                    .formatted(Html.escape(fact.name()), Html.escape(fact.value())))
        .collect(Collectors.joining());
  }
}
