package io.ember4j.conformance;

import io.ember4j.BackendScope;
import io.ember4j.Backends;
import io.ember4j.DType;
import io.ember4j.Lowering;
import io.ember4j.Tensor;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;

/** GR: the gradients of the activations and of what they are made of, against tables. */
final class GradientRules {
  private static final String LOOK_AT =
      "the native gradient, if the backend has one, or the primitives of its body; select where the"
          + " derivative is 0";

  /** Upstreams that show a product that is missing, squared, or taken too early. */
  private static final double[] UPSTREAMS = {-1.75, 0.3, 1e6, -0x1p-20, 12345, -1e-4, 3};

  private static final String SELECTS =
      "; where the derivative is 0, it is 0 for any upstream, also NaN, and an infinite upstream"
          + " gives no NaN at a finite x.";

  private GradientRules() {}

  static List<Rule> rules() {
    List<Rule> rules = new ArrayList<>();
    for (GradientCase c : GradientCase.ALL) {
      rules.add(
          rule(
              c,
              "values",
              "The gradient of %s for upstream 1 is within the bound of its derivative at every"
                  + " finite point of its tables: the bound of one operation if it runs so, else"
                  + " the composed one.",
              subject -> forTables(subject, c, GradientRules::values)));
      rules.add(
          rule(
              c,
              "specials",
              "The gradient of %s for upstream 1 is NaN at NaN, the limit of the derivative at the"
                  + " infinities, and PyTorch's at 0 and at kinks; a zero has either sign.",
              subject -> forTables(subject, c, GradientRules::specials)));
      rules.add(
          rule(
              c,
              "composed",
              "The gradient of %s composed of primitives, one at a time, is within its composed"
                  + " bound and has the same special values.",
              subject -> {
                try (BackendScope scope = Backends.use(subject.backend(), Lowering.COMPOSED)) {
                  forTables(subject, c, GradientRules::composed);
                }
              }));
      rules.add(
          rule(
              c,
              "upstream",
              "The gradient of %s is upstream times derivative, each product within the bound of"
                  + " the derivative and 1 ULP more"
                  + (c.selects() ? SELECTS : "."),
              subject -> forTables(subject, c, GradientRules::upstream)));
    }
    return rules;
  }

  private static Rule rule(GradientCase c, String check, String statement, Rule.Check run) {
    return new Rule(c.rule(check), statement.formatted(c.name()), LOOK_AT, run);
  }

  private interface OneTable {
    void check(Subject subject, GradientCase c, ReferenceTable table);
  }

  private static void forTables(Subject subject, GradientCase c, OneTable check) {
    for (DType dtype : DType.values()) {
      for (ReferenceTable table : c.derivatives(dtype)) {
        check.check(subject, c, table);
      }
    }
  }

  private static String label(boolean composed, ReferenceTable table) {
    return (composed ? Bounds.COMPOSED : "") + table.name();
  }

  private static UnaryOperator<Tensor> forOnes(GradientCase c, ReferenceTable table) {
    return x -> {
      try (Tensor ones = Tensor.full(1, x.dtype(), x.shape().toArray())) {
        return c.gradient(table, x, ones);
      }
    };
  }

  private static void values(Subject subject, GradientCase c, ReferenceTable table) {
    values(subject, c, table, !c.inOne(subject.backend(), table));
  }

  private static void values(
      Subject subject, GradientCase c, ReferenceTable table, boolean composed) {
    DoubleUnaryOperator floor = c.floor(table.dtype(), composed);
    TableCheck.values(subject, table, label(composed, table), floor, forOnes(c, table));
  }

  private static void specials(Subject subject, GradientCase c, ReferenceTable table) {
    specials(subject, c, table, !c.inOne(subject.backend(), table));
  }

  private static void specials(
      Subject subject, GradientCase c, ReferenceTable table, boolean composed) {
    double[] kinks = ActivationRules.kinks(table);
    String label = label(composed, table);
    TableCheck.specials(subject, table, label, kinks, false, forOnes(c, table));
  }

