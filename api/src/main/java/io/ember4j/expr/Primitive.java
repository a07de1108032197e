package io.ember4j.expr;

import java.util.Locale;

/**
 * An elementwise operation that every backend implements; all expressions lower to these.
 *
 * <p>All follow IEEE 754 in the dtype of the operands. {@link #evaluate} is the definition in
 * double precision.
 */
public enum Primitive implements Operation {
  /** a + b, correctly rounded. */
  ADD(2),
  /** a - b, correctly rounded. */
  SUB(2),
  /** a * b, correctly rounded. */
  MUL(2),
  /** a / b, correctly rounded. */
  DIV(2),
  /** The larger; NaN if either is NaN. The sign of max(-0, +0) is not specified. */
  MAX(2),
  /** The smaller; NaN if either is NaN. The sign of min(-0, +0) is not specified. */
  MIN(2),
  /** The magnitude; clears the sign bit. */
  ABS(1),
  /** The square root, correctly rounded; NaN below 0; sqrt(-0) = -0. */
  SQRT(1),
  /** e^a. */
  EXP(1),
  /** The natural logarithm; -infinity at both zeros, NaN below 0. */
  LOG(1),
  /** The hyperbolic tangent; odd, so tanh(-0) = -0. */
  TANH(1),
  /** 1 if a &lt; b, else 0 (also if either is NaN). */
  LT(2),
  /** 1 if a &lt;= b, else 0 (also if either is NaN). */
  LE(2),
  /** 1 if a = b, else 0 (also if either is NaN); -0 = +0. */
  EQ(2),
  /** b where a is not 0 (NaN is not 0), else c; unchanged, also a zero's sign. */
  SELECT(3);

  private final int arity;

  Primitive(int arity) {
    this.arity = arity;
  }

  @Override
  public int arity() {
    return arity;
  }

  @Override
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Returns the value in double precision; {@code b} and {@code c} are ignored beyond the arity.
   */
  public double evaluate(double a, double b, double c) {
    return switch (this) {
      case ADD -> a + b;
      case SUB -> a - b;
      case MUL -> a * b;
      case DIV -> a / b;
      case MAX -> Math.max(a, b);
      case MIN -> Math.min(a, b);
      case ABS -> Math.abs(a);
      case SQRT -> Math.sqrt(a);
      case EXP -> Math.exp(a);
      case LOG -> Math.log(a);
      case TANH -> Math.tanh(a);
      case LT -> a < b ? 1 : 0;
      case LE -> a <= b ? 1 : 0;
      case EQ -> a == b ? 1 : 0;
      case SELECT -> a != 0 ? b : c;
    };
  }
}
