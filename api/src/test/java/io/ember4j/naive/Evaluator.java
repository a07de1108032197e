package io.ember4j.naive;

import io.ember4j.DType;
import io.ember4j.expr.Expr;
import io.ember4j.expr.NamedFunction;
import io.ember4j.expr.Primitive;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/** Evaluates an expression for one element, every primitive rounded by the given function. */
public final class Evaluator {
  private Evaluator() {}

  /** Returns the value in double precision, every named function by its body where it has one. */
  public static double inDouble(Expr expression, double... inputs) {
    return evaluate(expression, x -> x, false, inputs);
  }

  /** Returns the value with every primitive rounded to the dtype, and functions by their bodies. */
  public static double rounded(Expr expression, DType dtype, double... inputs) {
    return evaluate(expression, dtype::round, false, inputs);
  }

  /** Returns the value; named functions by their routine where they have one and it is wanted. */
  static double evaluate(
      Expr expression, DoubleUnaryOperator round, boolean routines, double... inputs) {
    Map<Expr, Double> values = new HashMap<>();
    for (Expr node : expression.nodes()) {
      double value;
      if (node instanceof Expr.Input input) {
        value = inputs[input.index()];
      } else if (node instanceof Expr.Constant constant) {
        value = round.applyAsDouble(constant.value());
      } else {
        value = round.applyAsDouble(apply((Expr.Apply) node, values, round, routines));
      }
      values.put(node, value);
    }
    return values.get(expression);
  }

  private static double apply(
      Expr.Apply apply, Map<Expr, Double> values, DoubleUnaryOperator round, boolean routines) {
    List<Expr> arguments = apply.arguments();
    double[] given = arguments.stream().mapToDouble(values::get).toArray();
    if (apply.operation() instanceof Primitive primitive) {
      return primitive.evaluate(given[0], at(given, 1), at(given, 2));
    }
    NamedFunction function = (NamedFunction) apply.operation();
    if (function.routine().isPresent() && (routines || function.body().isEmpty())) {
      return function.routine().get().applyAsDouble(given[0]);
    }
    return evaluate(function.body().orElseThrow(), round, routines, given);
  }

  private static double at(double[] values, int i) {
    return i < values.length ? values[i] : 0;
  }
}
