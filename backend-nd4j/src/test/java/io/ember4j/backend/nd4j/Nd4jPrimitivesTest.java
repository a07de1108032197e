package io.ember4j.backend.nd4j;

import static io.ember4j.backend.nd4j.Fixture.BACKEND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ember4j.DType;
import io.ember4j.expr.Primitive;
import io.ember4j.spi.Buffer;
import io.ember4j.spi.Operand;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every primitive, at special values, in every pattern of operands. */
class Nd4jPrimitivesTest {
  private static final double NAN = Double.NaN;
  private static final double INF = Double.POSITIVE_INFINITY;

  /** Both zeros, subnormals of both dtypes, the extremes, and ordinary values. */
  private static final double[] SPECIAL = {
    NAN,
    INF,
    -INF,
    0.0,
    -0.0,
    1,
    -1,
    3,
    -7,
    0.1,
    -0.3,
    1e-30,
    1e-310,
    -1e-310,
    4.9e-324,
    1e-40,
    -1e-40,
    1.4e-45,
    Double.MIN_NORMAL,
    Double.MAX_VALUE,
    -Double.MAX_VALUE,
    Float.MAX_VALUE,
    Float.MIN_NORMAL,
    1e30,
    20,
    -20,
    88,
    100,
    -100,
    700,
    -745,
    1e-8,
    -1e-8,
    1e-4,
    0x1p-13,
    2.5
  };

  private static final Set<Primitive> EXACT_SIGN_OF_ZERO_NOT_GIVEN =
      Set.of(Primitive.MAX, Primitive.MIN);

