package io.ember4j.backend.pure;

import io.ember4j.expr.Expr;
import io.ember4j.expr.NamedFunction;
import io.ember4j.expr.Operation;
import io.ember4j.expr.Primitive;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Turns nodes of expressions into instructions of one {@link Code}.
 *
 * <p>Constants become further operands, so that expressions that differ in their numbers only, such
 * as one for every learning rate, have the same code; but those stay constants that make
 * instructions simpler (0, 1, powers of two).
 */
final class Lowering {
  /** Numbers beyond these are constants, as there is an end to a kernel's operands. */
  private static final int MAX_NUMBERS = 40;

  private final Code code;
  private final int operands;
  private final Map<Expr, Value> values = new HashMap<>();
  private final List<Double> numbers = new ArrayList<>();

  /** Lowers into a code that has that many operands apart from numbers. */
  Lowering(Code code, int operands) {
    this.code = code;
    this.operands = operands;
  }

  /** Returns the numbers that are operands, in order, after the others. */
  List<Double> numbers() {
    return numbers;
  }

  /** Says where a node's value comes from. */
  void put(Expr node, Value value) {
    values.put(node, value);
  }

  /** Lowers a node whose arguments have been lowered or put. */
  Value lower(Expr node) {
    Value value = values.get(node);
    if (value == null) {
      if (node instanceof Expr.Constant constant) {
        value = number(code.dtype().round(constant.value()));
      } else if (node instanceof Expr.Apply apply) {
        value = apply(apply);
      } else {
        throw new IllegalStateException("input " + node + " has no value");
      }
      values.put(node, value);
    }
    return value;
  }

  private Value apply(Expr.Apply node) {
    List<Expr> arguments = node.arguments();
    if (node.operation() == Primitive.DIV
        && arguments.get(1) instanceof Expr.Constant constant
        && KnownDivision.allows(arguments.get(0))) {
      double divisor = code.dtype().round(constant.value());
      OptionalDouble reciprocal = KnownDivision.reciprocal(divisor, code.dtype());
      if (reciprocal.isPresent()) {
        return KnownDivision.quotient(
            lowered(arguments.get(0)), number(-divisor), number(reciprocal.getAsDouble()));
      }
    }
    return apply(node.operation(), arguments.stream().map(this::lowered).toList());
  }

  private Value number(double number) {
    boolean isSimple = number == 0 || !Double.isFinite(number) || isPowerOfTwo(number);
    if (isSimple || numbers.size() == MAX_NUMBERS) {
      return code.constant(number);
    }
    int known = numbers.indexOf(number);
    if (known < 0) {
      known = numbers.size();
      numbers.add(number);
    }
    return code.input(operands + known);
  }

  private static boolean isPowerOfTwo(double number) {
    return Math.abs(number) == Math.scalb(1.0, Math.getExponent(number));
  }

  private Value lowered(Expr argument) {
    Value value = values.get(argument);
    return value == null && argument instanceof Expr.Constant ? lower(argument) : value;
  }

  private Value apply(Operation operation, List<Value> arguments) {
    if (operation instanceof NamedFunction) {
      return KernelFunctions.of(operation).orElseThrow().apply(arguments.get(0));
    }
    Value a = arguments.get(0);
    Value b = arguments.size() > 1 ? arguments.get(1) : null;
    return switch ((Primitive) operation) {
      case ADD -> a.plus(b);
      case SUB -> a.minus(b);
      case MUL -> a.times(b);
      case DIV -> a.dividedBy(b);
      case MAX -> Double.isNaN(known(a)) ? max(a, b) : max(b, a);
      case MIN -> Double.isNaN(known(a)) ? min(a, b) : min(b, a);
      case ABS -> a.abs();
      case SQRT -> a.sqrt();
      case LT -> a.lt(b).select(1, code.constant(0));
      case LE -> a.le(b).select(1, code.constant(0));
      case EQ -> a.eq(b).select(1, code.constant(0));
      case SELECT -> mask(a).select(b, arguments.get(2));
      case EXP, LOG, TANH -> KernelFunctions.of(operation).orElseThrow().apply(a);
    };
  }

  /**
   * Returns the larger. If b is a number that is known, a comparison decides: processors have no
   * maximum that minds NaN and the signs of zeros, and to correct theirs takes six instructions.
   */
  private Value max(Value a, Value b) {
    double number = known(b);
    if (Double.isNaN(number)) {
      return a.max(b);
    }
    boolean isPlusZero = number == 0 && 1 / number > 0;
    return (isPlusZero ? a.le(b) : a.lt(b)).select(b, a);
  }

  /** Returns the smaller, in the same way. */
  private Value min(Value a, Value b) {
    double number = known(b);
    if (Double.isNaN(number)) {
      return a.min(b);
    }
    boolean isMinusZero = number == 0 && 1 / number < 0;
    return (isMinusZero ? b.le(a) : b.lt(a)).select(b, a);
  }

  /** Returns the number that a value is in every call of the code, or NaN. */
  private double known(Value value) {
    if (value.isConstant()) {
      return value.number();
    }
    boolean isNumber = value.op() == Op.INPUT && value.bits() >= operands;
    return isNumber ? numbers.get((int) value.bits() - operands) : Double.NaN;
  }

  /** Returns whether a condition is not 0; of a comparison's 1 or 0, the comparison itself. */
  private Value mask(Value condition) {
    Value zero = code.constant(0);
    boolean isComparison =
        condition.op() == Op.SELECT
            && condition.argument(1) == code.constant(1)
            && condition.argument(2) == zero;
    return isComparison ? condition.argument(0) : condition.ne(zero);
  }
}
