package io.ember4j.conformance;

import io.ember4j.BackendScope;
import io.ember4j.Backends;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Runs one rule and judges it by what the backend declares. */
final class RuleRunner {
  private RuleRunner() {}

  static RuleResult run(Rule rule, Subject subject) {
    List<Deviation> declared =
        subject.profile().deviations().stream().filter(d -> d.ruleId().equals(rule.id())).toList();
    Optional<Deviation> applying = declared.stream().filter(Deviation::appliesHere).findFirst();
    String condition =
        declared.isEmpty()
            ? null
            : declared.stream().map(Deviation::condition).collect(Collectors.joining(" | "));
    Failure failure = check(rule, subject);
    RuleResult.Outcome outcome;
    String message;
    if (failure == null && applying.isEmpty()) {
      outcome = RuleResult.Outcome.PASS;
      message = "";
    } else if (failure == null) {
      outcome = RuleResult.Outcome.FIXED;
      message =
          "%s passes, but a deviation is declared (%s); remove it"
              .formatted(rule.id(), applying.get().reason());
    } else if (applying.isPresent()) {
      outcome = RuleResult.Outcome.DEVIATES;
      message = applying.get().reason() + "\n" + failure.text();
    } else {
      outcome = RuleResult.Outcome.FAIL;
      message = account(rule, failure);
    }
    return new RuleResult(rule, outcome, message, condition, failure);
  }

  private static String account(Rule rule, Failure failure) {
    StringBuilder text = new StringBuilder(rule.id() + ": " + failure.text());
    Failure.line(text, "must hold", rule.statement());
    Failure.line(text, "look at", rule.hint());
    return text.toString();
  }

  /** Returns what is wrong, or null. */
  private static Failure check(Rule rule, Subject subject) {
    try (BackendScope scope = Backends.use(subject.backend())) {
      rule.check().run(subject);
      return null;
    } catch (RuleViolation e) {
      return e.failure();
    } catch (VirtualMachineError e) {
      throw e;
    } catch (Throwable e) {
      StackTraceElement[] trace = e.getStackTrace();
      return Failure.of("threw " + e + (trace.length == 0 ? "" : " at " + trace[0]));
    }
  }
}
