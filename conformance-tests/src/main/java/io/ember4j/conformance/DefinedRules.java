package io.ember4j.conformance;

import io.ember4j.DType;
import io.ember4j.Ops;
import io.ember4j.ParameterException;
import io.ember4j.Tensor;
import io.ember4j.activation.Activation;
import io.ember4j.activation.Activations;
import io.ember4j.expr.Expr;
import java.util.List;
import java.util.Map;

/** UD: activations that users define. */
final class DefinedRules {
  private static final String LOOK_AT =
      "functions that the backend has never seen: supports, fuses and evaluate";

  /** Registered once in this process, however many backends are tested. */
  private static final class Own {
    static final Activation FORMULA =
        Activation.define(
            "conformance_squareplus", x -> x.plus(x.times(x).plus(4).sqrt()).dividedBy(2));
    static final Activation WITH_DERIVATIVE =
        Activation.define(
            "conformance_bent",
            x -> x.times(x).plus(1).sqrt().minus(1).dividedBy(2).plus(x),
            (x, upstream) ->
                upstream.times(x.dividedBy(x.times(x).plus(1).sqrt().times(2)).plus(1)));
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
            "An activation defined by a formula has the bits of its operations one at a time.",
            LOOK_AT,
            subject ->
                same(
                    Own.FORMULA, x -> Ops.div(Ops.add(x, Ops.sqrt(Ops.add(Ops.mul(x, x), 4))), 2))),
        new Rule(
            "UD-2.derivative",
            "An activation defined with a derivative of its own has the same values as without.",
            LOOK_AT,
            subject ->
                same(
                    Own.WITH_DERIVATIVE,
                    x -> Ops.add(Ops.div(Ops.sub(Ops.sqrt(Ops.add(Ops.mul(x, x), 1)), 1), 2), x))),
        new Rule(
            "UD-3.parameters",
            "An activation defined with parameters computes with those it is given.",
            LOOK_AT,
            subject -> {
              same(Own.WITH_PARAMETERS, x -> Ops.mul(Ops.evaluate(tanhOf(0.5), x), 2));
              same(
                  Activations.get(Own.WITH_PARAMETERS.name(), Map.of("scale", 3, "slope", 0.25)),
                  x -> Ops.mul(Ops.evaluate(tanhOf(0.25), x), 3));
            }),
        new Rule(
            "UD-4.config",
            "A defined activation is found by name, and its config makes it again.",
            "nothing in the backend: this is the api's",
            subject -> config()),
        new Rule(
            "UD-5.duplicate",
            "Defining a name that is taken is refused, and changes nothing.",
            "nothing in the backend: this is the api's",
            subject -> duplicate()));
  }

  private static Expr tanhOf(double slope) {
    return Expr.input(0).times(slope).tanh();
  }

  private interface Composition {
    Tensor of(Tensor x);
  }

  private static void same(Activation activation, Composition composition) {
    for (DType dtype : DType.values()) {
      for (int size : new int[] {1, 17, 1000}) {
        double[] values = Data.spread(dtype, size, -4, 4, 71);
        Tensor x = Data.tensor(dtype, values);
        double[] expected = composition.of(x).toDoubleArray();
        double[] actual = activation.apply(x).toDoubleArray();
        Findings findings = new Findings(activation.toString(), dtype, size);
        findings.checkSize(actual.length);
        for (int i = 0; i < size; i++) {
          findings.same(i, Ulp.show(values[i], dtype), expected[i], actual[i]);
        }
        findings.check();
      }
    }
  }

  private static void config() {
    Activation own =
        Activations.get(Own.WITH_PARAMETERS.name(), Map.of("scale", 1.5, "slope", 2.0));
    if (!Activations.names().contains(own.name())) {
      throw new RuleViolation(own.name() + " is not among Activations.names()");
    }
    Activation again = Activations.get(own.name(), own.config());
    if (!again.config().equals(Map.of("scale", 1.5, "slope", 2.0))) {
      throw new RuleViolation("the config of " + own + " came back as " + again.config());
    }
    same(again, own::apply);
  }

  private static void duplicate() {
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
    same(Activations.get(name), Own.FORMULA::apply);
  }
}
