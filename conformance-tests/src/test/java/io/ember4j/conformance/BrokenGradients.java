package io.ember4j.conformance;

import io.ember4j.DType;
import io.ember4j.expr.Expr;
import io.ember4j.expr.NamedFunction;
import io.ember4j.expr.Primitive;
import io.ember4j.spi.Backend;
import io.ember4j.spi.Buffer;
import io.ember4j.spi.Operand;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Backends with a gradient of their own that is broken somewhere, and the rules to catch them. */
final class BrokenGradients {
  private BrokenGradients() {}

  /** Changes a gradient: gets x, the upstream and the right result. */
  private interface Defect {
    double of(double x, double upstream, double right);
  }

  static List<BrokenBackends.Broken> all() {
    return List.of(
        broken(
            "native-mish-gradient-is-inaccurate-near-its-zero",
            "mish_backward",
            (x, u, right) -> x > -1.1925 && x < -1.1924 ? right + 1e-6 * u : right,
            "GR-13.mish-values",
            "GR-13.mish-upstream"),
        broken(
            "native-gelu-gradient-cancels-in-the-tail",
            "gelu_backward",
            (x, u, right) -> x < -13 && x > -14 ? 0 : right,
            "GR-9.gelu-values",
            "GR-9.gelu-upstream"),
        broken(
            "native-hardswish-gradient-is-a-half-at-a-kink",
            "hardswish_backward",
            (x, u, right) -> x == -3 ? -0.5 * u : right,
            "GR-20.hardswish-values",
            "GR-20.hardswish-specials",
            "GR-20.hardswish-upstream"),
        broken(
            "native-selu-gradient-loses-nan",
            "selu_backward",
            (x, u, right) -> Double.isNaN(x) && u == 1 ? 1.0507 : right,
            "GR-7.selu-specials"),
        broken(
            "native-relu-gradient-multiplies-by-its-mask",
            "relu_backward",
            (x, u, right) -> (x > 0 ? 1 : x <= 0 ? 0 : x) * u,
            "GR-1.relu-upstream"),
        broken(
            "native-silu-gradient-forgets-the-upstream",
            "silu_backward",
            (x, u, right) -> u == 12345 ? right / u : right,
            "GR-12.silu-upstream"),
        new BrokenBackends.Broken(
            "native-sigmoid-gradient-is-not-declared",
            () -> withNative("sigmoid_backward", (x, u, right) -> right),
            List.of(),
            Set.of("CA-2.native")));
  }

  private static BrokenBackends.Broken broken(
      String name, String function, Defect defect, String... caughtBy) {
    return new BrokenBackends.Broken(
        name,
        () -> withNative(function, defect),
        List.of(
            "capability native " + function + " float32",
            "capability native " + function + " float64"),
        Set.of(caughtBy));
  }

  private static Backend withNative(String name, Defect defect) {
    return new Wrapper() {
      @Override
      public boolean supports(NamedFunction function, DType dtype) {
        return function.name().equals(name);
      }

      @Override
      public void apply(NamedFunction function, List<Operand> operands, Buffer result) {
        Expr body = function.body().orElseThrow();
        double[] values = new double[(int) result.size()];
        for (int i = 0; i < values.length; i++) {
          double x = NaiveBackend.read(operands, 0, i);
          double upstream = NaiveBackend.read(operands, 1, i);
          double wrong = defect.of(x, upstream, BrokenGradients.evaluate(body, x, upstream));
          values[i] = result.dtype().round(wrong);
        }
        System.arraycopy(values, 0, NaiveBackend.of(result), 0, values.length);
      }
    };
  }

  /** Evaluates in double precision: primitives by their definition, functions by their routines. */
  private static double evaluate(Expr body, double... inputs) {
    Map<Expr, Double> values = new HashMap<>();
    for (Expr node : body.nodes()) {
      if (node instanceof Expr.Input input) {
        values.put(node, inputs[input.index()]);
      } else if (node instanceof Expr.Constant constant) {
        values.put(node, constant.value());
      } else if (node instanceof Expr.Apply apply) {
        double[] a = apply.arguments().stream().mapToDouble(values::get).toArray();
        double b = a.length > 1 ? a[1] : 0;
        double c = a.length > 2 ? a[2] : 0;
        values.put(
            node,
            apply.operation() instanceof Primitive primitive
                ? primitive.evaluate(a[0], b, c)
                : ((NamedFunction) apply.operation()).routine().orElseThrow().applyAsDouble(a[0]));
      }
    }
    return values.get(body);
  }
}
