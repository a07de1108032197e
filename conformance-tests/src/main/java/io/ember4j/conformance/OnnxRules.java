package io.ember4j.conformance;

import io.ember4j.DType;
import io.ember4j.Execution;
import io.ember4j.Ops;
import io.ember4j.Tensor;
import io.ember4j.activation.Activation;
import io.ember4j.activation.Activations;
import io.ember4j.expr.Expr;
import io.ember4j.expr.Functions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * OX: the activations among the ONNX operators, in float32, against cases computed from that
 * specification's formulas: that ours are the functions others mean by these names.
 */
final class OnnxRules {
  /** What HardSigmoid with other attributes than ours may be off by near 0: its sum's rounding. */
  private static final double ROUNDING = 0x1p-24;

  /** Our function for a case, and the name of its bound. */
  private record Ours(String bound, UnaryOperator<Tensor> function) {}

  private OnnxRules() {}

  static List<Rule> rules() {
    List<Rule> rules = new ArrayList<>();
    OnnxCases.byOperator()
        .forEach(
            (operator, cases) ->
                rules.add(
                    new Rule(
                        "OX-" + (rules.size() + 1) + "." + operator.toLowerCase(Locale.ROOT),
                        operator
                            + " of the ONNX operator specification can be had, and is within our"
                            + " bound of its exact values.",
                        "the attributes and their defaults, which sometimes differ from PyTorch's",
                        subject -> cases.forEach(c -> check(subject, c)))));
    return rules;
  }

  private static void check(Subject subject, OnnxCases c) {
    if (c.attributes().containsKey("axis")) {
      checkRow(subject, c);
      return;
    }
    Ours ours = ours(subject, c);
    double[] actual = apply(ours.function(), c);
    double bound = subject.ulpBound(ours.bound(), DType.FLOAT32);
    Findings findings = new Findings(c.toString(), DType.FLOAT32, c.x().length);
    findings.checkSize(actual.length);
    for (int i = 0; i < actual.length; i++) {
      Exact expected = c.y()[i];
      double allowed =
          c.operator().equals("HardSigmoid")
              ? Math.max(bound, ROUNDING / expected.spacing())
              : bound;
      findings.near(i, Ulp.show(c.x()[i], DType.FLOAT32), expected, actual[i], allowed);
    }
    findings.check();
  }

  private static void checkRow(Subject subject, OnnxCases c) {
    boolean logarithm = c.operator().equals("LogSoftmax");
    Activation softmax = Activations.get(logarithm ? "log_softmax" : "softmax");
    SoftmaxCheck check =
        new SoftmaxCheck(
            subject, logarithm ? "log_softmax" : "softmax", DType.FLOAT32, logarithm, c.x().length);
    check.row(c + " of " + c.x().length, c.x(), c.y(), apply(softmax::apply, c));
    check.check();
  }

  private static double[] apply(UnaryOperator<Tensor> function, OnnxCases c) {
    return function.apply(Data.tensor(DType.FLOAT32, c.x())).toDoubleArray();
  }

  private static Ours ours(Subject subject, OnnxCases c) {
    return switch (c.operator()) {
      case "Celu" -> alpha(subject, "celu", c.number("alpha"));
      case "Clip" ->
          ours(
              subject,
              "hardtanh",
              Activations.get(
                  "hardtanh", Map.of("min_val", c.number("min"), "max_val", c.number("max"))));
      case "Elu" -> alpha(subject, "elu", c.number("alpha"));
      case "Erf" -> new Ours("erf", x -> Ops.evaluate(Functions.ERF.apply(Expr.input(0)), x));
      case "Gelu" -> {
        boolean exact = c.attributes().get("approximate").equals("none");
        yield ours(
            subject,
            exact ? "gelu" : "gelu_tanh",
            Activations.get("gelu", Map.of("approximate", exact ? "none" : "tanh")));
      }
      case "HardSigmoid" -> {
        Expr line = Expr.input(0).times(c.number("alpha")).plus(c.number("beta"));
        Expr clipped = Expr.constant(0).max(Expr.constant(1).min(line));
        yield new Ours(Bounds.COMPOSED + "hardsigmoid", x -> Ops.evaluate(clipped, x));
      }
      case "HardSwish" -> ours(subject, "hardswish", Activations.get("hardswish"));
      case "LeakyRelu" ->
          ours(
              subject,
              "leaky_relu",
              Activations.get("leaky_relu", Map.of("negative_slope", c.number("alpha"))));
      case "PRelu" ->
          new Ours("prelu", x -> Activations.prelu(x, Tensor.scalar((float) c.number("slope"))));
      case "Shrink" -> {
        String name = c.number("bias") == 0 ? "hardshrink" : "softshrink";
        yield ours(subject, name, Activations.get(name, Map.of("lambd", c.number("lambd"))));
      }
      case "Swish" -> ours(subject, "silu", Activations.get("silu"));
      case "ThresholdedRelu" ->
          ours(
              subject,
              "threshold.threshold=0.1,value=20",
              Activations.get("threshold", Map.of("threshold", c.number("alpha"), "value", 0.0)));
      default -> {
        String name = c.operator().toLowerCase(Locale.ROOT);
        yield ours(subject, name, Activations.get(name));
      }
    };
  }

  private static Ours alpha(Subject subject, String name, double alpha) {
    String bound = alpha == 1 ? name : name + ".alpha=2";
    return ours(subject, bound, Activations.get(name, Map.of("alpha", alpha)));
  }

  private static Ours ours(Subject subject, String bound, Activation activation) {
    boolean inOne = activation.execution(subject.backend(), DType.FLOAT32) == Execution.NATIVE;
    return new Ours((inOne ? "" : Bounds.COMPOSED) + bound, activation::apply);
  }
}
