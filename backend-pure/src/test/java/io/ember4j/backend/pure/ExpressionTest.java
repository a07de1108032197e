package io.ember4j.backend.pure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ember4j.DType;
import io.ember4j.expr.Expr;
import io.ember4j.expr.NamedFunction;
import io.ember4j.spi.Buffer;
import io.ember4j.spi.Operand;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whole expressions: length, sharing, memory, threads. */
class ExpressionTest {
  private static final Expr X = Expr.input(0);

  @ParameterizedTest
  @EnumSource
  void aBareInputOrConstantIsCopied(DType dtype) {
    double[] x = Data.random(1000, 1);
    assertArrayEquals(x, evaluate(X, dtype, x));
    assertArrayEquals(
        new double[] {dtype.round(0.1), dtype.round(0.1)},
        evaluate(Expr.constant(0.1), dtype, new double[2]));
  }

  @ParameterizedTest
  @EnumSource
  void aChainOfAHundredThousandNodesEvaluates(DType dtype) {
    Expr chain = X;
    for (int i = 0; i < 50_000; i++) {
      // Distinct constants: each is a node of its own.
      chain = chain.plus(i % 2 == 0 ? i : -(i - 1));
    }
    double[] x = {1, 2, -3};
    assertArrayEquals(x, evaluate(chain, dtype, x));
    Program program = Compiler.compile(chain, 1, dtype, new Kernels());
    assertTrue(program.registers() < 100, "registers: " + program.registers());
  }

  @ParameterizedTest
  @EnumSource
  void aSharedNodeIsComputedOnceAndKeptUntilItsLastUse(DType dtype) {
    Expr shared = X.abs();
    Expr sum = shared;
    for (int i = 0; i < 200; i++) {
      sum = sum.plus(shared).times(shared.times(0).plus(1)).plus(shared.minus(shared));
    }
    double[] x = Data.random(1000, 1);
    double[] expected = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      double total = Math.abs(x[i]);
      for (int j = 0; j < 200; j++) {
        total = dtype.round(total + Math.abs(x[i]));
      }
      expected[i] = total;
    }
    assertArrayEquals(expected, evaluate(sum, dtype, x));
  }

  @ParameterizedTest
  @EnumSource
  void everyPrimitiveInAnExpressionIsRounded(DType dtype) {
    double[] x = Data.random(1000, 1);
    double[] expected = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      double square = dtype.round(x[i] * x[i]);
      expected[i] = dtype.round(square - dtype.round(dtype.round(0.1) * square));
    }
    Expr square = X.times(X);
    assertArrayEquals(expected, evaluate(square.minus(square.times(0.1)), dtype, x));
  }

  @ParameterizedTest
  @EnumSource
  void expressionsThatDifferInTheirNumbersShareAKernel(DType dtype) {
    Kernels kernels = new Kernels();
    Program first = Compiler.compile(X.times(0.3).plus(X.exp()), 1, dtype, kernels);
    Program second = Compiler.compile(X.times(0.7).plus(X.exp()), 1, dtype, kernels);
    Program other = Compiler.compile(X.times(0.7).minus(X.exp()), 1, dtype, kernels);
    assertSame(lastKernel(first), lastKernel(second));
    assertNotSame(lastKernel(first), lastKernel(other));
    double[] x = {0};
    for (int i = 1; i < 100; i++) {
      double number = dtype.round(0.1 * i);
      assertEquals(number, evaluate(X.plus(number), dtype, x)[0]);
    }
  }

  private static Kernel lastKernel(Program program) {
    return ((Program.Fused) program.stages().get(program.stages().size() - 1)).kernel();
  }

  @ParameterizedTest
  @EnumSource
  void everyChoiceOfOperandsThatAreOneNumberIsRight(DType dtype) {
    Expr sum = X.times(3);
    for (int k = 1; k < 6; k++) {
      sum = sum.plus(Expr.input(k));
    }
    int n = 128;
    for (int mask = 0; mask < 64; mask++) {
      List<Operand> operands = new ArrayList<>();
      double[] expected = new double[n];
      for (int k = 0; k < 6; k++) {
        boolean isOne = (mask >> k & 1) != 0;
        double[] values = new double[isOne ? 1 : n];
        Arrays.setAll(values, i -> i + 1);
        operands.add(new Operand.View(Data.buffer(dtype, values), 1));
        int factor = k == 0 ? 3 : 1;
        Arrays.setAll(expected, i -> expected[i] + factor * (isOne ? 1 : i + 1));
      }
      Buffer result = Data.dirty(dtype, n);
      Data.BACKEND.evaluate(sum, operands, result);
      assertArrayEquals(expected, Data.values(result), "mask " + mask);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aHundredNumbersInOneExpressionAreAllUsed(DType dtype) {
    Expr sum = X;
    double expected = 1;
    for (int i = 0; i < 100; i++) {
      sum = sum.plus(3 + 4 * i);
      expected += 3 + 4 * i;
    }
    assertEquals(expected, evaluate(sum, dtype, new double[] {1})[0]);
  }

  @Test
  void inputsThatAreNotReadMayBeThere() {
    Expr expression = Expr.input(2).plus(1);
    Buffer result = Data.dirty(DType.FLOAT32, 20);
    Operand x = Data.full(Data.buffer(DType.FLOAT32, Data.random(20, 1)));
    Operand y = Data.full(Data.buffer(DType.FLOAT32, new double[20]));
    Data.BACKEND.evaluate(expression, List.of(x, x, y, x), result);
    assertEquals(1, Data.values(result)[19]);
  }

  @Test
  void anEvaluatedExpressionCanBeCollected() throws InterruptedException {
    WeakReference<Expr> expression = evaluated();
    for (int i = 0; i < 100 && expression.get() != null; i++) {
      System.gc();
      Thread.sleep(10);
    }
    assertEquals(null, expression.get());
  }

  private static WeakReference<Expr> evaluated() {
    NamedFunction function = NamedFunction.of("f", List.of("x"), X.plus(0.123456));
    Expr expression = function.apply(X.times(0.654321));
    evaluate(expression, DType.FLOAT32, new double[2]);
    evaluate(expression, DType.FLOAT64, new double[2]);
    return new WeakReference<>(expression);
  }

  @ParameterizedTest
  @EnumSource
  void eightThreadsGetTheSameBits(DType dtype) throws Exception {
    NamedFunction function = NamedFunction.of("g", List.of("x"), X.tanh().plus(X.sigmoid()));
    Expr expression = function.apply(X).times(X.exp()).minus(X.dividedBy(3));
    double[] x = Data.random(20_000, 1);
    Callable<double[]> task =
        () -> {
          double[] last = null;
          for (int i = 0; i < 10; i++) {
            last = evaluate(expression, dtype, x);
          }
          return last;
        };
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<double[]>> results = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        results.add(threads.submit(task));
      }
      double[] expected = evaluate(expression, dtype, x);
      for (Future<double[]> result : results) {
        assertTrue(Arrays.equals(expected, result.get()));
      }
    } finally {
      threads.shutdown();
    }
  }

  private static double[] evaluate(Expr expression, DType dtype, double[] x) {
    assertTrue(Data.BACKEND.fuses(expression, dtype));
    Buffer result = Data.dirty(dtype, x.length);
    Data.BACKEND.evaluate(expression, List.of(Data.full(Data.buffer(dtype, x))), result);
    return Data.values(result);
  }
}
