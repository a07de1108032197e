package io.ember4j.conformance;

import io.ember4j.DType;
import io.ember4j.Execution;
import io.ember4j.activation.Activation;
import io.ember4j.activation.Activations;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * PR-8 to PR-10 and PR-12: the shape of each activation's curve, at thousands of points between
 * tables'.
 */
final class CurveRules {
  /** A size that no other rule has. */
  static final int ZERO_SLOPE_SIZE = 35;

  private static final List<String> MONOTONE =
      List.of(
          "relu",
          "leaky_relu",
          "prelu",
          "relu6",
          "elu",
          "celu",
          "selu",
          "rrelu",
          "sigmoid",
          "log_sigmoid",
          "tanh",
          "lecun_tanh",
          "hardtanh",
          "hardsigmoid",
          "softshrink",
          "hardshrink",
          "tanhshrink",
          "softplus",
          "softsign");

  private static final List<String> ODD =
      List.of("tanh", "lecun_tanh", "softsign", "softshrink", "hardshrink", "tanhshrink");

  /** Ends that are not exact numbers are rounded outwards. */
  private static final Map<String, double[]> RANGES =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("relu", new double[] {0, Double.POSITIVE_INFINITY}),
              Map.entry("relu6", new double[] {0, 6}),
              Map.entry("elu", new double[] {-1, Double.POSITIVE_INFINITY}),
              Map.entry("celu", new double[] {-1, Double.POSITIVE_INFINITY}),
              Map.entry("selu", new double[] {-1.7581, Double.POSITIVE_INFINITY}),
              Map.entry("gelu", new double[] {-0.16998, Double.POSITIVE_INFINITY}),
              Map.entry("gelu_tanh", new double[] {-0.17005, Double.POSITIVE_INFINITY}),
              Map.entry("gelu_sigmoid", new double[] {-0.16362, Double.POSITIVE_INFINITY}),
              Map.entry("silu", new double[] {-0.27847, Double.POSITIVE_INFINITY}),
              Map.entry("mish", new double[] {-0.30885, Double.POSITIVE_INFINITY}),
              Map.entry("sigmoid", new double[] {0, 1}),
              Map.entry("log_sigmoid", new double[] {Double.NEGATIVE_INFINITY, 0}),
              Map.entry("tanh", new double[] {-1, 1}),
              Map.entry("lecun_tanh", new double[] {-1.71591, 1.71591}),
              Map.entry("hardtanh", new double[] {-1, 1}),
              Map.entry("hardsigmoid", new double[] {0, 1}),
              Map.entry("hardswish", new double[] {-0.37501, Double.POSITIVE_INFINITY}),
              Map.entry("softplus", new double[] {0, Double.POSITIVE_INFINITY}),
              Map.entry("softsign", new double[] {-1, 1})));

  private CurveRules() {}

  static List<Rule> rules() {
    List<Rule> rules = new ArrayList<>();
    for (ActivationCase activation : ActivationCase.ELEMENTWISE) {
      String name = activation.name();
      String suffix = name.replace('_', '-');
      if (MONOTONE.contains(name)) {
        rules.add(
            new Rule(
                "PR-8.monotone-" + suffix,
                name + " never falls as x rises, by more than twice its bound.",
                "where the kernel changes from one formula to the next",
                subject -> monotone(subject, activation)));
      }
      if (ODD.contains(name)) {
        rules.add(
            new Rule(
                "PR-9.odd-" + suffix,
                name + "(-x) is exactly -" + name + "(x).",
                "a kernel that treats the signs differently",
                subject -> odd(activation)));
      }
      if (RANGES.containsKey(name)) {
        rules.add(
            new Rule(
                "PR-10.range-" + suffix,
                name + " stays in " + Arrays.toString(RANGES.get(name)) + ".",
                "the kernel where it saturates",
                subject -> range(activation)));
      }
    }
    rules.add(
        new Rule(
            "PR-12.zero-slope",
            "With a slope of exactly 0, leaky_relu, prelu and rrelu are x above 0, 0 elsewhere, and"
                + " NaN at -infinity.",
            "a kernel that takes max(x, slope x)",
            subject -> zeroSlope()));
    return rules;
  }

  /** Points from very small to very large, most of them where the curves bend; ascending. */
  private static double[] points(DType dtype) {
    double[] near = Data.spread(dtype, 3000, -12, 12, 61);
    double[] far = Data.spread(dtype, 800, -120, 120, 62);
    double[] wide = Data.wide(dtype, 200, 63);
    double[] all = Arrays.copyOf(near, near.length + far.length + wide.length);
    System.arraycopy(far, 0, all, near.length, far.length);
    System.arraycopy(wide, 0, all, near.length + far.length, wide.length);
    Arrays.sort(all);
    return all;
  }

  private static double[] evaluate(ActivationCase activation, DType dtype, double[] x) {
    double[] y = activation.example().apply(Data.tensor(dtype, x)).toDoubleArray();
    new Findings(activation.name(), dtype, x.length).checkSize(y.length);
    return y;
  }

  private static void monotone(Subject subject, ActivationCase activation) {
    for (DType dtype : DType.values()) {
      double[] x = points(dtype);
      double[] y = evaluate(activation, dtype, x);
      boolean inOne = activation.example().execution(subject.backend(), dtype) == Execution.NATIVE;
      String label = (inOne ? "" : Bounds.COMPOSED) + activation.tables().get(0);
      double slack = 2 * subject.ulpBound(label, dtype);
      Findings findings = new Findings(activation.name(), dtype, x.length);
      for (int i = 1; i < x.length; i++) {
        double fall = (y[i - 1] - y[i]) / Ulp.spacing(y[i - 1], dtype);
        if (!(fall <= slack)) {
          findings.add(
              i,
              Ulp.show(x[i], dtype) + " after " + Ulp.show(x[i - 1], dtype),
              "at least " + Ulp.show(y[i - 1], dtype),
              y[i],
              fall,
              Findings.ulps(slack) + " ULP");
        }
      }
      findings.check();
    }
  }

  private static void odd(ActivationCase activation) {
    for (DType dtype : DType.values()) {
      double[] x = points(dtype);
      double[] y = evaluate(activation, dtype, x);
      double[] mirrored = evaluate(activation, dtype, Arrays.stream(x).map(v -> -v).toArray());
      Findings findings = new Findings(activation.name(), dtype, x.length);
      for (int i = 0; i < x.length; i++) {
        findings.equal(i, Ulp.show(-x[i], dtype), -y[i], mirrored[i]);
      }
      findings.check();
    }
  }

  private static void range(ActivationCase activation) {
    double[] range = RANGES.get(activation.name());
    for (DType dtype : DType.values()) {
      double[] x = points(dtype);
      double[] y = evaluate(activation, dtype, x);
      Findings findings = new Findings(activation.name(), dtype, x.length);
      for (int i = 0; i < x.length; i++) {
        if (!(y[i] >= range[0] && y[i] <= range[1])) {
          findings.add(
              i,
              Ulp.show(x[i], dtype),
              "within " + Arrays.toString(range),
              y[i],
              Double.POSITIVE_INFINITY,
              null);
        }
      }
      findings.check();
    }
  }

  private static void zeroSlope() {
    List<Activation> activations =
        List.of(
            Activations.get("leaky_relu", Map.of("negative_slope", 0.0)),
            Activations.get("prelu", Map.of("init", 0.0)),
            Activations.get("rrelu", Map.of("lower", 0.0, "upper", 0.0)));
    for (Activation activation : activations) {
      for (DType dtype : DType.values()) {
        double[] x = Arrays.copyOf(Data.specials(dtype), ZERO_SLOPE_SIZE);
        double[] y = activation.apply(Data.tensor(dtype, x)).toDoubleArray();
        Findings findings = new Findings(activation.toString(), dtype, x.length);
        findings.checkSize(y.length);
        for (int i = 0; i < x.length; i++) {
          findings.equal(i, Ulp.show(x[i], dtype), x[i] > 0 ? x[i] : x[i] * 0, y[i]);
        }
        findings.check();
      }
    }
  }
}
