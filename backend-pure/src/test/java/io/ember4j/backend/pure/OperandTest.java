package io.ember4j.backend.pure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.ember4j.DType;
import io.ember4j.expr.Expr;
import io.ember4j.expr.NamedFunction;
import io.ember4j.expr.Primitive;
import io.ember4j.spi.Buffer;
import io.ember4j.spi.Operand;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** How operands are read, and that neither place nor aliasing changes a result. */
class OperandTest {
  private static final Expr X = Expr.input(0);
  private static final Expr Y = Expr.input(1);
  private static final NamedFunction CUBE_ROOT = NamedFunction.of("cube_root", StrictMath::cbrt);

  @ParameterizedTest
  @CsvSource({
    "1, 1, 1",
    "1, 1, 5000",
    "5000, 1, 1",
    "1, 5000, 1",
    "40, 3, 1",
    "700, 3, 7",
    "2, 3, 1000",
    "9, 513, 1",
    "9, 511, 2",
    "3, 600, 3",
    "1, 7, 512",
    "5, 1, 600"
  })
  void aViewRepeatsItsElementsAndThenItsPattern(int outer, int period, int repeat) {
    int size = outer * period * repeat;
    double[] x = Data.random(size, 1);
    double[] y = Data.random(period, 2);
    double[] expected = new double[size];
    for (int i = 0; i < size; i++) {
      expected[i] = (float) (x[i] - y[i / repeat % period]);
    }
    for (DType dtype : DType.values()) {
      Operand view = new Operand.View(Data.buffer(dtype, y), repeat);
      Buffer result = Data.dirty(dtype, size);
      Data.BACKEND.apply(Primitive.SUB, List.of(Data.full(Data.buffer(dtype, x)), view), result);
      if (dtype == DType.FLOAT64) {
        Arrays.setAll(expected, i -> x[i] - y[i / repeat % period]);
      }
      assertArrayEquals(expected, Data.values(result));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, 1",
    "1, 5000, 5000",
    "1, 300000, 700000",
    "5000, 1, 3",
    "700, 15, 45",
    "400, 16, 17",
    "90, 63, 130",
    "40, 64, 64",
    "3, 1500, 4000"
  })
  void aSliceReadsRunsAtEqualDistances(int runs, int run, int stride) {
    int size = runs * run;
    int offset = 3;
    double[] x = Data.random(size, 1);
    double[] y = Data.random(offset + runs * stride + 7, 2);
    double[] values = new double[size];
    for (DType dtype : DType.values()) {
      double[] expected = new double[size];
      for (int i = 0; i < size; i++) {
        values[i] = y[offset + i / run * stride + i % run];
        expected[i] = dtype.round(x[i] - values[i]);
      }
      Operand slice = new Operand.Slice(Data.buffer(dtype, y), offset, run, stride);
      Buffer result = Data.dirty(dtype, size);
      Data.BACKEND.evaluate(X.minus(Y), List.of(Data.full(Data.buffer(dtype, x)), slice), result);
      assertArrayEquals(expected, Data.values(result));
      // In stages, with a routine among them.
      Expr stages = CUBE_ROOT.apply(Y).plus(X);
      Buffer plain = Data.dirty(dtype, size);
      List<Operand> full =
          List.of(Data.full(Data.buffer(dtype, x)), Data.full(Data.buffer(dtype, values)));
      Data.BACKEND.evaluate(stages, full, plain);
      Data.BACKEND.evaluate(stages, List.of(full.get(0), slice), result);
      assertArrayEquals(Data.values(plain), Data.values(result));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aConstantStandsForEveryElement(DType dtype) {
    for (int size : Data.SIZES) {
      double[] x = Data.random(size, 1);
      Buffer result = Data.dirty(dtype, size);
      Data.BACKEND.apply(
          Primitive.MAX,
          List.of(new Operand.Constant(0.25), Data.full(Data.buffer(dtype, x))),
          result);
      assertArrayEquals(
          Arrays.stream(x).map(v -> Math.max(v, 0.25)).toArray(), Data.values(result));
    }
  }

  @ParameterizedTest
  @EnumSource
  void constantsAloneGiveAConstant(DType dtype) {
    Buffer result = Data.dirty(dtype, 1000);
    Data.BACKEND.apply(
        Primitive.ADD, List.of(new Operand.Constant(1), new Operand.Constant(2)), result);
    double[] expected = new double[1000];
    Arrays.fill(expected, 3);
    assertArrayEquals(expected, Data.values(result));
  }

  @ParameterizedTest
  @EnumSource
  void theResultMayBeAnyFullOperand(DType dtype) {
    NamedFunction shifted = NamedFunction.of("shifted", List.of("a", "b"), X.minus(Y).sigmoid());
    Expr expression = shifted.apply(X, Y).times(X).minus(Y.max(X)).plus(X);
    for (int size : Data.SIZES) {
      double[] x = Data.random(size, 1);
      double[] y = Data.random(size, 2);
      Buffer apart = Data.dirty(dtype, size);
      Data.BACKEND.evaluate(
          expression,
          List.of(Data.full(Data.buffer(dtype, x)), Data.full(Data.buffer(dtype, y))),
          apart);
      for (int target = 0; target < 2; target++) {
        Buffer[] in = {Data.buffer(dtype, x), Data.buffer(dtype, y)};
        Data.BACKEND.evaluate(expression, List.of(Data.full(in[0]), Data.full(in[1])), in[target]);
        assertArrayEquals(Data.values(apart), Data.values(in[target]));
      }
      Buffer both = Data.buffer(dtype, x);
      Data.BACKEND.apply(Primitive.ADD, List.of(Data.full(both), Data.full(both)), both);
      assertArrayEquals(Arrays.stream(x).map(v -> v + v).toArray(), Data.values(both));
    }
  }

  @ParameterizedTest
  @EnumSource
  void anElementsValueDoesNotDependOnWhereItStands(DType dtype) {
    Expr expression = X.tanh().times(X.exp()).plus(CUBE_ROOT.apply(X)).dividedBy(X.abs());
    int size = 1100;
    for (double value : new double[] {0.3, -2.7, 88.1, -0.0, Double.NaN}) {
      Buffer alone = Data.dirty(dtype, 1);
      Data.BACKEND.evaluate(expression, List.of(Data.full(Data.buffer(dtype, value))), alone);
      for (int place = 0; place < size; place += 13) {
        double[] x = Data.random(size, place);
        x[place] = value;
        Buffer result = Data.dirty(dtype, size);
        Data.BACKEND.evaluate(expression, List.of(Data.full(Data.buffer(dtype, x))), result);
        double[] element = {Data.values(result)[place]};
        assertArrayEquals(Data.values(alone), element);
      }
    }
  }

  /** Large arrays are begun at a cache line: no element is left out, and none is computed twice. */
  @ParameterizedTest
  @CsvSource({"FLOAT32, 131072", "FLOAT32, 140001", "FLOAT64, 65536", "FLOAT64, 70001"})
  void everyElementOfALargeArrayIsComputedOnce(DType dtype, int size) {
    Expr expression = X.times(3).plus(Y);
    double[] x = Data.random(size, 1);
    double[] y = Data.random(size, 2);
    double[] expected = new double[size];
    for (int i = 0; i < size; i++) {
      expected[i] = dtype.round(dtype.round(x[i] * 3) + y[i]);
    }
    Buffer added = Data.buffer(dtype, y);
    for (int i = 0; i < 50; i++) { // scalar code at first, then vectors
      Buffer apart = Data.dirty(dtype, size);
      Buffer inPlace = Data.buffer(dtype, x);
      Data.BACKEND.evaluate(expression, List.of(Data.full(inPlace), Data.full(added)), apart);
      assertArrayEquals(expected, Data.values(apart));
      Data.BACKEND.evaluate(expression, List.of(Data.full(inPlace), Data.full(added)), inPlace);
      assertArrayEquals(expected, Data.values(inPlace));
    }
  }
}
