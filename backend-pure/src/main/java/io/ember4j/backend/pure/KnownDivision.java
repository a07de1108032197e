package io.ember4j.backend.pure;

import io.ember4j.DType;
import io.ember4j.expr.Expr;
import io.ember4j.expr.Primitive;
import java.util.OptionalDouble;

/**
 * Division by a number that is known, without dividing: a processor's divider is several times
 * slower than what it takes to multiply thrice.
 *
 * <p>With r the rounded reciprocal of the divisor c and q the rounded product a r, the quotient is
 * q + (a - c q) r, rounded once. These are the bits of division (Markstein, Computation of
 * elementary functions on the IBM RISC System/6000 processor, 1990), as long as q is one of the two
 * numbers beside a / c and nothing over- or underflows. The first is so if r is wrong by no more
 * than a part in 2^25 (2^54 in float64); the second, only where the dividend is known to be
 * limited, as in hardsigmoid and hardswish.
 */
final class KnownDivision {
  /** Numbers between 1 / LIMIT and LIMIT are far from over- and underflow. */
  private static final double LIMIT = 1 << 20;

  private KnownDivision() {}

  /** Returns the reciprocal to multiply by, if there is one for this divisor. */
  static OptionalDouble reciprocal(double divisor, DType dtype) {
    boolean isFloat = dtype == DType.FLOAT32;
    double reciprocal = isFloat ? 1 / (float) divisor : 1 / divisor;
    double error = Math.abs(Math.fma(reciprocal, divisor, -1));
    return isModerate(divisor) && error <= (isFloat ? 0x1p-25 : 0x1p-54)
        ? OptionalDouble.of(reciprocal)
        : OptionalDouble.empty();
  }

  /**
   * Returns whether the value is NaN, +0, or neither tiny nor huge: a sum with a number, which is 0
   * or at least half a digit of that number, limited to [0, number].
   */
  static boolean allows(Expr dividend) {
    // where(s < 0, 0, where(high < s, high, s))
    if (!isApply(dividend, Primitive.SELECT)) {
      return false;
    }
    Expr below = argument(dividend, 0);
    Expr rest = argument(dividend, 2);
    if (!isApply(below, Primitive.LT) || !isApply(rest, Primitive.SELECT)) {
      return false;
    }
    Expr above = argument(rest, 0);
    Expr sum = argument(rest, 2);
    Expr high = argument(rest, 1);
    return isApply(above, Primitive.LT)
        && argument(below, 0) == sum
        && isZero(argument(below, 1))
        && isZero(argument(dividend, 1))
        && argument(above, 0) == high
        && argument(above, 1) == sum
        && isPositive(high)
        && isApply(sum, Primitive.ADD)
        && (isNumber(argument(sum, 0)) || isNumber(argument(sum, 1)));
  }

  /** Returns a / c. */
  static Value quotient(Value a, Value minusC, Value reciprocal) {
    Value product = a.times(reciprocal);
    return minusC.fma(product, a).fma(reciprocal, product);
  }

  private static boolean isApply(Expr node, Primitive primitive) {
    return node instanceof Expr.Apply apply && apply.operation() == primitive;
  }

  private static Expr argument(Expr node, int index) {
    return ((Expr.Apply) node).arguments().get(index);
  }

  private static boolean isZero(Expr node) {
    return node instanceof Expr.Constant constant && constant.value() == 0;
  }

  private static boolean isNumber(Expr node) {
    return node instanceof Expr.Constant constant && isModerate(constant.value());
  }

  private static boolean isPositive(Expr node) {
    return isNumber(node) && ((Expr.Constant) node).value() > 0;
  }

  private static boolean isModerate(double number) {
    double magnitude = Math.abs(number);
    return magnitude >= 1 / LIMIT && magnitude <= LIMIT;
  }
}
