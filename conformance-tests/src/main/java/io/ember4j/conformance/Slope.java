package io.ember4j.conformance;

import io.ember4j.DType;
import io.ember4j.expr.Expr;
import io.ember4j.expr.Functions;
import io.ember4j.expr.Operation;
import io.ember4j.expr.Primitive;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A value and its exact derivative with respect to one input, both in intervals, carried along from
 * operation to operation (forward mode). It shares nothing with the api's differentiation, which
 * goes backwards and builds expressions.
 *
 * @param value the value
 * @param slope the derivative
 */
record Slope(Interval value, Interval slope) {
  private static final Expr X = Expr.input(0);

  /** The operations it knows, which have a derivative everywhere in their domain. */
  static final List<Expr> SMOOTH =
      RandomExpressions.ALL.stream().filter(e -> isSmooth(((Expr.Apply) e).operation())).toList();

  private static boolean isSmooth(Operation operation) {
    return Functions.ALL.contains(operation)
        || Set.of(
                Primitive.ADD,
                Primitive.SUB,
                Primitive.MUL,
                Primitive.DIV,
                Primitive.SQRT,
                Primitive.EXP,
                Primitive.LOG,
                Primitive.TANH)
            .contains(operation);
  }

  /** Returns value and derivative of an expression of smooth operations. */
  static Slope of(Expr expression, DType dtype, int input, double... inputs) {
    Map<Expr, Slope> slopes = new HashMap<>();
    for (Expr node : expression.nodes()) {
      if (node instanceof Expr.Input in) {
        double slope = in.index() == input ? 1 : 0;
        slopes.put(node, point(inputs[in.index()], slope));
      } else if (node instanceof Expr.Constant constant) {
        slopes.put(node, point(dtype.round(constant.value()), 0));
      } else if (node instanceof Expr.Apply apply) {
        List<Slope> arguments = apply.arguments().stream().map(slopes::get).toList();
        slopes.put(
            node,
            apply.operation() instanceof Primitive primitive && primitive.arity() == 2
                ? binary(primitive, arguments.get(0), arguments.get(1))
                : unary(apply, arguments.get(0)));
      }
    }
    return slopes.get(expression);
  }

  private static Slope point(double value, double slope) {
    return new Slope(Interval.of(value), Interval.of(slope));
  }

  private static Slope binary(Primitive primitive, Slope a, Slope b) {
    return switch (primitive) {
      case ADD -> new Slope(a.value.plus(b.value), a.slope.plus(b.slope));
      case SUB -> new Slope(a.value.minus(b.value), a.slope.minus(b.slope));
      case MUL ->
          new Slope(a.value.times(b.value), a.slope.times(b.value).plus(a.value.times(b.slope)));
      case DIV -> {
        Interval quotient = a.value.dividedBy(b.value);
        yield new Slope(quotient, a.slope.minus(quotient.times(b.slope)).dividedBy(b.value));
      }
      default -> throw new IllegalArgumentException(primitive + " is not smooth");
    };
  }

  private static Slope unary(Expr.Apply apply, Slope a) {
    Operation operation = apply.operation();
    Interval one = Interval.of(1);
    if (operation == Primitive.SQRT) {
      Interval root = a.value.sqrt();
      return new Slope(root, a.slope.dividedBy(root.plus(root)));
    }
    Interval derivative;
    if (operation == Primitive.EXP || operation == Functions.EXPM1) {
      derivative = exact(X.exp(), a.value);
    } else if (operation == Primitive.LOG) {
      derivative = one.dividedBy(a.value);
    } else if (operation == Functions.LOG1P) {
      derivative = one.dividedBy(a.value.plus(one));
    } else if (operation == Primitive.TANH) {
      derivative = exact(Functions.TANH_DERIVATIVE.apply(X), a.value);
    } else if (operation == Functions.ERF) {
      derivative = exact(Functions.ERF_DERIVATIVE.apply(X), a.value);
    } else if (operation == Functions.ERFC) {
      derivative = exact(Functions.ERF_DERIVATIVE.apply(X), a.value).negate();
    } else if (operation == Functions.NDTR) {
      derivative = exact(Functions.NORMAL_PDF.apply(X), a.value);
    } else if (operation == Functions.SIGMOID) {
      derivative = exact(Functions.SIGMOID_DERIVATIVE.apply(X), a.value);
    } else if (operation == Functions.LOG1PEXP) {
      derivative = exact(Functions.SIGMOID.apply(X), a.value);
    } else {
      throw new IllegalArgumentException(operation.label() + " is not smooth");
    }
    return new Slope(exact(Expr.apply(operation, X), a.value), derivative.times(a.slope));
  }

  private static Interval exact(Expr function, Interval x) {
    return EnclosedFunction.ALL.get(function).apply(x, 0, DType.FLOAT64);
  }
}
