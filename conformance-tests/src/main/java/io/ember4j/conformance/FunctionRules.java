package io.ember4j.conformance;

import io.ember4j.Backends;
import io.ember4j.DType;
import io.ember4j.Execution;
import io.ember4j.Ops;
import io.ember4j.expr.Expr;
import io.ember4j.expr.Functions;
import io.ember4j.expr.NamedFunction;
import java.util.ArrayList;
import java.util.List;

/** FN: the special functions of which activations are built, against their tables. */
final class FunctionRules {
  private static final List<NamedFunction> FUNCTIONS =
      List.of(
          Functions.EXPM1,
          Functions.LOG1P,
          Functions.ERF,
          Functions.ERFC,
          Functions.NDTR,
          Functions.SIGMOID);

  private FunctionRules() {}

  static List<Rule> rules() {
    List<Rule> rules = new ArrayList<>();
    for (NamedFunction function : FUNCTIONS) {
      String id = "FN-" + (FUNCTIONS.indexOf(function) + 1) + "." + function.name();
      rules.add(
          new Rule(
              id + "-values",
              function.name()
                  + " is within its bound at every finite point of its table, subnormal results"
                  + " included.",
              "the native " + function.name() + " where the backend announces one",
              subject -> check(subject, function, false)));
      rules.add(
          new Rule(
              id + "-specials",
              function.name() + " has its limits at the infinities, and NaN gives NaN.",
              "the native " + function.name() + " at NaN, the infinities and -0",
              subject -> check(subject, function, true)));
    }
    return rules;
  }

  private static void check(Subject subject, NamedFunction function, boolean specials) {
    Expr expression = function.apply(Expr.input(0));
    for (DType dtype : DType.values()) {
      boolean inOne =
          Backends.features(subject.backend()).execution(expression, dtype) == Execution.NATIVE;
      // A function without a body is computed whole: natively or by the api's routine.
      boolean whole = inOne || function.body().isEmpty();
      String label = (whole ? "" : Bounds.COMPOSED) + function.name();
      ReferenceTable table = ReferenceTable.get(function.name(), dtype);
      if (specials) {
        TableCheck.specials(
            subject, table, label, ActivationRules.kinks(table), x -> Ops.evaluate(expression, x));
      } else {
        TableCheck.values(subject, table, label, x -> Ops.evaluate(expression, x));
      }
    }
  }
}
