package io.ember4j.conformance;

import io.ember4j.DType;
import io.ember4j.expr.Expr;
import io.ember4j.expr.Primitive;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Encloses the results of an expression: what it may give in a dtype if each function keeps its
 * bound and each operation is rounded, or, where several are done in one, is not. A function that
 * is not known may give anything.
 */
final class Enclosure {
  private final DType dtype;
  private final ToDoubleFunction<EnclosedFunction> bounds;
  private final List<Expr> nodes;
  private final int[][] arguments;
  private final List<EnclosedFunction> functions = new ArrayList<>();

  /**
   * Creates the enclosure of an expression.
   *
   * @param bounds the bound of each function, in ULP
   */
  Enclosure(Expr expression, DType dtype, ToDoubleFunction<EnclosedFunction> bounds) {
    this.dtype = dtype;
    this.bounds = bounds;
    this.nodes = expression.nodes();
    this.arguments = new int[nodes.size()][];
    Map<Expr, Integer> places = new HashMap<>();
    for (int i = 0; i < arguments.length; i++) {
      if (nodes.get(i) instanceof Expr.Apply apply) {
        arguments[i] = apply.arguments().stream().mapToInt(places::get).toArray();
      }
      functions.add(
          nodes.get(i) instanceof Expr.Apply apply
              ? EnclosedFunction.find(apply).orElse(null)
              : null);
      places.put(nodes.get(i), i);
    }
  }

  /** Returns what the result may be for these inputs, which are numbers of the dtype. */
  Interval at(double... inputs) {
    Interval[] values = new Interval[nodes.size()];
    for (int i = 0; i < values.length; i++) {
      Expr node = nodes.get(i);
      if (node instanceof Expr.Input input) {
        values[i] = Interval.of(inputs[input.index()]);
      } else if (node instanceof Expr.Constant constant) {
        values[i] = Interval.of(dtype.round(constant.value()));
      } else if (node instanceof Expr.Apply apply) {
        values[i] = apply(apply, functions.get(i), arguments[i], values).rounded(dtype);
      }
    }
    return values[values.length - 1];
  }

  private Interval apply(
      Expr.Apply node, EnclosedFunction function, int[] from, Interval... values) {
    Interval a = values[from[0]];
    if (function != null) {
      return function.apply(a, bounds.applyAsDouble(function), dtype);
    }
    if (!(node.operation() instanceof Primitive primitive)) {
      return Interval.ANYTHING;
    }
    Interval b = values[from[Math.min(1, from.length - 1)]];
    return switch (primitive) {
      case ADD -> a.plus(b);
      case SUB -> a.minus(b);
      case MUL -> a.times(b);
      case DIV -> a.dividedBy(b);
      case MAX -> a.max(b);
      case MIN -> a.min(b);
      case ABS -> a.abs();
      case SQRT -> a.sqrt();
      case LT -> a.lt(b);
      case LE -> a.le(b);
      case EQ -> a.eq(b);
      case SELECT -> a.select(b, values[from[2]]);
      case EXP, LOG, TANH -> throw new AssertionError(primitive + " is an enclosed function");
    };
  }
}
