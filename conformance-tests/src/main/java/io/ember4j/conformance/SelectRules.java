package io.ember4j.conformance;

import io.ember4j.DType;
import io.ember4j.Ops;
import io.ember4j.Tensor;
import io.ember4j.expr.Expr;
import io.ember4j.expr.Primitive;
import java.util.List;

/** EW-12 and EW-16: select, and constants in the place of an operand. */
final class SelectRules {
  private static final Expr X = Expr.input(0);

  /** Conditions that are not 0. */
  private static final double[] TRUTHS = {1, 2, -1, 0x1p-149, Double.NaN, Double.NEGATIVE_INFINITY};

  private SelectRules() {}

  static List<Rule> rules() {
    return List.of(
        new Rule(
            "EW-12.select-exact",
            "select(c, a, b) is b where c is 0 or -0, else a (NaN is not 0), bit for bit.",
            "the order of the branches; a blend by arithmetic, which changes -0 and infinity",
            subject -> select(1)),
        new Rule(
            "EW-12.select-nan",
            "select does not read the branch that is not taken: a NaN or infinity there leaves no"
                + " trace.",
            "a select computed as c * a + (1 - c) * b",
            subject -> select(Double.NaN)),
        new Rule(
            "EW-16.constant-operands",
            "A constant operand, on either side, is the same as a tensor full of it.",
            "the kernels for constants: the order of operands, NaN, and how constants are rounded",
            subject -> constants()));
  }

  /** The branch not taken holds {@code other}; the one taken holds every special value. */
  private static void select(double other) {
    for (DType dtype : DType.values()) {
      double[] specials = Data.specials(dtype);
      int n = specials.length;
      double[] condition = new double[2 * n];
      double[] a = new double[2 * n];
      double[] b = new double[2 * n];
      for (int i = 0; i < n; i++) {
        condition[i] = TRUTHS[i % TRUTHS.length];
        a[i] = specials[i];
        b[i] = other;
        a[n + i] = other;
        condition[n + i] = i % 2 == 0 ? 0.0 : -0.0;
        b[n + i] = specials[i];
      }
      double[] actual =
          Ops.where(Data.tensor(dtype, condition), Data.tensor(dtype, a), Data.tensor(dtype, b))
              .toDoubleArray();
      Findings findings = new Findings("select", dtype, 2 * n);
      findings.checkSize(actual.length);
      for (int i = 0; i < 2 * n; i++) {
        String input = "(" + condition[i] + ", " + a[i] + ", " + b[i] + ")";
        findings.same(i, input, condition[i] != 0 ? a[i] : b[i], actual[i]);
      }
      findings.check();
    }
  }

  private static void constants() {
    double[] numbers = {0.0, -0.0, 1, -2.5, 0.1, Double.POSITIVE_INFINITY, Double.NaN};
    for (DType dtype : DType.values()) {
      double[] values = Data.specials(dtype);
      Tensor x = Data.tensor(dtype, values);
      for (Primitive primitive :
          List.of(
              Primitive.ADD,
              Primitive.SUB,
              Primitive.MUL,
              Primitive.DIV,
              Primitive.MAX,
              Primitive.MIN,
              Primitive.LT,
              Primitive.LE,
              Primitive.EQ)) {
        for (double number : numbers) {
          Expr constant = Expr.constant(number);
          double rounded = dtype.round(number);
          double[] right = Ops.evaluate(Expr.apply(primitive, X, constant), x).toDoubleArray();
          double[] left = Ops.evaluate(Expr.apply(primitive, constant, X), x).toDoubleArray();
          Findings findings = new Findings(primitive.label(), dtype, values.length);
          for (int i = 0; i < values.length; i++) {
            // The sign of max(-0, +0) is open, so zeros count as equal; the exact rules see signs.
            findings.equal(
                i,
                Ulp.show(values[i], dtype) + " and the constant " + number,
                Ieee.evaluate(primitive, values[i], rounded, dtype),
                right[i]);
            findings.equal(
                i,
                "the constant " + number + " and " + Ulp.show(values[i], dtype),
                Ieee.evaluate(primitive, rounded, values[i], dtype),
                left[i]);
          }
          findings.check();
        }
      }
    }
  }
}
