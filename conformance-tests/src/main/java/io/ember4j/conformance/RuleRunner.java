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
    String failure = check(rule, subject);
    if (failure == null) {
      return applying.isEmpty()
          ? new RuleResult(rule, RuleResult.Outcome.PASS, "", condition)
          : new RuleResult(
              rule,
              RuleResult.Outcome.FIXED,
              rule.id()
                  + " passes, but a deviation is declared ("
                  + applying.get().reason()
                  + "); remove it",
              condition);
    }
    return applying.isPresent()
        ? new RuleResult(
            rule,
            RuleResult.Outcome.DEVIATES,
            applying.get().reason() + " [" + failure + "]",
            condition)
        : new RuleResult(
            rule,
            RuleResult.Outcome.FAIL,
            rule.id()
                + ": "
                + failure
                + "\n  must hold: "
                + rule.statement()
                + "\n  look at: "
                + rule.hint(),
            condition);
  }

  /** Returns what is wrong, or null. */
  private static String check(Rule rule, Subject subject) {
    try (BackendScope scope = Backends.use(subject.backend())) {
      rule.check().run(subject);
      return null;
    } catch (RuleViolation e) {
      return e.getMessage();
    } catch (VirtualMachineError e) {
      throw e;
    } catch (Throwable e) {
      StackTraceElement[] trace = e.getStackTrace();
      return "threw " + e + (trace.length == 0 ? "" : " at " + trace[0]);
    }
  }
}
