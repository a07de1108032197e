package io.ember4j.conformance;

import java.util.Objects;

/**
 * A numbered rule of docs/spec.md and the check that decides whether a backend keeps it.
 *
 * @param id the stable id, family, number and a name, such as {@code EW-7.max-nan}
 * @param statement what must hold, one sentence, as in the specification
 * @param hint what a backend author should look at when the rule fails
 * @param check fails by throwing {@link RuleViolation}
 */
public record Rule(String id, String statement, String hint, Check check) {
  /** Checks the id's form. */
  public Rule {
    if (!id.matches("[A-Z]{2}-[0-9]+\\.[a-z0-9-]+")) {
      throw new IllegalArgumentException("rule id \"" + id + "\" is not like EW-7.max-nan");
    }
    Objects.requireNonNull(statement, "statement");
    Objects.requireNonNull(hint, "hint");
    Objects.requireNonNull(check, "check");
  }

  /** Decides whether a backend keeps a rule. */
  @FunctionalInterface
  public interface Check {
    /**
     * Runs with the subject as this thread's current backend.
     *
     * @throws Exception if the rule is broken ({@link RuleViolation}), or the backend fails
     */
    void run(Subject subject) throws Exception;
  }
}
