package io.ember4j.conformance;

import io.ember4j.BackendException;
import io.ember4j.Backends;
import io.ember4j.DType;
import io.ember4j.activation.Activation;
import io.ember4j.spi.BackendProvider;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Runs the rules of docs/spec.md over a backend. Independent of any test framework; {@link
 * BackendConformance} is the JUnit form.
 *
 * <p>The system property {@value #ALLOW_UNAVAILABLE} lists the backends, separated by commas, that
 * may be unavailable on this machine without failing.
 */
public final class Conformance {
  /** The system property that lists the backends that may be unavailable. */
  public static final String ALLOW_UNAVAILABLE = "conformance.allowUnavailable";

  private Conformance() {}

  /** Returns all rules, in the order in which they run. */
  public static List<Rule> rules() {
    return AllRules.rules();
  }

  /** Runs all rules over the provider's backend, judged by the profile in its jar. */
  public static ConformanceReport run(BackendProvider provider, ConformanceListener listener) {
    Backends.register(provider);
    return run(provider.name(), ConformanceProfile.of(provider), rules(), listener);
  }

  /** Runs all rules over the provider's backend, judged by the given profile. */
  public static ConformanceReport run(
      BackendProvider provider, ConformanceProfile profile, ConformanceListener listener) {
    Backends.register(provider);
    return run(provider.name(), profile, rules(), listener);
  }

  /** Runs all rules over a backend that is on the class path, judged by the profile in its jar. */
  public static ConformanceReport run(String backend, ConformanceListener listener) {
    return run(backend, rules(), Set.of(), listener);
  }

  /**
   * Runs some rules over a backend that is on the class path, judged by the profile in its jar.
   *
   * @param rules which rules, some of {@link #rules}
   * @param mayBeUnavailable the backends that may be unavailable on this machine without failing,
   *     besides those that the system property lists
   */
  public static ConformanceReport run(
      String backend,
      List<Rule> rules,
      Set<String> mayBeUnavailable,
      ConformanceListener listener) {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    return run(
        backend, ConformanceProfile.find(backend, loader), rules, mayBeUnavailable, listener);
  }

  static ConformanceReport run(
      String backend, ConformanceProfile profile, List<Rule> rules, ConformanceListener listener) {
    return run(backend, profile, rules, Set.of(), listener);
  }

  private static ConformanceReport run(
      String backend,
      ConformanceProfile profile,
      List<Rule> rules,
      Set<String> mayBeUnavailable,
      ConformanceListener listener) {
    try {
      Backends.get(backend);
    } catch (BackendException e) {
      boolean allowed =
          mayBeUnavailable.contains(backend) || allowedUnavailable().contains(backend);
      List<String> problems =
          allowed
              ? List.of()
              : List.of(
                  e.getMessage()
                      + "; if that is fine here, allow it with -D"
                      + ALLOW_UNAVAILABLE
                      + "="
                      + backend
                      + ", or ember4j conformance --allow-unavailable "
                      + backend);
      return new ConformanceReport(
          backend, e.getMessage(), allowed, List.of(), problems, List.of(), List.of());
    }
    RunSubject subject = new RunSubject(backend, profile);
    List<RuleResult> results = new ArrayList<>();
    for (Rule rule : rules) {
      RuleResult result = RuleRunner.run(rule, subject);
      results.add(result);
      listener.finished(result);
    }
    return new ConformanceReport(
        backend,
        "",
        false,
        results,
        problems(profile, rules),
        activations(backend),
        subject.measurements());
  }

  private static List<String> problems(ConformanceProfile profile, List<Rule> rules) {
    List<String> problems = new ArrayList<>();
    if (rules.isEmpty()) {
      problems.add("no rule ran");
    }
    // A run of some rules must not take the others for misspelt.
    Set<String> ids =
        Stream.concat(rules.stream(), rules().stream()).map(Rule::id).collect(Collectors.toSet());
    for (Deviation deviation : profile.deviations()) {
      if (!ids.contains(deviation.ruleId())) {
        problems.add(
            "a deviation from the rule "
                + deviation.ruleId()
                + " is declared, but there is no such rule; correct the id or remove it");
      }
    }
    return problems;
  }

  private static List<ConformanceReport.ActivationRun> activations(String backend) {
    List<ConformanceReport.ActivationRun> runs = new ArrayList<>();
    for (ActivationCase activation : ActivationCase.ALL) {
      Activation example = activation.example();
      runs.add(
          new ConformanceReport.ActivationRun(
              activation.name(),
              example.execution(backend, DType.FLOAT32),
              example.execution(backend, DType.FLOAT64)));
    }
    return runs;
  }

  private static Set<String> allowedUnavailable() {
    return Arrays.stream(System.getProperty(ALLOW_UNAVAILABLE, "").split(",", -1))
        .map(String::strip)
        .collect(Collectors.toSet());
  }
}
