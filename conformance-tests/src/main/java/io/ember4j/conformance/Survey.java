package io.ember4j.conformance;

import io.ember4j.DType;
import java.util.List;
import java.util.Optional;

/**
 * What reports show of one activation: its exact curve, and its results at thousands of inputs
 * beside the exact ones. Nothing exact in it comes from a backend.
 */
public final class Survey {
  private static final List<Survey> ALL = ActivationCase.ALL.stream().map(Survey::new).toList();

  private final ActivationCase activation;

  private Survey(ActivationCase activation) {
    this.activation = activation;
  }

  /** Returns a survey of each activation of the rules, in their order. */
  public static List<Survey> values() {
    return ALL;
  }

  /** Returns the name of the activation in rules and reports, such as {@code gelu_tanh}. */
  public String name() {
    return activation.name();
  }

  /** Returns what the surveyed function is where the activation works on rows; else empty. */
  public String section() {
    return isElementwise() ? "" : SurveyedRow.of(activation).describe();
  }

  /**
   * Returns what the rule says about this activation, in a word or two from its id, such as {@code
   * monotone}; empty if it is about something else.
   */
  public Optional<String> property(Rule rule) {
    String name = activation.name().replace('_', '-');
    String id = rule.id();
    for (String kind : new String[] {"AC", "GR"}) {
      String start = kind + "-" + activation.number() + "." + name + "-";
      if (id.startsWith(start)) {
        return Optional.of((kind.equals("GR") ? "gradient " : "") + id.substring(start.length()));
      }
    }
    return id.matches("PR-[0-9]+\\.[a-z]+-" + name)
        ? Optional.of(id.substring(id.indexOf('.') + 1, id.length() - name.length() - 1))
        : Optional.empty();
  }

  /** Returns the exact curve, and how to draw a backend's over it. */
  public SurveyCurve curve() {
    return isElementwise()
        ? new SurveyCurve(new SurveyedElement(activation))
        : new SurveyCurve(SurveyedRow.of(activation));
  }

  /**
   * Returns inputs with the exact results: of the values and, where the activation works element by
   * element, of the gradient, each in both dtypes. It takes a moment.
   */
  public List<SurveySeries> series() {
    return isElementwise()
        ? new SurveyedElement(activation).series()
        : SurveyedRow.of(activation).series();
  }

  private boolean isElementwise() {
    return ActivationCase.ELEMENTWISE.contains(activation);
  }

  /** A function of one number that is surveyed, and its derivative. */
  interface Surveyed {
    /** Returns the exact value, good enough to draw. */
    double exact(double x);

    /** Returns the exact derivative, good enough to draw. */
    double derivative(double x);

    /** Returns the places between which the exact curve is smooth. */
    double[] kinks();

    /** Returns how far from 0 the curve is drawn. */
    double reach();

    /** Returns the values as the backend in effect computes them. */
    double[] values(DType dtype, double[] x);

    /** Returns the derivatives as the backend in effect computes them. */
    double[] gradients(DType dtype, double[] x);
  }
}
