package io.ember4j.conformance;

import io.ember4j.DType;
import io.ember4j.expr.Expr;
import io.ember4j.expr.NamedFunction;
import io.ember4j.expr.Primitive;
import java.util.HashMap;
import java.util.Map;

/** Evaluates expressions at one element. */
final class Evaluation {
  private Evaluation() {}

  /** In double precision: primitives by their definition, functions by their routines or bodies. */
  static double exact(Expr expression, double... inputs) {
    return evaluate(expression, DType.FLOAT64, inputs);
  }

  /** As a backend must that fuses: each primitive is rounded to the dtype. */
  static double rounded(Expr expression, DType dtype, double... inputs) {
    return evaluate(expression, dtype, inputs);
  }

  private static double evaluate(Expr expression, DType dtype, double... inputs) {
    Map<Expr, Double> values = new HashMap<>();
    for (Expr node : expression.nodes()) {
      if (node instanceof Expr.Input input) {
        values.put(node, inputs[input.index()]);
      } else if (node instanceof Expr.Constant constant) {
        values.put(node, dtype.round(constant.value()));
      } else if (node instanceof Expr.Apply apply) {
        double[] a = apply.arguments().stream().mapToDouble(values::get).toArray();
        values.put(node, apply(apply, dtype, a));
      }
    }
    return values.get(expression);
  }

  /** Returns what an operation gives for these values of its arguments, rounded to the dtype. */
  static double apply(Expr.Apply apply, DType dtype, double... a) {
    if (apply.operation() instanceof Primitive primitive) {
      return primitive == Primitive.DIV && dtype == DType.FLOAT32
          ? (float) a[0] / (float) a[1]
          : dtype.round(primitive.evaluate(a[0], a.length > 1 ? a[1] : 0, a.length > 2 ? a[2] : 0));
    }
    return dtype.round(function((NamedFunction) apply.operation(), a));
  }

  /** Returns the value of a function in double precision. */
  static double function(NamedFunction function, double... a) {
    return function.routine().isPresent()
        ? function.routine().get().applyAsDouble(a[0])
        : exact(function.body().orElseThrow(), a);
  }
}