  static Stream<Arguments> cases() {
    return Stream.of(DType.values())
        .flatMap(d -> Stream.of(Primitive.values()).map(p -> Arguments.of(p, d)));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void meetsTheDefinitionForAllTriplesOfSpecialValues(Primitive primitive, DType dtype) {
    double[][] args = triples(primitive.arity());
    List<Operand> operands = new ArrayList<>();
    for (int i = 0; i < primitive.arity(); i++) {
      operands.add(new Operand.View(Fixture.buffer(dtype, args[i]), 1));
    }
    Buffer result = Fixture.dirty(dtype, args[0].length);
    BACKEND.apply(primitive, operands, result);
    check(primitive, dtype, operands, result);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void readsEveryMixOfPatterns(Primitive primitive, DType dtype) {
    for (int size : sizes(primitive)) {
      List<Operand> patterns = patterns(dtype, size);
      for (Operand a : patterns) {
        for (Operand b : primitive.arity() > 1 ? patterns : patterns.subList(0, 1)) {
          for (Operand c : primitive.arity() > 2 ? patterns : patterns.subList(0, 1)) {
            List<Operand> operands = List.of(a, b, c).subList(0, primitive.arity());
            Buffer result = Fixture.dirty(dtype, size);
            BACKEND.apply(primitive, operands, result);
            check(primitive, dtype, operands, result);
            BACKEND.release(result);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void mayOverwriteAnyOperandThatIsFull(Primitive primitive, DType dtype) {
    for (int size : sizes(primitive)) {
      for (int overwritten = 0; overwritten < primitive.arity(); overwritten++) {
        for (Operand other : patterns(dtype, size)) {
          List<Operand> operands = new ArrayList<>();
          List<Operand> unchanged = new ArrayList<>();
          Buffer result = Fixture.buffer(dtype, sample(size, 5));
          Buffer copy = Fixture.buffer(dtype, sample(size, 5));
          for (int i = 0; i < primitive.arity(); i++) {
            operands.add(i == overwritten ? new Operand.View(result, 1) : other);
            unchanged.add(i == overwritten ? new Operand.View(copy, 1) : other);
          }
          BACKEND.apply(primitive, operands, result);
          check(primitive, dtype, unchanged, result);
        }
      }
      Buffer all = Fixture.buffer(dtype, sample(size, 3));
      Buffer copy = Fixture.buffer(dtype, sample(size, 3));
      BACKEND.apply(primitive, repeated(new Operand.View(all, 1), primitive.arity()), all);
      check(primitive, dtype, repeated(new Operand.View(copy, 1), primitive.arity()), all);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void takesConstantsOnEitherSide(Primitive primitive, DType dtype) {
    Buffer buffer = Fixture.buffer(dtype, SPECIAL);
    for (int mask = 0; mask < 1 << primitive.arity(); mask++) {
      for (double value : SPECIAL) {
        List<Operand> operands = new ArrayList<>();
        for (int i = 0; i < primitive.arity(); i++) {
          boolean constant = (mask >> i & 1) == 1;
          operands.add(
              constant
                  ? new Operand.Constant(dtype.round(i == 2 ? -value : value))
                  : new Operand.View(buffer, 1));
        }
        Buffer result = Fixture.dirty(dtype, SPECIAL.length);
        BACKEND.apply(primitive, operands, result);
        check(primitive, dtype, operands, result);
        BACKEND.release(result);
      }
    }
  }

  private static int[] sizes(Primitive primitive) {
    return primitive.arity() < 3 ? new int[] {1, 12, 60, 960} : new int[] {1, 60};
  }

  private static List<Operand> repeated(Operand operand, int times) {
    return java.util.Collections.nCopies(times, operand);
  }

  /** A constant; full; one element; rows, columns and channels where the size allows. */
  private static List<Operand> patterns(DType dtype, int size) {
    List<Operand> patterns = new ArrayList<>();
    patterns.add(new Operand.Constant(dtype.round(-0.3)));
    patterns.add(new Operand.View(Fixture.buffer(dtype, sample(size, 0)), 1));
    patterns.add(new Operand.View(Fixture.buffer(dtype, NAN), size));
    patterns.add(new Operand.View(Fixture.buffer(dtype, sample(size, 11)), 1));
    if (size >= 12) {
      patterns.add(new Operand.View(Fixture.buffer(dtype, sample(4, 1)), 1));
      patterns.add(new Operand.View(Fixture.buffer(dtype, sample(4, 7)), size / 4));
      patterns.add(new Operand.View(Fixture.buffer(dtype, sample(4, 16)), 3));
    }
    return patterns;
  }

  private static double[] sample(int size, int start) {
    double[] values = new double[size];
    for (int i = 0; i < size; i++) {
      values[i] = SPECIAL[(start + i * 5) % SPECIAL.length];
    }
    return values;
  }

  private static double[][] triples(int arity) {
    int n = SPECIAL.length;
    int size = (int) Math.pow(n, arity);
    double[][] args = new double[arity][size];
    for (int i = 0; i < size; i++) {
      for (int j = 0, rest = i; j < arity; j++, rest /= n) {
        args[j][i] = SPECIAL[rest % n];
      }
    }
    return args;
  }

  private static void check(
      Primitive primitive, DType dtype, List<Operand> operands, Buffer result) {
    double[][] args = new double[3][];
    for (int i = 0; i < operands.size(); i++) {
      args[i] = elements(operands.get(i), (int) result.size());
    }
    double[] actual = Fixture.values(result);
    for (int i = 0; i < actual.length; i++) {
      double a = args[0][i];
      double b = args[1] == null ? 0 : args[1][i];
      double c = args[2] == null ? 0 : args[2][i];
      double expected = primitive.evaluate(a, b, c);
      String what = primitive + "(" + a + ", " + b + ", " + c + ") at " + i + " " + operands;
      if (expected == 0 && EXACT_SIGN_OF_ZERO_NOT_GIVEN.contains(primitive)) {
        assertEquals(0, Math.abs(actual[i]), 0.0, what);
      } else {
        double ulps = Fixture.ulps(dtype, expected, actual[i]);
        assertTrue(
            ulps <= allowed(primitive), () -> what + " off by " + ulps + " ULP: " + expected);
      }
    }
  }

  private static double allowed(Primitive primitive) {
    return switch (primitive) {
      case EXP, LOG -> 1;
      case TANH -> 3;
      // Rounding the double result once more gives what rounding the exact one does.
      case ADD, SUB, MUL, DIV, SQRT -> 0.5;
      default -> 0;
    };
  }

  private static double[] elements(Operand operand, int size) {
    double[] elements = new double[size];
    if (operand instanceof Operand.View view) {
      double[] values = Fixture.values(view.buffer());
      for (int i = 0; i < size; i++) {
        elements[i] = values[(int) (i / view.repeat() % values.length)];
      }
    } else {
      java.util.Arrays.fill(elements, ((Operand.Constant) operand).value());
    }
    return elements;
  }
}
