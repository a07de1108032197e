package io.ember4j.backend.nd4j;

import static io.ember4j.backend.nd4j.Fixture.BACKEND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ember4j.DType;
import io.ember4j.expr.Functions;
import io.ember4j.expr.NamedFunction;
import io.ember4j.spi.Buffer;
import io.ember4j.spi.Operand;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The functions that the backend claims, over the whole float32 range and samples of float64. */
class Nd4jFunctionsTest {
  private static final double[] SPECIAL = {
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    0.0,
    -0.0,
    1,
    -1,
    1e-8,
    -1e-8,
    1e-40,
    0x1p-26,
    -0x1p-26,
    0x1p-13,
    14,
    -14,
    30,
    -30,
    88.7,
    -88.72,
    -100,
    -103.9,
    -104,
    89,
    1e30,
    -1e30
  };

  @Test
  void claimsOnlyWhatIsAccurate() {
    for (NamedFunction function : Functions.ALL) {
      boolean narrow = BACKEND.supports(function, DType.FLOAT32);
      assertEquals(function != Functions.LOG1PEXP, narrow, function.name());
      boolean wide = BACKEND.supports(function, DType.FLOAT64);
      assertEquals(function == Functions.ERF || function == Functions.ERFC, wide, function.name());
    }
    NamedFunction namesake = NamedFunction.of("erf", Math::sin);
    assertFalse(BACKEND.supports(namesake, DType.FLOAT64));
  }

  @Test
  void staysWithinAnUlpInFloat32() {
    for (NamedFunction function : Functions.ALL) {
      if (BACKEND.supports(function, DType.FLOAT32)) {
        float[] values = new float[100_000];
        for (int i = 0; i < values.length; i++) {
          // Every sign and exponent, so all magnitudes; a step that is prime to 2^32.
          values[i] = Float.intBitsToFloat((int) (i * 42_949L));
        }
        double[] wide = new double[values.length];
        java.util.Arrays.setAll(wide, i -> values[i]);
        check(function, DType.FLOAT32, wide, 1);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(DType.class)
  void handlesSpecialValues(DType dtype) {
    for (NamedFunction function : Functions.ALL) {
      if (BACKEND.supports(function, dtype)) {
        check(function, dtype, SPECIAL, dtype == DType.FLOAT32 ? 1 : 4);
        for (double value : SPECIAL) {
          Buffer result = Fixture.dirty(dtype, 3);
          double x = dtype.round(value);
          BACKEND.apply(function, List.of(new Operand.Constant(x)), result);
          double expected = function.routine().orElseThrow().applyAsDouble(x);
          for (double actual : Fixture.values(result)) {
            assertTrue(Fixture.ulps(dtype, expected, actual) <= 4, function + " of " + x);
          }
        }
      }
    }
  }

  @Test
  void staysWithinFourUlpInFloat64() {
    double[] values = new Random(5).doubles(100_000, -27, 27).toArray();
    check(Functions.ERF, DType.FLOAT64, values, 4);
    check(Functions.ERFC, DType.FLOAT64, values, 4);
  }

  @ParameterizedTest
  @EnumSource(DType.class)
  void repeatsAndOverwrites(DType dtype) {
    double[] values = {-0.5, 1, 2};
    Buffer row = Fixture.buffer(dtype, values);
    Buffer result = Fixture.dirty(dtype, 12);
    BACKEND.apply(Functions.ERF, List.of(new Operand.View(row, 2)), result);
    Buffer inPlace = Fixture.buffer(dtype, values);
    BACKEND.apply(Functions.ERF, List.of(new Operand.View(inPlace, 1)), inPlace);
    double[] repeated = Fixture.values(result);
    for (int i = 0; i < repeated.length; i++) {
      assertEquals(Fixture.values(inPlace)[i / 2 % 3], repeated[i]);
    }
  }

  @ParameterizedTest
  @EnumSource(DType.class)
  void givesTheSameWhereverAnElementStands(DType dtype) {
    int size = (int) (2 * Blocks.SIZE + 17);
    double[] values = new double[size];
    java.util.Arrays.fill(values, 0.3);
    Buffer result = Fixture.dirty(dtype, size);
    BACKEND.apply(
        io.ember4j.expr.Primitive.TANH,
        List.of(new Operand.View(Fixture.buffer(dtype, values), 1)),
        result);
    double[] actual = Fixture.values(result);
    for (double value : actual) {
      assertEquals(actual[0], value);
    }
  }

  private static void check(NamedFunction function, DType dtype, double[] values, double allowed) {
    Buffer x = Fixture.buffer(dtype, values);
    Buffer result = Fixture.dirty(dtype, values.length);
    BACKEND.apply(function, List.of(new Operand.View(x, 1)), result);
    DoubleUnaryOperator truth = function.routine().orElseThrow();
    double[] arguments = Fixture.values(x);
    double[] actual = Fixture.values(result);
    for (int i = 0; i < actual.length; i++) {
      double expected = truth.applyAsDouble(arguments[i]);
      double ulps = Fixture.ulps(dtype, expected, actual[i]);
      String what = function.name() + "(" + arguments[i] + ") = " + actual[i] + ", not " + expected;
      assertTrue(ulps <= allowed, what);
    }
  }
}
