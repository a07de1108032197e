package io.ember4j.conformance;

import io.ember4j.DType;
import io.ember4j.conformance.ExpressionCase.ViewedOperand;
import io.ember4j.expr.Expr;
import io.ember4j.expr.Operation;
import io.ember4j.expr.Primitive;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Writes a case as the Java code that computes it; what is used twice gets a name. */
final class ExpressionCode {
  /** The methods of Expr that are not called like their operation. */
  private static final Map<Operation, String> METHODS =
      Map.of(
          Primitive.ADD, "plus",
          Primitive.SUB, "minus",
          Primitive.MUL, "times",
          Primitive.DIV, "dividedBy");

  private final Map<Expr, Integer> uses = new HashMap<>();
  private final Map<Expr, String> written = new HashMap<>();
  private final List<String> lines = new ArrayList<>();
  private int names;

  private ExpressionCode() {}

  /** Returns the lines of code, without imports. */
  static List<String> of(ExpressionCase c) {
    ExpressionCode code = new ExpressionCode();
    String result = code.write(c.expression());
    String operands =
        c.operands().stream()
            .map(o -> operand(o, c))
            .collect(Collectors.joining(",\n    ", "    ", ""));
    code.lines.add("Tensor y = Ops.evaluate(");
    code.lines.add("    " + result + ",");
    code.lines.addAll((operands + ");").lines().toList());
    return code.lines;
  }

  private String write(Expr root) {
    for (Expr node : root.nodes()) {
      if (node instanceof Expr.Apply apply) {
        apply.arguments().forEach(a -> uses.merge(a, 1, Integer::sum));
      }
    }
    for (Expr node : root.nodes()) {
      if (node instanceof Expr.Input input) {
        lines.add("Expr x" + input.index() + " = Expr.input(" + input.index() + ");");
        written.put(node, "x" + input.index());
      } else if (node instanceof Expr.Constant constant) {
        written.put(node, "Expr.constant(" + literal(constant.value()) + ")");
      } else if (node instanceof Expr.Apply apply) {
        String code = call(apply);
        if (uses.getOrDefault(node, 0) > 1) {
          String name = "e" + names++;
          lines.add("Expr " + name + " = " + code + ";");
          code = name;
        }
        written.put(node, code);
      }
    }
    return written.get(root);
  }

  private String call(Expr.Apply apply) {
    List<String> arguments = apply.arguments().stream().map(written::get).toList();
    Optional<EnclosedFunction> function = EnclosedFunction.find(apply);
    if (function.isPresent()) {
      return function.get().code().replace("%", arguments.get(0));
    }
    if (apply.operation() == Primitive.SELECT) {
      return "Expr.where(" + String.join(", ", arguments) + ")";
    }
    String method = METHODS.getOrDefault(apply.operation(), apply.operation().label());
    String rest =
        apply.arguments().stream()
            .skip(1)
            .map(a -> a instanceof Expr.Constant c ? literal(c.value()) : written.get(a))
            .collect(Collectors.joining(", "));
    return arguments.get(0) + "." + method + "(" + rest + ")";
  }

  private static String operand(ViewedOperand operand, ExpressionCase c) {
    boolean single = c.dtype() == DType.FLOAT32;
    String numbers =
        Arrays.stream(operand.values())
            .mapToObj(v -> single ? literal((float) v) : literal(v))
            .collect(Collectors.joining(", "));
    long[] shape = operand.view().shape(c.rows(), c.columns());
    if (shape.length == 0) {
      return "Tensor.scalar(" + numbers + ")";
    }
    String extents =
        Arrays.stream(shape).mapToObj(Long::toString).collect(Collectors.joining(", "));
    return "Tensor.of(new "
        + (single ? "float" : "double")
        + "[] {"
        + numbers
        + "}, "
        + extents
        + ")";
  }

  private static String literal(float value) {
    if (Float.isFinite(value)) {
      return value + "f";
    }
    return Float.isNaN(value) ? "Float.NaN" : value > 0 ? "1 / 0f" : "-1 / 0f";
  }

  private static String literal(double value) {
    if (Double.isFinite(value)) {
      boolean whole = value == Math.rint(value) && Math.abs(value) < 1e6 && !isMinusZero(value);
      return whole ? Integer.toString((int) value) : Double.toString(value);
    }
    return Double.isNaN(value) ? "Double.NaN" : value > 0 ? "1 / 0.0" : "-1 / 0.0";
  }

  private static boolean isMinusZero(double value) {
    return Ulp.sameBits(value, -0.0);
  }
}
