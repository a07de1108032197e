package io.ember4j.cli;

import io.ember4j.conformance.ConformanceReport;
import io.ember4j.conformance.RuleResult;
import java.io.PrintWriter;

/**
 * Prints what becomes of the rules: all of them as they end and then a summary, or, for a CI job, a
 * line for each backend and under it what is wrong.
 */
final class ConformanceText {
  private final PrintWriter out;
  private final boolean onlyFailures;

  ConformanceText(PrintWriter out, boolean onlyFailures) {
    this.out = out;
    this.onlyFailures = onlyFailures;
  }

  /** Before the rules of a backend. */
  void begin(String backend) {
    if (!onlyFailures) {
      out.println(backend);
    }
  }

  /** After each rule. */
  void finished(RuleResult result) {
    if (!onlyFailures) {
      print(result);
      out.flush();
    }
  }

  /** After the rules of a backend. */
  void end(ConformanceReport report) {
    if (onlyFailures) {
      summarise(report);
      out.flush();
    } else {
      out.println();
    }
  }

  /** After all backends. */
  void end(ConformanceRun run) {
    if (!onlyFailures) {
      run.backends().forEach(of -> summarise(of.report()));
    }
    run.problems().forEach(this::problem);
    out.flush();
  }

  private void print(RuleResult result) {
    String deviation = result.deviation() == null ? "" : " " + result.deviation();
    String line = String.format("  %-8s  %s%s", result.outcome(), result.rule().id(), deviation);
    out.println(line.stripTrailing());
    String account = result.message().replace(result.rule().id() + ": ", "");
    for (String text : account.lines().toList()) {
      if (text.startsWith(" ")) {
        out.println(" ".repeat(12) + text); // a labelled line, set out as it is
      } else {
        TextTable.wrap(text, 12, 14).forEach(out::println);
      }
    }
  }

  private void summarise(ConformanceReport report) {
    if (report.allowedUnavailable()) {
      String line = report.backend() + ": not run: " + report.unavailable();
      TextTable.wrap(line, 0, 2).forEach(out::println);
    } else if (!report.unavailable().isEmpty()) {
      out.println(report.backend() + ": FAILED: it did not run"); // the problem below says why
    } else {
      long failed = report.results().stream().filter(RuleResult::isFailure).count();
      out.printf(
          "%s: %s: %d rules, %d pass, %d deviate as declared, %d fail%n",
          report.backend(),
          report.passed() ? "passed" : "FAILED",
          report.results().size(),
          report.count(RuleResult.Outcome.PASS),
          report.count(RuleResult.Outcome.DEVIATES),
          failed);
    }
    report.problems().forEach(this::problem);
    if (onlyFailures) {
      report.results().stream().filter(RuleResult::isFailure).forEach(this::print);
    }
  }

  private void problem(String text) {
    TextTable.wrap("! " + text, 2, 4).forEach(out::println);
  }
}
