package io.ember4j.backend.nd4j;

import static io.ember4j.backend.nd4j.Fixture.BACKEND;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ember4j.DType;
import io.ember4j.spi.Buffer;
import io.ember4j.spi.MatmulSpec;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Matrix products against three loops in double precision. */
class Nd4jMatrixTest {
  private static final int[][] SIZES = {
    {1, 1, 1},
    {1, 5, 1},
    {5, 1, 1},
    {1, 1, 5},
    {1, 6, 4},
    {6, 1, 4},
    {6, 4, 1},
    {2, 3, 4},
    {16, 17, 15},
    {67, 3, 33}
  };

  @ParameterizedTest
  @EnumSource(DType.class)
  void multipliesAllShapesTransposesAndBatches(DType dtype) {
    for (int[] size : SIZES) {
      for (int mask = 0; mask < 16; mask++) {
        for (int batch : new int[] {1, 3}) {
          boolean shareA = (mask & 4) != 0;
          boolean shareB = (mask & 8) != 0;
          check(
              dtype,
              new MatmulSpec(
                  batch,
                  size[0],
                  size[1],
                  size[2],
                  (mask & 1) != 0,
                  (mask & 2) != 0,
                  shareA ? 0 : (long) size[0] * size[2],
                  shareB ? 0 : (long) size[2] * size[1]));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(DType.class)
  void multipliesAMatrixByItself(DType dtype) {
    Buffer x = Fixture.buffer(dtype, 1, 2, 3, 4, 5, 6);
    Buffer result = Fixture.dirty(dtype, 4);
    BACKEND.matmul(new MatmulSpec(1, 2, 2, 3, false, true, 0, 0), x, x, result);
    org.junit.jupiter.api.Assertions.assertArrayEquals(
        new double[] {14, 32, 32, 77}, Fixture.values(result));
  }

  private static void check(DType dtype, MatmulSpec s) {
    Random random = new Random(s.hashCode());
    Buffer a = Fixture.buffer(dtype, values(random, s.strideA(), s.batch(), s.m() * s.k()));
    Buffer b = Fixture.buffer(dtype, values(random, s.strideB(), s.batch(), s.k() * s.n()));
    Buffer result = Fixture.dirty(dtype, (int) s.resultSize());
    BACKEND.matmul(s, a, b, result);
    double[] x = Fixture.values(a);
    double[] y = Fixture.values(b);
    double[] actual = Fixture.values(result);
    double epsilon = dtype == DType.FLOAT32 ? 0x1p-23 : 0x1p-52;
    int at = 0;
    for (long p = 0; p < s.batch(); p++) {
      for (long i = 0; i < s.m(); i++) {
        for (long j = 0; j < s.n(); j++) {
          double expected = 0;
          for (long l = 0; l < s.k(); l++) {
            long ia = p * s.strideA() + (s.transposeA() ? l * s.m() + i : i * s.k() + l);
            long ib = p * s.strideB() + (s.transposeB() ? j * s.k() + l : l * s.n() + j);
            expected += x[(int) ia] * y[(int) ib];
          }
          assertEquals(expected, actual[at++], s.k() * epsilon, s + " at " + i + ", " + j);
        }
      }
    }
  }

  private static double[] values(Random random, long stride, long batch, long matrix) {
    return random.doubles(stride == 0 ? matrix : batch * matrix, -1, 1).toArray();
  }
}
