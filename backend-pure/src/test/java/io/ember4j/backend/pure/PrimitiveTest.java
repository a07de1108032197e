package io.ember4j.backend.pure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ember4j.DType;
import io.ember4j.expr.Expr;
import io.ember4j.expr.Primitive;
import io.ember4j.spi.Buffer;
import io.ember4j.spi.Operand;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every primitive against its definition, rounded to the dtype; exp, log and tanh to 2 ULP. */
class PrimitiveTest {
  @ParameterizedTest
  @EnumSource
  void equalsItsDefinitionAtAllPairsOfSpecialValues(Primitive primitive) {
    int n = Data.SPECIAL.length;
    double[][] in = new double[3][n * n];
    for (int i = 0; i < n * n; i++) {
      in[0][i] = Data.SPECIAL[i / n];
      in[1][i] = Data.SPECIAL[i % n];
      in[2][i] = Data.SPECIAL[(i / n + i) % n];
    }
    check(primitive, DType.FLOAT32, in);
    check(primitive, DType.FLOAT64, in);
  }

  @ParameterizedTest
  @EnumSource
  void equalsItsDefinitionAtEverySize(Primitive primitive) {
    for (int size : Data.SIZES) {
      double[][] in = {Data.random(size, 1), Data.random(size, 2), Data.random(size, 3)};
      for (int i = 0; i < size; i += 2) {
        in[0][i] = primitive == Primitive.SELECT ? 0 : in[1][i];
      }
      check(primitive, DType.FLOAT32, in);
      check(primitive, DType.FLOAT64, in);
    }
  }

  /** A number in the expression is known when the loop is written, and may be treated apart. */
  @ParameterizedTest
  @EnumSource(names = {"MAX", "MIN"})
  void equalsItsDefinitionWithANumberOnEitherSide(Primitive primitive) {
    Expr x = Expr.input(0);
    for (DType dtype : DType.values()) {
      Operand operand = Data.full(Data.buffer(dtype, Data.SPECIAL));
      for (double number : Data.SPECIAL) {
        double[] expected = new double[Data.SPECIAL.length];
        for (int i = 0; i < expected.length; i++) {
          expected[i] =
              primitive.evaluate(dtype.round(Data.SPECIAL[i]), dtype.round(number), Double.NaN);
        }
        Expr constant = Expr.constant(number);
        for (Expr expression :
            List.of(Expr.apply(primitive, x, constant), Expr.apply(primitive, constant, x))) {
          Buffer result = Data.dirty(dtype, expected.length);
          Data.BACKEND.evaluate(expression, List.of(operand), result);
          assertArrayEquals(expected, Data.values(result), dtype + " " + expression);
        }
      }
    }
  }

  private static void check(Primitive primitive, DType dtype, double[][] in) {
    int size = in[0].length;
    double[] expected = new double[size];
    for (int i = 0; i < size; i++) {
      expected[i] =
          dtype.round(
              primitive.evaluate(
                  dtype.round(in[0][i]), dtype.round(in[1][i]), dtype.round(in[2][i])));
    }
    List<Operand> operands = new ArrayList<>();
    Expr[] inputs = new Expr[primitive.arity()];
    for (int i = 0; i < inputs.length; i++) {
      operands.add(Data.full(Data.buffer(dtype, in[i])));
      inputs[i] = Expr.input(i);
    }
    Buffer applied = Data.dirty(dtype, size);
    Data.BACKEND.apply(primitive, operands, applied);
    assertClose(primitive, dtype, expected, Data.values(applied));
    Buffer evaluated = Data.dirty(dtype, size);
    Data.BACKEND.evaluate(Expr.apply(primitive, inputs), operands, evaluated);
    assertArrayEquals(Data.values(applied), Data.values(evaluated));
  }

  /** Equal, but for what has no correctly rounded instruction. */
  private static void assertClose(
      Primitive primitive, DType dtype, double[] expected, double[] actual) {
    if (primitive != Primitive.EXP && primitive != Primitive.LOG && primitive != Primitive.TANH) {
      assertArrayEquals(expected, actual);
      return;
    }
    for (int i = 0; i < expected.length; i++) {
      double ulp = dtype == DType.FLOAT32 ? Math.ulp((float) expected[i]) : Math.ulp(expected[i]);
      if (Double.isNaN(ulp) || Double.isInfinite(ulp)) {
        assertEquals(expected[i], actual[i]);
      } else {
        assertEquals(expected[i], actual[i], 2 * ulp);
      }
    }
  }
}
