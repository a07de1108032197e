package io.ember4j.backend.jblas;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ember4j.DType;
import io.ember4j.spi.Buffer;
import io.ember4j.spi.MatmulSpec;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Both matrix products, the native one where it loads, against three plain loops. */
class MatmulTest {
  private static final boolean[] BOTH = {false, true};
  private static final NativeLibrary LIBRARY = NativeLibrary.probe();

  static Stream<Arguments> gemms() {
    return Stream.of("java", "native")
        .flatMap(gemm -> Stream.of(DType.values()).map(dtype -> Arguments.of(gemm, dtype)));
  }

  private static JblasBackend backend(String gemm) {
    if (gemm.equals("java")) {
      return new JblasBackend(new JavaGemm(), List.of());
    }
    assumeTrue(LIBRARY.works(), LIBRARY.note());
    return new JblasBackend(new NativeGemm(), List.of());
  }

  @ParameterizedTest
  @MethodSource("gemms")
  void everyTransposeAndOddSizes(String gemm, DType dtype) {
    int[][] sizes = {
      {1, 1, 1},
      {1, 7, 3},
      {7, 1, 3},
      {5, 3, 1},
      {2, 3, 4},
      {15, 17, 16},
      {33, 31, 67},
      {3, 600, 5},
      {64, 64, 64},
      {70, 65, 130}
    };
    for (int[] size : sizes) {
      for (boolean transposeA : BOTH) {
        for (boolean transposeB : BOTH) {
          check(gemm, dtype, 1, size[0], size[1], size[2], transposeA, transposeB, true, true);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("gemms")
  void batchesWithOwnAndSharedMatrices(String gemm, DType dtype) {
    for (boolean transposeA : BOTH) {
      for (boolean transposeB : BOTH) {
        for (boolean ownA : BOTH) {
          for (boolean ownB : BOTH) {
            check(gemm, dtype, 5, 3, 4, 7, transposeA, transposeB, ownA, ownB);
            check(gemm, dtype, 3, 1, 1, 1, transposeA, transposeB, ownA, ownB);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("gemms")
  void bothOperandsMayBeTheSameBuffer(String gemm, DType dtype) {
    JblasBackend backend = backend(gemm);
    Buffer x = Numbers.buffer(backend, dtype, 1, 2, 3, 4);
    Buffer result = Numbers.garbage(backend, dtype, 4);
    backend.matmul(new MatmulSpec(1, 2, 2, 2, false, true, 4, 4), x, x, result);
    Numbers.assertSame(
        new double[] {5, 11, 11, 25}, Numbers.values(backend, result), "x times x transposed");
  }

  @ParameterizedTest
  @MethodSource("gemms")
  void zeroTimesInfinityIsNanInItsRowOnly(String gemm, DType dtype) {
    JblasBackend backend = backend(gemm);
    for (int n : new int[] {1, 2, 17, 64}) {
      double[] a = Numbers.random(dtype, 2 * n, 1);
      double[] b = new double[n * n];
      a[n - 1] = Double.POSITIVE_INFINITY;
      Buffer result = Numbers.garbage(backend, dtype, 2 * n);
      backend.matmul(
          new MatmulSpec(1, 2, n, n, false, false, 2L * n, (long) n * n),
          Numbers.buffer(backend, dtype, a),
          Numbers.buffer(backend, dtype, b),
          result);
      double[] values = Numbers.values(backend, result);
      for (int i = 0; i < n; i++) {
        double[] column = {values[i], Math.abs(values[n + i])};
        Numbers.assertSame(new double[] {Double.NaN, 0}, column, "column " + i + " of " + n);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("gemms")
  void sameProductTwiceGivesTheSameBits(String gemm, DType dtype) {
    JblasBackend backend = backend(gemm);
    MatmulSpec spec = new MatmulSpec(1, 90, 70, 200, false, false, 18_000, 14_000);
    Buffer a = Numbers.buffer(backend, dtype, Numbers.random(dtype, 18_000, 1));
    Buffer b = Numbers.buffer(backend, dtype, Numbers.random(dtype, 14_000, 2));
    Buffer first = Numbers.garbage(backend, dtype, 6_300);
    Buffer second = Numbers.buffer(backend, dtype, new double[6_300]);
    backend.matmul(spec, a, b, first);
    backend.matmul(spec, a, b, second);
    Numbers.assertSame(
        Numbers.values(backend, first), Numbers.values(backend, second), "second product");
  }

  private static void check(
      String gemm,
      DType dtype,
      int batch,
      int m,
      int n,
      int k,
      boolean transposeA,
      boolean transposeB,
      boolean ownA,
      boolean ownB) {
    JblasBackend backend = backend(gemm);
    MatmulSpec spec =
        new MatmulSpec(batch, m, n, k, transposeA, transposeB, ownA ? m * k : 0, ownB ? k * n : 0);
    double[] a = Numbers.random(dtype, m * k * (ownA ? batch : 1), m);
    double[] b = Numbers.random(dtype, k * n * (ownB ? batch : 1), n + 100);
    double[] expected = new double[batch * m * n];
    for (int i = 0; i < expected.length; i++) {
      int product = i / (m * n);
      int row = i / n % m;
      int column = i % n;
      for (int p = 0; p < k; p++) {
        int atA = transposeA ? p * m + row : row * k + p;
        int atB = transposeB ? column * k + p : p * n + column;
        expected[i] +=
            a[product * (int) spec.strideA() + atA] * b[product * (int) spec.strideB() + atB];
      }
    }
    Buffer left = Numbers.buffer(backend, dtype, a);
    Buffer right = Numbers.buffer(backend, dtype, b);
    Buffer result = Numbers.garbage(backend, dtype, expected.length);
    backend.matmul(spec, left, right, result);
    double unit = dtype == DType.FLOAT32 ? 0x1p-24 : 0x1p-53;
    Numbers.assertClose(
        expected, Numbers.values(backend, result), 2 * (k + 1) * unit, gemm + " " + spec);
    Numbers.assertSame(a, Numbers.values(backend, left), "left operand");
    Numbers.assertSame(b, Numbers.values(backend, right), "right operand");
  }
}
