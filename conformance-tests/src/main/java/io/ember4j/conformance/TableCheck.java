package io.ember4j.conformance;

import io.ember4j.Tensor;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;

/** Compares a function with its reference table. */
final class TableCheck {
  private TableCheck() {}

  /**
   * Checks that the function is within the bound at every finite point of the table.
   *
   * @param label the name of the bound and of the measurement
   */
  static void values(
      Subject subject, ReferenceTable table, String label, UnaryOperator<Tensor> function) {
    values(subject, table, label, x -> 0, function);
  }

  /**
   * Checks that the function is within the bound at every finite point of the table, or within the
   * floor.
   *
   * @param label the name of the bound and of the measurement
   * @param floor an absolute error that is allowed at x as well: around a place where the function
   *     is 0; elsewhere 0
   */
  static void values(
      Subject subject,
      ReferenceTable table,
      String label,
      DoubleUnaryOperator floor,
      UnaryOperator<Tensor> function) {
    double[] actual = evaluate(table, label, function);
    double bound = subject.ulpBound(label, table.dtype());
    Findings findings = new Findings(label, table.dtype(), table.size());
    double worst = 0;
    int where = 0;
    for (int i = 0; i < actual.length; i++) {
      double x = table.x()[i];
      if (x == 0 || Double.isNaN(x) || Double.isInfinite(x)) {
        continue;
      }
      double unit = floor.applyAsDouble(x) / table.y()[i].spacing();
      double allowed = unit > bound ? unit : bound;
      double error = findings.near(i, input(table, i), table.y()[i], actual[i], allowed);
      if (error > worst && (error > allowed || allowed == bound)) {
        worst = error;
        where = i;
      }
    }
    subject.measured(label, table.dtype(), worst, "x = " + input(table, where));
    findings.check();
  }

  /**
   * Checks NaN, the infinities, both zeros and the kinks: a value that the dtype has must be met
   * exactly, the sign of a zero included; any other within the bound.
   */
  static void specials(
      Subject subject,
      ReferenceTable table,
      String label,
      double[] kinks,
      UnaryOperator<Tensor> function) {
    specials(subject, table, label, kinks, true, function);
  }

  /** The same, where the sign of a zero may not count. */
  static void specials(
      Subject subject,
      ReferenceTable table,
      String label,
      double[] kinks,
      boolean signOfZero,
      UnaryOperator<Tensor> function) {
    double[] actual = evaluate(table, label, function);
    double bound = subject.ulpBound(label, table.dtype());
    Findings findings = new Findings(label, table.dtype(), table.size());
    for (int i = 0; i < actual.length; i++) {
      if (isSpecial(table.x()[i], kinks)) {
        Exact expected = table.y()[i];
        if (expected.isRepresentable() && !signOfZero) {
          findings.equal(i, input(table, i), expected.base(), actual[i]);
        } else if (expected.isRepresentable()) {
          findings.same(i, input(table, i), expected.base(), actual[i]);
        } else {
          findings.near(i, input(table, i), expected, actual[i], bound);
        }
      }
    }
    findings.check();
  }

  private static boolean isSpecial(double x, double[] kinks) {
    if (x == 0 || Double.isNaN(x) || Double.isInfinite(x)) {
      return true;
    }
    for (double kink : kinks) {
      if (x == kink) {
        return true;
      }
    }
    return false;
  }

  private static double[] evaluate(
      ReferenceTable table, String label, UnaryOperator<Tensor> function) {
    double[] actual = function.apply(Data.tensor(table.dtype(), table.x())).toDoubleArray();
    new Findings(label, table.dtype(), table.size()).checkSize(actual.length);
    return actual;
  }

  private static String input(ReferenceTable table, int index) {
    return Ulp.show(table.x()[index], table.dtype());
  }
}
