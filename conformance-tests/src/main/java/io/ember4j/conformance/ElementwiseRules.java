package io.ember4j.conformance;

import io.ember4j.DType;
import io.ember4j.Ops;
import io.ember4j.Tensor;
import io.ember4j.expr.Expr;
import io.ember4j.expr.Primitive;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * EW: the primitives. The exact ones against Java's own arithmetic, which is IEEE 754's; exp, log
 * and tanh against their tables.
 */
final class ElementwiseRules {
  /** How many random pairs follow the special ones; a size that no other rule has. */
  static final int PAIRS = 731;

  private ElementwiseRules() {}

  static List<Rule> rules() {
    List<Rule> rules = new ArrayList<>();
    rules.add(exact(1, Primitive.ADD, "a + b is correctly rounded, subnormal results included."));
    rules.add(exact(2, Primitive.SUB, "a - b is correctly rounded, subnormal results included."));
    rules.add(exact(3, Primitive.MUL, "a * b is correctly rounded, subnormal results included."));
    rules.add(exact(4, Primitive.DIV, "a / b is correctly rounded, subnormal results included."));
    rules.add(exact(5, Primitive.ABS, "abs clears the sign bit."));
    rules.add(exact(6, Primitive.SQRT, "sqrt is correctly rounded, NaN below 0, -0 at -0."));
    rules.add(exact(7, Primitive.MAX, "max of two numbers is the larger."));
    rules.add(nan(7, Primitive.MAX));
    rules.add(exact(8, Primitive.MIN, "min of two numbers is the smaller."));
    rules.add(nan(8, Primitive.MIN));
    rules.add(exact(9, Primitive.LT, "lt is 1 where a < b, else 0, also where one is NaN."));
    rules.add(exact(10, Primitive.LE, "le is 1 where a <= b, else 0, also where one is NaN."));
    rules.add(exact(11, Primitive.EQ, "eq is 1 where a = b, else 0; -0 = +0, NaN is not NaN."));
    rules.addAll(SelectRules.rules());
    rules.addAll(AliasRules.rules());
    rules.addAll(table(13, "exp", Expr.input(0).exp()));
    rules.addAll(table(14, "log", Expr.input(0).log()));
    rules.addAll(table(15, "tanh", Expr.input(0).tanh()));
    return rules;
  }

  private static Rule exact(int number, Primitive primitive, String statement) {
    return new Rule(
        "EW-" + number + "." + primitive.label() + "-exact",
        statement,
        "the order of the operands, flushed subnormals, and a fast mode of the compiler",
        subject -> {
          for (DType dtype : DType.values()) {
            checkPairs(primitive, dtype);
          }
        });
  }

  private static void checkPairs(Primitive primitive, DType dtype) {
    double[][] pairs = Data.pairs(dtype, PAIRS);
    double[] a = pairs[0];
    double[] b = pairs[1];
    boolean ordering = primitive == Primitive.MAX || primitive == Primitive.MIN;
    if (ordering) {
      // NaN has a rule of its own.
      for (int i = 0; i < a.length; i++) {
        a[i] = Double.isNaN(a[i]) ? 2 : a[i];
        b[i] = Double.isNaN(b[i]) ? -2 : b[i];
      }
    }
    double[] actual = apply(primitive, dtype, a, b);
    Findings findings = new Findings(primitive.label(), dtype, a.length);
    findings.checkSize(actual.length);
    for (int i = 0; i < a.length; i++) {
      double expected = Ieee.evaluate(primitive, a[i], b[i], dtype);
      String input = input(primitive, a[i], b[i], dtype);
      if (ordering) {
        findings.equal(i, input, expected, actual[i]);
      } else {
        findings.same(i, input, expected, actual[i]);
      }
    }
    findings.check();
  }

  private static Rule nan(int number, Primitive primitive) {
    String name = primitive.label();
    return new Rule(
        "EW-" + number + "." + name + "-nan",
        name + " is NaN where either operand is NaN, on either side.",
        "an f" + name + " of the library that treats NaN as missing",
        subject -> {
          for (DType dtype : DType.values()) {
            double[] specials = Data.specials(dtype);
            int n = specials.length;
            double[] a = new double[2 * n];
            double[] b = new double[2 * n];
            for (int i = 0; i < n; i++) {
              a[i] = Double.NaN;
              b[i] = specials[i];
              a[n + i] = specials[i];
              b[n + i] = Double.NaN;
            }
            double[] actual = apply(primitive, dtype, a, b);
            Findings findings = new Findings(name, dtype, 2 * n);
            for (int i = 0; i < 2 * n; i++) {
              findings.same(i, input(primitive, a[i], b[i], dtype), Double.NaN, actual[i]);
            }
            findings.check();
          }
        });
  }

  private static double[] apply(Primitive primitive, DType dtype, double[] a, double[] b) {
    Tensor left = Data.tensor(dtype, a);
    if (primitive.arity() == 1) {
      return Ops.evaluate(Expr.apply(primitive, Expr.input(0)), left).toDoubleArray();
    }
    Expr expression = Expr.apply(primitive, Expr.input(0), Expr.input(1));
    return Ops.evaluate(expression, left, Data.tensor(dtype, b)).toDoubleArray();
  }

  private static String input(Primitive primitive, double a, double b, DType dtype) {
    return primitive.arity() == 1
        ? Ulp.show(a, dtype)
        : Ulp.show(a, dtype) + " and " + Ulp.show(b, dtype);
  }

  private static List<Rule> table(int number, String name, Expr expression) {
    return List.of(
        new Rule(
            "EW-" + number + "." + name + "-values",
            name
                + " is within its bound at every finite point of its table, subnormal results"
                + " included.",
            "flushed subnormals, a fast approximation, and arguments near 0 and near overflow",
            subject -> {
              for (DType dtype : DType.values()) {
                TableCheck.values(
                    subject,
                    ReferenceTable.get(name, dtype),
                    name,
                    x -> Ops.evaluate(expression, x));
              }
            }),
        new Rule(
            "EW-" + number + "." + name + "-specials",
            String.format(
                Locale.ROOT, "%s has its limits at the infinities and zeros; NaN gives NaN.", name),
            "NaN, the infinities and the sign of -0",
            subject -> {
              for (DType dtype : DType.values()) {
                ReferenceTable table = ReferenceTable.get(name, dtype);
                TableCheck.specials(
                    subject,
                    table,
                    name,
                    ActivationRules.kinks(table),
                    x -> Ops.evaluate(expression, x));
              }
            }));
  }
}
