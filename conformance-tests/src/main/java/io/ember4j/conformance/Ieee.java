package io.ember4j.conformance;

import io.ember4j.DType;
import io.ember4j.expr.Primitive;

/** The exactly rounded primitives by Java's own arithmetic, which is that of IEEE 754. */
final class Ieee {
  private Ieee() {}

  /** Returns the result in the dtype; the operands are numbers of it. */
  static double evaluate(Primitive primitive, double a, double b, DType dtype) {
    if (dtype == DType.FLOAT64) {
      return switch (primitive) {
        case ADD -> a + b;
        case SUB -> a - b;
        case MUL -> a * b;
        case DIV -> a / b;
        case SQRT -> Math.sqrt(a);
        default -> comparison(primitive, a, b);
      };
    }
    float x = (float) a;
    float y = (float) b;
    return switch (primitive) {
      case ADD -> x + y;
      case SUB -> x - y;
      case MUL -> x * y;
      case DIV -> x / y;
      // The root of a float, rounded to double and then to float, is correctly rounded.
      case SQRT -> (float) Math.sqrt(x);
      default -> comparison(primitive, a, b);
    };
  }

  /** The primitives whose result is one of the operands, its magnitude, 0 or 1. */
  private static double comparison(Primitive primitive, double a, double b) {
    return switch (primitive) {
      case ABS -> Math.abs(a);
      case MAX -> Math.max(a, b);
      case MIN -> Math.min(a, b);
      case LT -> a < b ? 1 : 0;
      case LE -> a <= b ? 1 : 0;
      case EQ -> a == b ? 1 : 0;
      default -> throw new IllegalArgumentException(primitive + " is not exact");
    };
  }
}
