package io.ember4j.conformance;

import io.ember4j.BackendScope;
import io.ember4j.Backends;
import io.ember4j.DType;
import io.ember4j.Lowering;
import io.ember4j.Ops;
import io.ember4j.ParameterException;
import io.ember4j.Tensor;
import io.ember4j.activation.Activation;
import io.ember4j.activation.Activations;
import io.ember4j.expr.Expr;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/** UD: activations that users define. */
final class DefinedRules {
  /** A named function may be computed in one piece, so a backend need not round each operation. */
  private static final double NEAR = 32;

  private static final String LOOK_AT =
      "functions that the backend has never seen: supports, fuses and evaluate";

  /** Registered once in this process, however many backends are tested. */
  private static final class Own {
    static final Activation FORMULA =
        Activation.define(
            "conformance_squareplus", x -> x.plus(x.times(x).plus(4).sqrt()).dividedBy(2));

    /** A sign that trains: the gradient given is none of the formula, whose own is 0. */
    static final Activation WITH_DERIVATIVE =
        Activation.define(
            "conformance_straight_through",
            x -> x.gt(0).times(2).minus(1),
            (x, upstream) -> upstream.dividedBy(x.times(x).plus(1)));

    static final Activation WITH_PARAMETERS =
        Activation.define(
            "conformance_scaled_tanh",
            Map.of("scale", 2.0, "slope", 0.5),
            (x, p) -> x.times(p.get("slope")).tanh().times(p.get("scale")));
  }

  private DefinedRules() {}

  static List<Rule> rules() {
    return List.of(
        new Rule(
            "UD-1.formula",
            "An activation defined by a formula has the bits of its operations when they are done one"
                + " at a time, and is within 32 ULP of them as the backend does it.",
            LOOK_AT,
            subject -> same(subject, Own.FORMULA, DefinedRules::squareplus)),
        new Rule(
            "UD-2.derivative",
            "An activation defined with a gradient of its own has the values of its formula, and the"
                + " gradient that was given, also where it is not that of the formula.",
            LOOK_AT,
            subject -> {
              same(subject, Own.WITH_DERIVATIVE, x -> Ops.sub(Ops.mul(Ops.gt(x, 0), 2), 1));
              gradient(Own.WITH_DERIVATIVE, x -> 1 / (x * x + 1));
            }),
        new Rule(
            "UD-3.parameters",
            "An activation defined with parameters computes with those it is given.",
            LOOK_AT,
            subject -> {
              same(subject, Own.WITH_PARAMETERS, x -> Ops.mul(Ops.evaluate(tanhOf(0.5), x), 2));
              same(
                  subject,
                  Activations.get(Own.WITH_PARAMETERS.name(), Map.of("scale", 3, "slope", 0.25)),
                  x -> Ops.mul(Ops.evaluate(tanhOf(0.25), x), 3));
            }),
        new Rule(
            "UD-4.config",
            "A defined activation is found by name, and its config makes it again.",
            "nothing in the backend: this is the api's",
            DefinedRules::config),
        new Rule(
            "UD-5.duplicate",
            "Defining a name that is taken is refused, and changes nothing.",
            "nothing in the backend: this is the api's",
            DefinedRules::duplicate),
        new Rule(
            "UD-6.gradient",
            "An activation defined without a derivative has the gradient of its formula, within 32"
                + " ULP where nothing cancels, and NaN at NaN.",
            LOOK_AT,
            subject -> {
              gradient(Own.FORMULA, x -> (1 + x / Math.sqrt(x * x + 4)) / 2);
              gradient(Own.WITH_PARAMETERS, x -> 1 - Math.pow(Math.tanh(x / 2), 2));
            }));
  }

  /** Compares the gradient with upstream times the derivative, computed in double precision. */
  private static void gradient(Activation activation, DoubleUnaryOperator derivative) {
    for (DType dtype : DType.values()) {
      double[] x = Data.spread(dtype, 1000, -2, 2, 72);
      double[] upstream = Data.spread(dtype, 1000, -3, 3, 73);
      x[0] = Double.NaN;
      double[] actual =
          activation.gradient(Data.tensor(dtype, x), Data.tensor(dtype, upstream)).toDoubleArray();
      Findings findings = new Findings("the gradient of " + activation, dtype, x.length);
      findings.checkSize(actual.length);
      for (int i = 0; i < x.length; i++) {
        double expected = dtype.round(upstream[i] * derivative.applyAsDouble(x[i]));
        findings.near(i, Ulp.show(x[i], dtype), Exact.special(expected, dtype), actual[i], NEAR);
      }
      findings.check();
    }
  }

  private static Tensor squareplus(Tensor x) {
    return Ops.div(Ops.add(x, Ops.sqrt(Ops.add(Ops.mul(x, x), 4))), 2);
  }

  private static Expr tanhOf(double slope) {
    return Expr.input(0).times(slope).tanh();
  }

  private interface Composition {
    Tensor of(Tensor x);
  }

  /**
   * Compares with the operations one by one: to the bit composed, nearly as the backend does it.
   */
  private static void same(Subject subject, Activation activation, Composition composition) {
    for (DType dtype : DType.values()) {
      for (int size : new int[] {1, 17, 1000}) {
        double[] values = Data.spread(dtype, size, -4, 4, 71);
        Tensor x = Data.tensor(dtype, values);
        double[] expected = composition.of(x).toDoubleArray();
        double[] actual = activation.apply(x).toDoubleArray();
        double[] composed;
        try (BackendScope scope = Backends.use(subject.backend(), Lowering.COMPOSED)) {
          composed = activation.apply(x).toDoubleArray();
        }
        Findings findings = new Findings(activation.toString(), dtype, size);
        findings.checkSize(actual.length);
        findings.checkSize(composed.length);
        for (int i = 0; i < size; i++) {
          String input = Ulp.show(values[i], dtype);
          findings.same(i, input, expected[i], composed[i]);
          findings.near(i, input, Exact.special(expected[i], dtype), actual[i], NEAR);
        }
        findings.check();
      }
    }
  }

  private static void config(Subject subject) {
    Activation own =
        Activations.get(Own.WITH_PARAMETERS.name(), Map.of("scale", 1.5, "slope", 2.0));
    if (!Activations.names().contains(own.name())) {
      throw new RuleViolation(own.name() + " is not among Activations.names()");
    }
    Activation again = Activations.get(own.name(), own.config());
    if (!again.config().equals(Map.of("scale", 1.5, "slope", 2.0))) {
      throw new RuleViolation("the config of " + own + " came back as " + again.config());
    }
    same(subject, again, x -> Ops.mul(Ops.evaluate(tanhOf(2), x), 1.5));
  }

  private static void duplicate(Subject subject) {
    String name = Own.FORMULA.name();
    for (String taken : List.of(name, "relu", "swish")) {
      try {
        Activation.define(taken, x -> x);
        throw new RuleViolation("defining \"" + taken + "\" a second time was not refused");
      } catch (ParameterException e) {
        if (!e.getMessage().contains(taken)) {
          throw new RuleViolation("the refusal does not name \"" + taken + "\": " + e.getMessage());
        }
      }
    }
    same(subject, Activations.get(name), DefinedRules::squareplus);
  }
}
