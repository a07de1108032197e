package io.ember4j.conformance;

/**
 * What became of one rule.
 *
 * @param rule the rule
 * @param outcome how it ended
 * @param message why it failed, deviates or is no longer to be declared; empty when it passed
 * @param deviation the condition under which a deviation is declared, such as {@code os=linux};
 *     empty where it holds everywhere, null where none is declared
 * @param failure how the backend breaks the rule; null where it keeps it
 */
public record RuleResult(
    Rule rule, Outcome outcome, String message, String deviation, Failure failure) {
  /** How a rule ended. */
  public enum Outcome {
    /** The backend keeps the rule. */
    PASS,
    /** The backend breaks the rule. */
    FAIL,
    /** The backend breaks the rule, as it declares. */
    DEVIATES,
    /** The backend declares to break the rule, and keeps it: the declaration must go. */
    FIXED
  }

  /** Returns whether this must turn a build red. */
  public boolean isFailure() {
    return outcome == Outcome.FAIL || outcome == Outcome.FIXED;
  }

  /** Returns the line of the checked-in report, which is the same on every platform. */
  String line() {
    if (deviation != null) {
      return ("DEVIATES " + rule.id() + " " + deviation).strip();
    }
    return (outcome == Outcome.PASS ? "PASS " : "FAIL ") + rule.id();
  }
}
