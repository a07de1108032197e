package io.ember4j.conformance;

import io.ember4j.BackendScope;
import io.ember4j.Backends;
import io.ember4j.DType;
import io.ember4j.Lowering;
import io.ember4j.activation.Activation;
import io.ember4j.activation.Activations;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** AC-28 to AC-31: softmax and its kin, row by row. {@link SoftmaxShapeRules} has the axes. */
final class SoftmaxRules {
  private static final String LOOK_AT =
      "the shift by the row's maximum, the order of the sum, and rows that hold NaN or infinity";

  private SoftmaxRules() {}

  static List<Rule> rules() {
    List<Rule> rules = new ArrayList<>(GluRules.rules());
    for (ActivationCase activation : ActivationCase.ALL.subList(27, 30)) {
      String name = activation.name();
      rules.add(
          new Rule(
              activation.rule("values"),
              name + " of a finite row is within the norm-wise bound of its exact values.",
              LOOK_AT,
              subject -> tables(subject, activation, List.of(activation.tables().get(0)), true)));
      rules.add(
          new Rule(
              activation.rule("specials"),
              name
                  + " of a row that holds NaN, or whose largest exponent is +infinity or nothing"
                  + " but -infinity, is NaN; an exponent of -infinity alone gives its limit.",
              LOOK_AT,
              subject -> tables(subject, activation, activation.tables(), false)));
      rules.add(
          new Rule(
              activation.rule("composed"),
              name + " composed of max, exp, sum and division keeps the same rules.",
              LOOK_AT,
              subject -> {
                try (BackendScope s = Backends.use(subject.backend(), Lowering.COMPOSED)) {
                  tables(subject, activation, activation.tables(), true);
                  tables(subject, activation, activation.tables(), false);
                }
              }));
    }
    rules.add(
        new Rule(
            "AC-28.softmax-temperature",
            "softmax with a temperature T is that of the row divided by T, within the same bound.",
            LOOK_AT,
            subject -> {
              ActivationCase softmax = ActivationCase.ALL.get(27);
              tables(subject, softmax, softmax.tables().subList(1, 3), true);
            }));
    rules.addAll(SoftmaxShapeRules.rules());
    return rules;
  }

  private static void tables(
      Subject subject, ActivationCase activation, List<String> tables, boolean finite) {
    for (String name : tables) {
      for (DType dtype : DType.values()) {
        RowTable table = RowTable.get(name, dtype);
        boolean logarithm = name.equals("log_softmax");
        Activation function = activation.of(table.parameters());
        for (RowTable.Row row : table.rows()) {
          if (row.isFinite() == finite) {
            SoftmaxCheck check =
                new SoftmaxCheck(subject, activation.name(), dtype, logarithm, row.x().length);
            check.row(
                describe(row.x()),
                scaled(row.x(), activation.name(), table.parameters()),
                row.y(),
                function.apply(Data.tensor(dtype, row.x())).toDoubleArray());
            check.check();
          }
        }
      }
    }
  }

  private static double[] scaled(double[] x, String name, Map<String, Object> parameters) {
    double sign = name.equals("softmin") ? -1 : 1;
    double temperature = (Double) parameters.getOrDefault("temperature", 1.0);
    return Arrays.stream(x).map(v -> sign * v / temperature).toArray();
  }

  private static String describe(double[] row) {
    return row.length <= 8
        ? "the row " + Arrays.toString(row)
        : "the row of " + row.length + " that starts with " + row[0];
  }

  /** Returns the softmax of a row, for rules that compare forms with each other. */
  static double[] softmax(DType dtype, double[] row) {
    return Activations.softmax(Data.tensor(dtype, row), -1).toDoubleArray();
  }
}
