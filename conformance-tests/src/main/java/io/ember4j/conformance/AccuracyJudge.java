package io.ember4j.conformance;

import io.ember4j.Backends;
import io.ember4j.DType;
import io.ember4j.Execution;
import io.ember4j.activation.Activation;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * Decides whether the results of an activation are as near to the exact values as the rules of this
 * kit ask of a backend, or as the backend declares: the bound of one operation or the composed one,
 * norm-wise for the softmax family.
 */
public final class AccuracyJudge {
  private static final Set<String> NORM_WISE = Set.of("softmax", "log_softmax", "softmin");

  private final Subject subject;
  private final DType dtype;
  private final String label;

  private AccuracyJudge(Subject subject, DType dtype, String label) {
    this.subject = subject;
    this.dtype = dtype;
    this.label = label;
  }

  /**
   * Returns the judge for an activation of the catalogue with the parameters of the rules, which
   * are the defaults where there are any; none for others.
   *
   * @throws io.ember4j.BackendException if the backend is missing or cannot run
   */
  public static Optional<AccuracyJudge> of(String backend, Activation activation, DType dtype) {
    Backends.get(backend);
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    Subject subject = new RunSubject(backend, ConformanceProfile.find(backend, loader));
    return ActivationCase.ALL.stream()
        .filter(c -> c.activation().equals(activation.name()))
        .filter(c -> c.example().config().equals(activation.config()))
        .findFirst()
        .map(c -> new AccuracyJudge(subject, dtype, label(c, subject, dtype)));
  }

  private static String label(ActivationCase activation, Subject subject, DType dtype) {
    if (activation.name().equals("softmax2d")) {
      return "softmax";
    }
    if (NORM_WISE.contains(activation.name())) {
      return activation.name();
    }
    boolean inOne = activation.example().execution(subject.backend(), dtype) == Execution.NATIVE;
    return (inOne ? "" : Bounds.COMPOSED) + activation.tables().get(0);
  }

  /** Returns the bound in words, such as {@code 4 ULP}. */
  public String bound() {
    String number = Findings.ulps(subject.ulpBound(label, dtype));
    return NORM_WISE.contains(label) ? number + " norm-wise" : number + " ULP";
  }

  /**
   * Returns whether all results are within the bound.
   *
   * @param x the numbers, or the one row, that the activation was given
   * @param exact their exact values, from {@link Oracle}
   * @param actual the results
   */
  public boolean accepts(double[] x, ExactValues exact, double[] actual) {
    if (exact.size() != actual.length) {
      throw new IllegalArgumentException(
          exact.size() + " exact values for " + actual.length + " results");
    }
    return NORM_WISE.contains(label) ? acceptsRow(x, exact, actual) : acceptsEach(x, exact, actual);
  }

  private boolean acceptsRow(double[] x, ExactValues exact, double[] actual) {
    boolean logarithm = label.equals("log_softmax");
    double sign = label.equals("softmin") ? -1 : 1;
    double[] scaled = Arrays.stream(x).map(v -> sign * v).toArray();
    SoftmaxCheck check = new SoftmaxCheck(subject, label, dtype, logarithm, actual.length);
    check.row("the row", scaled, exact.values(), actual);
    try {
      check.check();
      return true;
    } catch (RuleViolation e) {
      return false;
    }
  }

  private boolean acceptsEach(double[] x, ExactValues exact, double[] actual) {
    double bound = subject.ulpBound(label, dtype);
    boolean gated = label.equals(Bounds.COMPOSED + "glu");
    for (int i = 0; i < actual.length; i++) {
      Exact expected = exact.values()[i];
      // As in the rule for glu: a gate below the smallest normal number has a coarser unit.
      double gate = gated ? Math.abs(x[i]) * (Ulp.smallest(dtype) / expected.spacing()) : 0;
      double allowed = gate > 0 ? bound * (1 + gate) : bound;
      if (!(exact.error(i, actual[i]) <= allowed)) {
        return false;
      }
    }
    return true;
  }
}
