package io.ember4j.conformance;

import io.ember4j.BackendScope;
import io.ember4j.Backends;
import io.ember4j.DType;
import io.ember4j.Execution;
import io.ember4j.Lowering;
import io.ember4j.activation.Activation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** AC-1 to AC-26: the activations that work element by element, against their tables. */
final class ActivationRules {
  private ActivationRules() {}

  static List<Rule> rules() {
    List<Rule> rules = new ArrayList<>();
    for (ActivationCase activation : ActivationCase.ELEMENTWISE) {
      rules.add(values(activation));
      rules.add(specials(activation));
      rules.add(composed(activation));
    }
    return rules;
  }

  private static Rule values(ActivationCase activation) {
    return new Rule(
        activation.rule("values"),
        activation.name()
            + " is within its bound at every finite point of its tables: the bound of one"
            + " operation if it runs so, else the composed one.",
        "the backend's native " + activation.name() + ", or the primitives of its body",
        subject -> forTables(activation, (table, f) -> values(subject, table, f)));
  }

  private static Rule specials(ActivationCase activation) {
    return new Rule(
        activation.rule("specials"),
        activation.name()
            + " has the values of the special-value table at NaN, the infinities, both zeros and"
            + " its kinks.",
        "NaN passing through max, min and select, and infinity times 0",
        subject -> forTables(activation, (table, f) -> specials(subject, table, f)));
  }

  private static Rule composed(ActivationCase activation) {
    return new Rule(
        activation.rule("composed"),
        activation.name()
            + " composed of primitives, one at a time, is within its composed bound and has the"
            + " same special values.",
        "the primitives that the body of " + activation.name() + " uses",
        subject -> {
          try (BackendScope scope = Backends.use(subject.backend(), Lowering.COMPOSED)) {
            forTables(
                activation,
                (table, f) -> {
                  String label = Bounds.COMPOSED + table.name();
                  TableCheck.values(subject, table, label, f::apply);
                  TableCheck.specials(subject, table, label, kinks(table), f::apply);
                });
          }
        });
  }

  private interface OneTable {
    void check(ReferenceTable table, Activation activation);
  }

  private static void forTables(ActivationCase activation, OneTable check) {
    for (String name : activation.tables()) {
      for (DType dtype : DType.values()) {
        ReferenceTable table = ReferenceTable.get(name, dtype);
        check.check(table, activation.of(table.parameters()));
      }
    }
  }

  private static void values(Subject subject, ReferenceTable table, Activation activation) {
    TableCheck.values(subject, table, label(subject, table, activation), activation::apply);
  }

  private static void specials(Subject subject, ReferenceTable table, Activation activation) {
    TableCheck.specials(
        subject, table, label(subject, table, activation), kinks(table), activation::apply);
  }

  private static String label(Subject subject, ReferenceTable table, Activation activation) {
    boolean inOne = activation.execution(subject.backend(), table.dtype()) == Execution.NATIVE;
    return (inOne ? "" : Bounds.COMPOSED) + table.name();
  }

  /** Returns where the formula changes, other than 0. */
  static double[] kinks(ReferenceTable table) {
    Map<String, Object> p = table.parameters();
    return switch (table.function()) {
      case "relu6" -> new double[] {6};
      case "hardsigmoid", "hardswish" -> new double[] {-3, 3};
      case "hardtanh" -> new double[] {number(p, "min_val"), number(p, "max_val")};
      case "hardshrink", "softshrink" -> new double[] {-number(p, "lambd"), number(p, "lambd")};
      case "threshold" -> new double[] {table.dtype().round(number(p, "threshold"))};
      case "log" -> new double[] {1};
      case "log1p" -> new double[] {-1};
      default -> new double[0];
    };
  }

  private static double number(Map<String, Object> parameters, String name) {
    return (Double) parameters.get(name);
  }
}
