package io.ember4j.conformance;

import io.ember4j.DType;
import io.ember4j.Execution;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * The outcome of a run of the rules over one backend.
 *
 * @param backend the backend's name
 * @param unavailable why it could not run; empty if it could
 * @param allowedUnavailable whether that is allowed
 * @param results one for each rule, in the order of the rules
 * @param problems what is wrong with the run itself, such as a declared deviation from a rule that
 *     does not exist
 * @param activations how each activation runs
 * @param measurements the worst errors seen
 */
public record ConformanceReport(
    String backend,
    String unavailable,
    boolean allowedUnavailable,
    List<RuleResult> results,
    List<String> problems,
    List<ActivationRun> activations,
    List<Measurement> measurements) {
  /**
   * How an activation runs on the backend.
   *
   * @param activation its name
   * @param float32 in float32
   * @param float64 in float64
   */
  public record ActivationRun(String activation, Execution float32, Execution float64) {}

  /** Copies the lists. */
  public ConformanceReport {
    results = List.copyOf(results);
    problems = List.copyOf(problems);
    activations = List.copyOf(activations);
    measurements = List.copyOf(measurements);
  }

  /** Returns whether nothing is wrong: a build may go on. */
  public boolean passed() {
    return problems.isEmpty() && results.stream().noneMatch(RuleResult::isFailure);
  }

  /** Returns the number of rules with the outcome. */
  public long count(RuleResult.Outcome outcome) {
    return results.stream().filter(r -> r.outcome() == outcome).count();
  }

  /**
   * Returns the report that is checked in: a head line, a line for each rule by id, a line for each
   * activation. Nothing in it depends on the machine.
   */
  public String text() {
    List<String> rules = new ArrayList<>();
    results.stream()
        .sorted(Comparator.comparing(r -> r.rule().id(), ConformanceReport::compareIds))
        .forEach(r -> rules.add(r.line()));
    long pass = rules.stream().filter(line -> line.startsWith("PASS ")).count();
    long deviates = rules.stream().filter(line -> line.startsWith("DEVIATES ")).count();
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "# %s: %d rules, %d pass, %d deviate, %d fail%n",
            backend,
            rules.size(),
            pass,
            deviates,
            rules.size() - pass - deviates));
    rules.forEach(line -> text.append(line).append('\n'));
    for (ActivationRun run : activations) {
      text.append(
          String.format(
              Locale.ROOT,
              "activation %s: float32 %s, float64 %s%n",
              run.activation(),
              label(run.float32()),
              label(run.float64())));
    }
    return text.toString().replace("\r\n", "\n");
  }

  /** Returns the worst error of each function, its bound and where it was seen. */
  public String measuredText() {
    StringBuilder text = new StringBuilder("# function dtype ulp bound where\n");
    for (Measurement m : measurements) {
      text.append(
          String.format(
              "%s %s %s %s %s%n",
              m.function(),
              m.dtype(),
              Findings.ulps(m.ulp()),
              Findings.ulps(m.bound()),
              m.where()));
    }
    return text.toString().replace("\r\n", "\n");
  }

  static String label(Execution execution) {
    return execution.name().toLowerCase(Locale.ROOT);
  }

  /** Compares family, then number as a number, then name. */
  static int compareIds(String a, String b) {
    return Comparator.comparing((String id) -> id.substring(0, 2))
        .thenComparingInt(id -> Integer.parseInt(id.substring(3, id.indexOf('.'))))
        .thenComparing(Comparator.naturalOrder())
        .compare(a, b);
  }

  /** Returns the worst error seen of the function, or null. */
  public Measurement measurement(String function, DType dtype) {
    return measurements.stream()
        .filter(m -> m.function().equals(function) && m.dtype() == dtype)
        .findFirst()
        .orElse(null);
  }
}
