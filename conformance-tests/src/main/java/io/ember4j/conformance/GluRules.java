package io.ember4j.conformance;

import io.ember4j.BackendScope;
import io.ember4j.Backends;
import io.ember4j.DType;
import io.ember4j.Execution;
import io.ember4j.Lowering;
import io.ember4j.activation.Activation;
import io.ember4j.activation.Activations;
import java.util.List;

/** AC-27: glu against its table of pairs, and along every axis. */
final class GluRules {
  private static final ActivationCase GLU = ActivationCase.ALL.get(26);
  private static final String LOOK_AT = "slice, sigmoid and the product of two tensors";

  private GluRules() {}

  static List<Rule> rules() {
    return List.of(
        new Rule(
            GLU.rule("values"),
            "glu is within its bound for finite halves; where the gate is below the smallest normal"
                + " number, the bound counts in units of the gate.",
            LOOK_AT,
            subject -> check(subject, false, false)),
        new Rule(
            GLU.rule("specials"),
            "glu has the exact product where a half is NaN, infinite or zero.",
            LOOK_AT,
            subject -> check(subject, false, true)),
        new Rule(
            GLU.rule("composed"),
            "glu composed of primitives is within its composed bound and has the same special"
                + " values.",
            LOOK_AT,
            subject -> {
              try (BackendScope scope = Backends.use(subject.backend(), Lowering.COMPOSED)) {
                check(subject, true, false);
                check(subject, true, true);
              }
            }),
        new Rule(
            GLU.rule("axes"),
            "glu along any axis of rank 1 to 4, counted from either end, halves that axis.",
            "slice along an axis",
            subject -> axes()));
  }

  private static void check(Subject subject, boolean composed, boolean specials) {
    Activation glu = Activations.get("glu");
    for (DType dtype : DType.values()) {
      RowTable table = RowTable.get("glu", dtype);
      int n = table.rows().size();
      double[] x = new double[2 * n];
      for (int i = 0; i < n; i++) {
        x[i] = table.rows().get(i).x()[0];
        x[n + i] = table.rows().get(i).x()[1];
      }
      double[] actual = glu.apply(Data.tensor(dtype, x)).toDoubleArray();
      boolean inOne = !composed && glu.execution(subject.backend(), dtype) == Execution.NATIVE;
      String label = (inOne ? "" : Bounds.COMPOSED) + "glu";
      double bound = subject.ulpBound(label, dtype);
      Findings findings = new Findings(label, dtype, n);
      findings.checkSize(actual.length);
      double worst = 0;
      String where = "";
      for (int i = 0; i < n; i++) {
        double a = x[i];
        Exact expected = table.rows().get(i).y()[0];
        String input = "a = " + Ulp.show(a, dtype) + ", b = " + Ulp.show(x[n + i], dtype);
        boolean special = a == 0 || !Double.isFinite(a) || !Double.isFinite(x[n + i]);
        if (special && specials) {
          findings.same(i, input, expected.base(), actual[i]);
        } else if (!special && !specials) {
          double gate = Math.abs(a) * (Ulp.smallest(dtype) / expected.spacing());
          double error = Math.max(0, Ulp.error(actual[i], expected) - bound * gate);
          if (!(error <= bound)) {
            findings.near(i, input, expected, actual[i], bound);
          }
          if (error > worst) {
            worst = error;
            where = input;
          }
        }
      }
      if (!specials) {
        subject.measured(label, dtype, worst, where);
      }
      findings.check();
    }
  }

  private static void axes() {
    long[][] shapes = {{8}, {4, 6}, {2, 4, 6}, {2, 4, 6, 2}};
    for (DType dtype : DType.values()) {
      for (long[] shape : shapes) {
        int size = 1;
        for (long extent : shape) {
          size *= (int) extent;
        }
        double[] x = Data.spread(dtype, size, -4, 4, 33);
        for (int axis = 0; axis < shape.length; axis++) {
          check(dtype, x, shape, axis, axis);
          check(dtype, x, shape, axis, axis - shape.length);
        }
      }
    }
  }

  private static void check(DType dtype, double[] x, long[] shape, int axis, int dim) {
    double[] actual = Activations.glu(Data.tensor(dtype, x, shape), dim).toDoubleArray();
    int inner = 1;
    for (int i = axis + 1; i < shape.length; i++) {
      inner *= (int) shape[i];
    }
    int half = (int) shape[axis] / 2;
    Findings findings = new Findings("glu along axis " + dim, dtype, x.length / 2);
    findings.checkSize(actual.length);
    double[] halves = new double[x.length];
    for (int i = 0; i < actual.length; i++) {
      int first = i / (half * inner) * (2 * half * inner) + i % (half * inner);
      halves[i] = x[first];
      halves[actual.length + i] = x[first + half * inner];
    }
    double[] expected = Activations.glu(Data.tensor(dtype, halves)).toDoubleArray();
    for (int i = 0; i < actual.length; i++) {
      findings.same(i, "element " + i, expected[i], actual[i]);
    }
    findings.check();
  }
}
