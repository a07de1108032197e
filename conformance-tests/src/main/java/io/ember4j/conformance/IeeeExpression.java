package io.ember4j.conformance;

import io.ember4j.DType;
import io.ember4j.expr.Expr;
import io.ember4j.expr.Primitive;
import java.util.HashMap;
import java.util.Map;

/** Evaluates an expression of exact primitives, one operation at a time, in Java's arithmetic. */
final class IeeeExpression {
  private final Expr expression;
  private final DType dtype;
  private boolean open;

  IeeeExpression(Expr expression, DType dtype) {
    this.expression = expression;
    this.dtype = dtype;
  }

  /** Returns the result for these inputs, which are numbers of the dtype. */
  double at(double... inputs) {
    open = false;
    Map<Expr, Double> values = new HashMap<>();
    for (Expr node : expression.nodes()) {
      double value = 0;
      if (node instanceof Expr.Input input) {
        value = inputs[input.index()];
      } else if (node instanceof Expr.Constant constant) {
        value = dtype.round(constant.value());
      } else if (node instanceof Expr.Apply apply) {
        double[] arguments = apply.arguments().stream().mapToDouble(values::get).toArray();
        value = apply((Primitive) apply.operation(), arguments);
      }
      values.put(node, value);
    }
    return values.get(expression);
  }

  /**
   * Returns whether the specification leaves the sign of a zero open that the last result may
   * depend on: the larger or smaller of -0 and +0.
   */
  boolean isOpen() {
    return open;
  }

  private double apply(Primitive primitive, double... arguments) {
    double a = arguments[0];
    double b = arguments[Math.min(1, arguments.length - 1)];
    if (primitive == Primitive.SELECT) {
      return a != 0 ? b : arguments[2];
    }
    boolean chooses = primitive == Primitive.MAX || primitive == Primitive.MIN;
    open |= chooses && a == 0 && b == 0 && !Ulp.sameBits(a, b);
    return Ieee.evaluate(primitive, a, b, dtype);
  }
}
