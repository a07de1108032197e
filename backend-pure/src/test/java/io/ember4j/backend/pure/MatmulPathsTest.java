package io.ember4j.backend.pure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ember4j.DType;
import io.ember4j.spi.MatmulSpec;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** All ways to compute a product give the same bits, with any number of threads. */
class MatmulPathsTest {
  private static final Workers[] WORKERS = {new Workers(1), new Workers(2), new Workers(3)};

  @ParameterizedTest
  @CsvSource({
    "1, 1, 1",
    "2, 2, 1",
    "1, 7, 8",
    "1, 8, 9",
    "1, 47, 255",
    "1, 300, 257",
    "1, 1100, 1000",
    "300, 1, 257",
    "1100, 1, 1000",
    "7, 47, 255",
    "8, 48, 256",
    "9, 49, 257",
    "16, 96, 512",
    "2, 130, 1030",
    "31, 150, 300",
    "32, 512, 100",
    "60, 128, 65",
    "64, 64, 64",
    "96, 192, 600",
    "100, 10, 300",
    "127, 23, 17",
    "128, 24, 16",
    "129, 25, 15",
    "256, 48, 255",
    "257, 49, 256",
    "255, 47, 257",
    "130, 1057, 9",
    "3, 2113, 300",
    "97, 60, 383",
    "130, 100, 384",
    "260, 70, 385",
    "104, 50, 511",
    "129, 100, 512",
    "260, 70, 513"
  })
  void givesTheBitsOfTheChain(int m, int n, int k) {
    for (DType dtype : DType.values()) {
      for (int layout = 0; layout < 4; layout++) {
        boolean transposeA = (layout & 1) != 0;
        boolean transposeB = (layout & 2) != 0;
        check(dtype, new MatmulSpec(1, m, n, k, transposeA, transposeB, (long) m * k, 0));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "2, 7, 9, 5",
    "3, 1, 49, 33",
    "3, 49, 1, 33",
    "4, 17, 100, 80",
    "4, 64, 64, 64",
    "5, 150, 60, 70",
    "13, 60, 50, 40"
  })
  void everyProductOfABatchReadsItsOwnMatrices(int batch, int m, int n, int k) {
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
  @CsvSource({"200, 130, 60", "3, 2113, 300", "1, 3000, 1000", "3000, 1, 1000", "40, 300, 300"})
  void whatFailsInTheEpilogueIsThrownAndHarmsNoOtherProduct(int m, int n, int k) {
    IllegalStateException failure = new IllegalStateException("epilogue");
    for (DType dtype : DType.values()) {
      for (int layout = 0; layout < 4; layout++) {
        MatmulSpec spec = new MatmulSpec(1, m, n, k, (layout & 1) != 0, (layout & 2) != 0, 0, 0);
        double[] a = MatmulTest.thirds(dtype, Data.random(m * k, 1));
        double[] b = MatmulTest.thirds(dtype, Data.random(k * n, 2));
        for (Matmuls way : Matmuls.all(dtype)) {
          for (Workers workers : WORKERS) {
            FinishedRows failing =
                (from, to) -> {
                  throw failure;
                };
            assertSame(
                failure,
                assertThrows(
                    IllegalStateException.class, () -> way.run(workers, spec, a, b, failing)));
          }
        }
      }
      check(dtype, new MatmulSpec(1, m, n, k, false, true, 0, 0));
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 50, 20", "50, 1, 20", "9, 50, 70", "20, 100, 90", "150, 50, 300"})
  void infinityAndNanReachTheirRowsAndColumnsOnly(int m, int n, int k) {
    for (DType dtype : DType.values()) {
      for (int layout = 0; layout < 4; layout++) {
        double[] a = Data.random(m * k, 1);
        double[] b = Data.random(k * n, 2);
        a[a.length - 1] = Double.POSITIVE_INFINITY;
        b[0] = Double.NaN;
        b[b.length - 1] = Double.NEGATIVE_INFINITY;
        check(dtype, new MatmulSpec(1, m, n, k, (layout & 1) != 0, (layout & 2) != 0, 0, 0), a, b);
      }
    }
  }

  private static void check(DType dtype, MatmulSpec spec) {
    int sizeA = (int) (spec.batch() * spec.m() * spec.k());
    int sizeB = (int) (spec.batch() * spec.n() * spec.k());
    double[] a = MatmulTest.thirds(dtype, Data.random(sizeA, 1));
    double[] b = MatmulTest.thirds(dtype, Data.random(sizeB, 2));
    check(dtype, spec, a, b);
  }

  private static void check(DType dtype, MatmulSpec spec, double[] a, double[] b) {
    double[] expected = MatmulTest.chains(dtype, spec, a, b);
    int[] once = new int[expected.length];
    Arrays.fill(once, 1);
    for (Matmuls way : Matmuls.all(dtype)) {
      for (Workers workers : WORKERS) {
        AtomicIntegerArray finished = new AtomicIntegerArray(expected.length);
        FinishedRows count =
            (from, to) -> {
              for (int i = from; i < to; i++) {
                finished.incrementAndGet(i);
              }
            };
        double[] result = way.run(workers, spec, a, b, count);
        String what = dtype + " " + spec + ", threads " + workers.threads();
        assertArrayEquals(expected, result, what);
        for (int i = 0; i < once.length; i++) {
          assertEquals(1, finished.get(i), what);
        }
      }
    }
  }
}
