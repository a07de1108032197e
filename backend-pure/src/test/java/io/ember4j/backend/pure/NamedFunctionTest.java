package io.ember4j.backend.pure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ember4j.DType;
import io.ember4j.expr.Expr;
import io.ember4j.expr.Functions;
import io.ember4j.expr.NamedFunction;
import io.ember4j.spi.Buffer;
import io.ember4j.spi.Operand;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Named functions: a routine is rounded to the dtype once, a body at every step. */
class NamedFunctionTest {
  private static final Expr X = Expr.input(0);
  private static final Expr Y = Expr.input(1);

  @ParameterizedTest
  @EnumSource
  void everySpecialFunctionIsWithinFourUlpOfItsRoutine(DType dtype) {
    double[] x = Arrays.copyOf(Data.SPECIAL, 1000);
    System.arraycopy(Data.random(900, 1), 0, x, 100, 900);
    for (NamedFunction function : Functions.ALL) {
      assertTrue(Data.BACKEND.supports(function, dtype));
      double[] actual = apply(function, dtype, x);
      assertArrayEquals(actual, evaluate(function.apply(X), dtype, x), function.name());
      for (int i = 0; i < x.length; i++) {
        double exact = function.routine().orElseThrow().applyAsDouble(dtype.round(x[i]));
        double ulp = dtype == DType.FLOAT32 ? Math.ulp((float) exact) : Math.ulp(exact);
        String what = function.name() + " of " + x[i];
        if (Double.isNaN(exact) || Double.isInfinite(dtype.round(exact))) {
          assertEquals(dtype.round(exact), actual[i], what);
        } else {
          assertEquals(exact, actual[i], 4 * ulp, what);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aBodyIsRoundedToTheDtypeAtEveryStep(DType dtype) {
    NamedFunction function =
        NamedFunction.of("f", List.of("x", "y"), X.times(Y).plus(0.1).minus(Y.dividedBy(3)));
    checkBinary(
        function,
        dtype,
        (x, y) -> {
          double sum = dtype.round(dtype.round(x * y) + dtype.round(0.1));
          return sum - dtype.round(y / 3);
        });
  }

  @ParameterizedTest
  @EnumSource
  void functionsInABodyAreLoweredWithTheirArguments(DType dtype) {
    NamedFunction inner = NamedFunction.of("inner", List.of("y", "x"), Y.minus(X));
    NamedFunction middle =
        NamedFunction.of("middle", List.of("x", "y"), inner.apply(Y, X).plus(X.times(4)));
    NamedFunction outer =
        NamedFunction.of("outer", List.of("x", "y"), middle.apply(Y, X).minus(inner.apply(X, Y)));
    DoubleBinaryOperator expectedInner = (y, x) -> dtype.round(x - y);
    DoubleBinaryOperator expectedMiddle =
        (x, y) -> dtype.round(expectedInner.applyAsDouble(y, x) + x * 4);
    checkBinary(
        outer,
        dtype,
        (x, y) -> expectedMiddle.applyAsDouble(y, x) - expectedInner.applyAsDouble(x, y));
  }

  @Test
  void betweenFunctionsAnExpressionIsRoundedToFloat() {
    double[] x = Data.random(1000, 5);
    Expr expression = X.sigmoid().times(X).plus(0.1);
    double[] expected = apply(Functions.SIGMOID, DType.FLOAT32, x);
    Arrays.setAll(expected, i -> (float) expected[i] * (float) x[i] + 0.1f);
    assertArrayEquals(expected, evaluate(expression, DType.FLOAT32, x));
  }

  @ParameterizedTest
  @EnumSource
  void aBodyMayIgnoreArgumentsOrBeOneOfThem(DType dtype) {
    checkBinary(NamedFunction.of("second", List.of("x", "y"), Y), dtype, (x, y) -> y);
    checkBinary(
        NamedFunction.of("third", List.of("x", "y"), Expr.constant(1 / 3.0)),
        dtype,
        (x, y) -> 1 / 3.0);
    NamedFunction none = NamedFunction.of("none", List.of(), Expr.constant(0.5));
    assertEquals(0.75, evaluate(none.apply().plus(0.25), dtype, new double[20])[19]);
  }

  private static void checkBinary(
      NamedFunction function, DType dtype, DoubleBinaryOperator expected) {
    for (int size : Data.SIZES) {
      double[] x = Arrays.stream(Data.random(size, 1)).map(dtype::round).toArray();
      double[] y = Arrays.stream(Data.random(size, 2)).map(dtype::round).toArray();
      double[] values = new double[size];
      Arrays.setAll(values, i -> dtype.round(expected.applyAsDouble(x[i], y[i])));
      assertArrayEquals(values, apply(function, dtype, x, y));
      assertArrayEquals(values, evaluate(function.apply(X, Y), dtype, x, y));
    }
  }

  private static double[] apply(NamedFunction function, DType dtype, double[]... in) {
    Buffer result = Data.dirty(dtype, in[0].length);
    Data.BACKEND.apply(function, operands(dtype, in), result);
    return Data.values(result);
  }

  private static double[] evaluate(Expr expression, DType dtype, double[]... in) {
    Buffer result = Data.dirty(dtype, in[0].length);
    Data.BACKEND.evaluate(expression, operands(dtype, in), result);
    return Data.values(result);
  }

  private static List<Operand> operands(DType dtype, double[]... in) {
    List<Operand> operands = new ArrayList<>();
    for (double[] values : in) {
      operands.add(Data.full(Data.buffer(dtype, values)));
    }
    return operands;
  }
}
