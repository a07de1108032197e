package io.ember4j.backend.pure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.ember4j.DType;
import io.ember4j.expr.Expr;
import io.ember4j.expr.Functions;
import io.ember4j.spi.Buffer;
import io.ember4j.spi.Epilogue;
import io.ember4j.spi.MatmulSpec;
import io.ember4j.spi.Operand;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Matrix products: each element one chain of fused multiply-adds in the order of k. */
class MatmulTest {
  @ParameterizedTest
  @CsvSource({
    "1, 1, 1",
    "1, 1, 300",
    "1, 600, 70",
    "5, 1, 9",
    "7, 16, 15",
    "17, 67, 66",
    "129, 33, 65",
    "130, 513, 5",
    "3, 1030, 130"
  })
  void equalsTheChainOfFusedMultiplyAdds(int m, int n, int k) {
    for (DType dtype : DType.values()) {
      for (int layout = 0; layout < 4; layout++) {
        boolean transposeA = (layout & 1) != 0;
        boolean transposeB = (layout & 2) != 0;
        check(dtype, new MatmulSpec(1, m, n, k, transposeA, transposeB, (long) m * k, 0));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void everyProductOfABatchReadsItsOwnMatrices(int batch) {
    int m = 70;
    int n = 19;
    int k = 67;
    for (DType dtype : DType.values()) {
      for (int layout = 0; layout < 16; layout++) {
        int strideA = (layout & 4) != 0 ? m * k : 0;
        int strideB = (layout & 8) != 0 ? k * n : 0;
        boolean transposeA = (layout & 1) != 0;
        boolean transposeB = (layout & 2) != 0;
        check(dtype, new MatmulSpec(batch, m, n, k, transposeA, transposeB, strideA, strideB));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void nanAndInfinityPassThrough(DType dtype) {
    MatmulSpec spec = new MatmulSpec(1, 2, 2, 2, false, false, 0, 0);
    Buffer a = Data.buffer(dtype, 1, 0, 0, 1);
    Buffer b = Data.buffer(dtype, Double.NaN, 2, 3, Double.POSITIVE_INFINITY);
    Buffer result = Data.dirty(dtype, 4);
    Data.BACKEND.matmul(spec, a, b, result);
    // 0 times infinity is NaN: no zero is skipped.
    double[] expected = {Double.NaN, Double.NaN, Double.NaN, Double.POSITIVE_INFINITY};
    assertArrayEquals(expected, Data.values(result));
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 1, 1", "2, 1, 1, 1", "2, 1, 10, 30", "2, 300, 7, 40", "2, 130, 600, 70"})
  void anEpilogueEqualsItsExpressionOverTheProduct(int batch, int m, int n, int k) {
    Expr product = Expr.input(0);
    Expr biased = product.plus(Expr.input(1));
    List<Expr> epilogues =
        List.of(
            product,
            Expr.constant(3),
            biased.times(Functions.SIGMOID.apply(biased)).dividedBy(Expr.input(2)));
    for (DType dtype : DType.values()) {
      MatmulSpec spec = new MatmulSpec(batch, m, n, k, false, true, (long) m * k, (long) n * k);
      Buffer a = Data.buffer(dtype, Data.random(batch * m * k, 1));
      Buffer b = Data.buffer(dtype, Data.random(batch * k * n, 2));
      Operand row = new Operand.View(Data.buffer(dtype, Data.random(n, 3)), 1);
      Operand column = new Operand.View(Data.buffer(dtype, Data.random(batch * m, 4)), n);
      Buffer plain = Data.dirty(dtype, batch * m * n);
      Data.BACKEND.matmul(spec, a, b, plain);
      for (Expr expression : epilogues) {
        Buffer expected = Data.dirty(dtype, batch * m * n);
        Data.BACKEND.evaluate(expression, List.of(Data.full(plain), row, column), expected);
        Buffer fused = Data.dirty(dtype, batch * m * n);
        Epilogue epilogue = new Epilogue(expression, List.of(Data.full(fused), row, column));
        Data.BACKEND.matmul(spec, a, b, epilogue, fused);
        assertArrayEquals(Data.values(expected), Data.values(fused));
      }
    }
  }

  private static void check(DType dtype, MatmulSpec spec) {
    double[] a = thirds(dtype, Data.random((int) (spec.batch() * spec.m() * spec.k()), 1));
    double[] b = thirds(dtype, Data.random((int) (spec.batch() * spec.k() * spec.n()), 2));
    Buffer result = Data.dirty(dtype, (int) spec.resultSize());
    Data.BACKEND.matmul(spec, Data.buffer(dtype, a), Data.buffer(dtype, b), result);
    assertArrayEquals(chains(dtype, spec, a, b), Data.values(result), spec.toString());
  }

  /** Returns what every way to compute the product must give. */
  static double[] chains(DType dtype, MatmulSpec spec, double[] a, double[] b) {
    int m = (int) spec.m();
    int n = (int) spec.n();
    int k = (int) spec.k();
    double[] expected = new double[(int) spec.resultSize()];
    for (int i = 0; i < expected.length; i++) {
      int product = i / (m * n);
      int row = i / n % m;
      int column = i % n;
      int atA = product * (int) spec.strideA() + (spec.transposeA() ? row : row * k);
      int stepA = spec.transposeA() ? m : 1;
      int atB = product * (int) spec.strideB() + (spec.transposeB() ? column * k : column);
      int stepB = spec.transposeB() ? 1 : n;
      double c = 0;
      for (int p = 0; p < k; p++) {
        double x = a[atA + p * stepA];
        double y = b[atB + p * stepB];
        c = dtype == DType.FLOAT32 ? Math.fma((float) x, (float) y, (float) c) : Math.fma(x, y, c);
      }
      expected[i] = c;
    }
    return expected;
  }

  /** Fills the digits of the dtype, so that products must be rounded. */
  static double[] thirds(DType dtype, double[] x) {
    for (int i = 0; i < x.length; i++) {
      x[i] = dtype.round(x[i] / 3);
    }
    return x;
  }
}
