package io.ember4j.expr;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Writes an expression as nested calls, cut at a length, without recursion. */
final class ExprPrinter {
  private static final int LIMIT = 300;

  private ExprPrinter() {}

  static String print(Expr root) {
    StringBuilder out = new StringBuilder();
    Deque<Object> pending = new ArrayDeque<>();
    pending.push(root);
    while (!pending.isEmpty() && out.length() < LIMIT) {
      Object item = pending.pop();
      if (item instanceof String text) {
        out.append(text);
      } else if (item instanceof Expr.Input input) {
        out.append('x').append(input.index());
      } else if (item instanceof Expr.Constant constant) {
        out.append(number(constant.value()));
      } else if (item instanceof Expr.Apply apply) {
        out.append(apply.operation().label()).append('(');
        pending.push(")");
        List<Expr> arguments = apply.arguments();
        for (int i = arguments.size() - 1; i >= 0; i--) {
          pending.push(arguments.get(i));
          if (i > 0) {
            pending.push(", ");
          }
        }
      }
    }
    return pending.isEmpty() ? out.toString() : out.append("...").toString();
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15 && 1 / value != -1 / 0.0
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