  private static void composed(Subject subject, GradientCase c, ReferenceTable table) {
    values(subject, c, table, true);
    specials(subject, c, table, true);
  }

  private static void upstream(Subject subject, GradientCase c, ReferenceTable table) {
    DType dtype = table.dtype();
    boolean composed = !c.inOne(subject.backend(), table);
    String label = label(composed, table);
    double bound = subject.ulpBound(label, dtype);
    DoubleUnaryOperator floor = c.floor(dtype, composed);
    double[] u = new double[table.size()];
    for (int i = 0; i < u.length; i++) {
      u[i] = dtype.round(UPSTREAMS[i % UPSTREAMS.length]);
    }
    double[] actual = evaluate(c, table, u);
    Findings findings = new Findings(label + " times upstream", dtype, u.length);
    findings.checkSize(actual.length);
    for (int i = 0; i < u.length; i++) {
      Exact d = table.y()[i];
      // A derivative beyond the largest number has a product only where it is not rounded first.
      if (Double.isFinite(table.x()[i]) && Double.isFinite(d.base()) && !d.overflows()) {
        product(
            findings,
            i,
            table.x()[i],
            d,
            u[i],
            actual[i],
            bound,
            floor.applyAsDouble(table.x()[i]));
      }
    }
    findings.check();
    if (!c.selects()) {
      return;
    }
    for (double any :
        new double[] {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NaN}) {
      double[] same = new double[u.length];
      Arrays.fill(same, any);
      unusual(table, evaluate(c, table, same), Double.isNaN(any));
    }
  }

  private static void product(
      Findings findings,
      int i,
      double x,
      Exact derivative,
      double upstream,
      double actual,
      double bound,
      double floor) {
    String input = "x = " + Ulp.show(x, derivative.dtype()) + ", upstream = " + upstream;
    BigDecimal exact =
        new BigDecimal(derivative.base())
            .add(
                new BigDecimal(derivative.fraction())
                    .multiply(new BigDecimal(derivative.spacing())))
            .multiply(new BigDecimal(upstream));
    if (exact.signum() == 0) {
      findings.equal(i, input, 0, actual);
      return;
    }
    Exact product = Exact.of(exact, derivative.dtype());
    // A derivative below the smallest normal number has a coarser unit than its product may have.
    double coarser = Math.abs(upstream) * (derivative.spacing() / product.spacing());
    double allowed = bound * Math.max(1, coarser);
    if (floor > 0) {
      allowed = Math.max(allowed, Math.abs(upstream) * (floor / product.spacing()));
    }
    findings.near(i, input, product, actual, allowed + 1);
  }

  /** Checks the gradients for an upstream that is infinite or NaN throughout. */
  private static void unusual(ReferenceTable table, double[] actual, boolean nan) {
    Findings findings =
        new Findings(
            table.name() + (nan ? " for upstream NaN" : " for an infinite upstream"),
            table.dtype(),
            actual.length);
    for (int i = 0; i < actual.length; i++) {
      Exact d = table.y()[i];
      String input = "x = " + Ulp.show(table.x()[i], table.dtype());
      boolean isZero = d.isRepresentable() && d.base() == 0;
      if (isZero) {
        findings.equal(i, input, 0, actual[i]);
      } else if (!nan
          && Double.isFinite(table.x()[i])
          && !Double.isNaN(d.base())
          && !(actual[i] == 0 || Double.isInfinite(actual[i]))) {
        findings.add(i, input, "0 or an infinity", actual[i], Double.POSITIVE_INFINITY, null);
      }
    }
    findings.check();
  }

  private static double[] evaluate(GradientCase c, ReferenceTable table, double[] upstream) {
    Tensor x = Data.tensor(table.dtype(), table.x());
    return c.gradient(table, x, Data.tensor(table.dtype(), upstream)).toDoubleArray();
  }
}
