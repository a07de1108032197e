package io.ember4j.backend.jblas;

import static io.ember4j.backend.jblas.Numbers.SPECIAL;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ember4j.DType;
import io.ember4j.expr.Primitive;
import io.ember4j.spi.Buffer;
import io.ember4j.spi.Operand;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every primitive computes what {@link Primitive#evaluate} says, however its operands are read. */
class PrimitiveTest {
  private static final int[] SIZES = {1, 2, 15, 16, 17, 67, 1000, 4098};

  private final JblasBackend backend = Numbers.backend();

  static Stream<Arguments> primitives() {
    return Arrays.stream(Primitive.values())
        .flatMap(p -> Arrays.stream(DType.values()).map(dtype -> Arguments.of(p, dtype)));
  }

  @ParameterizedTest
  @MethodSource("primitives")
  void specialValuesInEveryCombination(Primitive primitive, DType dtype) {
    int n = SPECIAL.length;
    int size = n * n * 2;
    double[] a = new double[size];
    double[] b = new double[size];
    double[] c = new double[size];
    for (int i = 0; i < size; i++) {
      a[i] = SPECIAL[i % n];
      b[i] = SPECIAL[i / n % n];
      c[i] = i;
    }
    if (primitive == Primitive.SELECT) {
      Arrays.setAll(c, i -> SPECIAL[i / 2 % n]);
      Arrays.setAll(a, i -> i % 2);
    }
    check(primitive, dtype, size, view(dtype, 1, a), view(dtype, 1, b), view(dtype, 1, c));
    for (double value : SPECIAL) {
      Operand number = new Operand.Constant(dtype.round(value));
      check(primitive, dtype, size, view(dtype, 1, a), number, view(dtype, 1, c));
      if (primitive != Primitive.SELECT) {
        check(primitive, dtype, size, number, view(dtype, 1, b), number);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("primitives")
  void sizesAtTheEdgesOfVectors(Primitive primitive, DType dtype) {
    for (int size : SIZES) {
      check(
          primitive,
          dtype,
          size,
          view(dtype, 1, Numbers.random(dtype, size, 1)),
          view(dtype, 1, Numbers.random(dtype, size, 2)),
          view(dtype, 1, Numbers.random(dtype, size, 3)));
    }
  }

  @ParameterizedTest
  @MethodSource("primitives")
  void everyPatternInEveryPosition(Primitive primitive, DType dtype) {
    int size = 60;
    List<Operand> operands = new ArrayList<>();
    operands.add(new Operand.Constant(0));
    operands.add(new Operand.Constant(dtype.round(0.7)));
    for (int[] pattern : new int[][] {{60, 1}, {1, 60}, {1, 1}, {5, 1}, {5, 12}, {5, 4}, {60, 1}}) {
      double[] values = Numbers.random(dtype, pattern[0], pattern[0] + pattern[1]);
      for (int i = 0; i < values.length; i += 2) {
        values[i] = primitive == Primitive.SELECT ? 0 : values[i];
      }
      operands.add(view(dtype, pattern[1], values));
    }
    for (Operand a : operands) {
      for (Operand b : primitive.arity() > 1 ? operands : operands.subList(0, 1)) {
        for (Operand c : primitive.arity() > 2 ? operands : operands.subList(0, 1)) {
          check(primitive, dtype, size, a, b, c);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("primitives")
  void resultMayBeAnOperand(Primitive primitive, DType dtype) {
    int size = 68;
    List<Operand> others = new ArrayList<>();
    others.add(new Operand.Constant(0.5));
    for (int[] pattern : new int[][] {{size, 1}, {1, size}, {17, 1}, {17, 2}}) {
      others.add(view(dtype, pattern[1], Numbers.random(dtype, pattern[0], pattern[1])));
    }
    for (int position = 0; position < primitive.arity(); position++) {
      for (Operand other : others) {
        Operand[] operands = {other, other, other};
        Buffer target = Numbers.buffer(backend, dtype, Numbers.random(dtype, size, 9));
        operands[position] = new Operand.View(target, 1);
        check(primitive, dtype, size, target, operands);
      }
    }
    Buffer same = Numbers.buffer(backend, dtype, Numbers.random(dtype, size, 9));
    Operand full = new Operand.View(same, 1);
    check(primitive, dtype, size, same, full, full, full);
  }

  @ParameterizedTest
  @MethodSource("primitives")
  void operandsStayAsTheyAre(Primitive primitive, DType dtype) {
    double[] values = Numbers.random(dtype, 12, 5);
    double[] pattern = Numbers.random(dtype, 3, 6);
    Buffer full = Numbers.buffer(backend, dtype, values);
    Buffer part = Numbers.buffer(backend, dtype, pattern);
    List<Operand> operands =
        List.of(new Operand.View(full, 1), new Operand.View(part, 2), new Operand.View(full, 1));
    Buffer result = Numbers.garbage(backend, dtype, 12);
    backend.apply(primitive, operands.subList(0, primitive.arity()), result);
    Numbers.assertSame(values, Numbers.values(backend, full), "full operand");
    Numbers.assertSame(pattern, Numbers.values(backend, part), "pattern");
    assertEquals(12, result.size());
  }

  private Operand view(DType dtype, int repeat, double... values) {
    return new Operand.View(Numbers.buffer(backend, dtype, values), repeat);
  }

  private void check(Primitive primitive, DType dtype, int size, Operand... operands) {
    check(primitive, dtype, size, Numbers.garbage(backend, dtype, size), operands);
  }

  private void check(
      Primitive primitive, DType dtype, int size, Buffer result, Operand... operands) {
    double[] a = read(operands[0], size);
    double[] b = read(operands[1], size);
    double[] c = read(operands[2], size);
    backend.apply(primitive, List.of(operands).subList(0, primitive.arity()), result);
    double[] actual = Numbers.values(backend, result);
    double[] expected = new double[size];
    for (int i = 0; i < size; i++) {
      expected[i] = dtype.round(primitive.evaluate(a[i], b[i], c[i]));
      boolean anyZero = primitive == Primitive.MAX || primitive == Primitive.MIN;
      if (anyZero && expected[i] == 0 && actual[i] == 0) {
        expected[i] = actual[i];
      }
    }
    Numbers.assertSame(expected, actual, primitive + " " + dtype);
  }

  /** Returns the elements of an operand by the definition of a view. */
  private double[] read(Operand operand, int size) {
    double[] values = new double[size];
    if (operand instanceof Operand.Constant constant) {
      Arrays.fill(values, constant.value());
    } else if (operand instanceof Operand.View view) {
      double[] elements = Numbers.values(backend, view.buffer());
      Arrays.setAll(values, i -> elements[(int) (i / view.repeat() % elements.length)]);
    }
    return values;
  }
}
