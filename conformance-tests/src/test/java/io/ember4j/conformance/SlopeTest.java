package io.ember4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ember4j.DType;
import io.ember4j.expr.Expr;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Derivatives in intervals hold the exact ones, and are narrow. */
class SlopeTest {
  private static final Expr X = Expr.input(0);
  private static final Expr Y = Expr.input(1);

  private static Interval slope(Expr expression, int input, double... inputs) {
    return Slope.of(expression, DType.FLOAT64, input, inputs).slope();
  }

  @Test
  void derivativesOfArithmeticAreExact() {
    assertEquals(Interval.of(6), slope(X.times(X), 0, 3));
    assertEquals(Interval.of(5), slope(X.times(Y), 0, 3, 5));
    assertEquals(Interval.of(-2), slope(X.minus(Y.plus(Y)), 1, 3, 5));
    assertEquals(Interval.of(-0.75), slope(X.dividedBy(Y), 1, 3, 2));
    assertEquals(Interval.of(0.25), slope(X.sqrt(), 0, 4));
    assertEquals(Interval.of(0), slope(X.times(X), 1, 3, 5));
  }

  /** Of every smooth function alone: a difference quotient is near. */
  @Test
  void derivativesOfFunctionsAreThoseOfTheirCurves() {
    for (Expr function : Slope.SMOOTH) {
      if (function.inputCount() == 1) {
        double h = 1e-5;
        double x = 0.7;
        Interval above = Slope.of(function, DType.FLOAT64, 0, x + h).value();
        Interval below = Slope.of(function, DType.FLOAT64, 0, x - h).value();
        double quotient = (above.low() - below.low()) / (2 * h);
        Interval slope = slope(function, 0, x);
        assertEquals(quotient, slope.low(), 1e-8, function.toString());
        assertTrue(slope.high() - slope.low() < 1e-13, function + " " + slope);
      }
    }
  }

  /**
   * For most gradients of random expressions both intervals are narrow, so that they must agree.
   */
  @Test
  void mostGradientsAreTight() {
    int all = 0;
    int tight = 0;
    for (long seed = 1; seed <= ExpressionGradientRules.CASES; seed++) {
      ExpressionCase c = ExpressionShrinker.readOnly(RandomExpressions.of(Slope.SMOOTH, seed));
      for (int i = 0; i < c.size() && c.expression().inputCount() > 0; i++) {
        Interval exact = Slope.of(c.expression(), c.dtype(), 0, c.inputs(i)).slope();
        Expr formula = ExpressionGradientRules.formula(c.expression(), 0);
        double[] values = Arrays.copyOf(c.inputs(i), c.operands().size() + 1);
        values[c.operands().size()] = 1;
        Interval computed =
            new Enclosure(formula, c.dtype(), f -> Bounds.of(f.table(), c.dtype())).at(values);
        all++;
        tight += isTight(exact) && (computed.isEmpty() || isTight(computed)) ? 1 : 0;
      }
    }
    assertTrue(tight > all / 2, tight + " of " + all);
  }

  private static boolean isTight(Interval y) {
    double size = Math.max(Math.abs(y.low()), Math.abs(y.high()));
    return y.isEmpty() || y.low() == y.high() || y.high() - y.low() <= 0x1p-12 * size;
  }
}
