package io.ember4j.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApplyCommandTest {
  /** x P(Z <= x) by mpmath. */
  private static final double[] GELU = {
    -0.0040496940948902835,
    -0.04550026389635842,
    -0.15865525393145705,
    0,
    0.8413447460685429,
    1.9544997361036416,
    2.99595030590511,
    0.34573123063700656
  };

  private static final double[] X = {-3, -2, -1, 0, 1, 2, 3, 0.5};

  @TempDir Path folder;
  private Path in;
  private Path out;

  @BeforeEach
  void name() {
    in = folder.resolve("in.npy");
    out = folder.resolve("out.npy");
  }

  @ParameterizedTest
  @ValueSource(strings = {"pure", "nd4j", "jblas"})
  void geluAgreesWithReferenceValues(String backend) {
    ArrayFiles.write(in, new NumericArray.Doubles(new long[] {2, 2, 2}, X));
    CommandRun.of("apply", "gelu", "--backend", backend, in, out).assertFine();
    var result = assertInstanceOf(NumericArray.Doubles.class, ArrayFiles.read(out));
    assertArrayEquals(new long[] {2, 2, 2}, result.shape());
    for (int i = 0; i < GELU.length; i++) {
      assertEquals(GELU[i], result.values()[i], Math.abs(GELU[i]) * 1e-15);
    }
  }

  @Test
  void keepsFloat32() {
    ArrayFiles.write(in, new NumericArray.Floats(new long[] {8}, narrow(X)));
    CommandRun.of("apply", "gelu", in, out).assertFine();
    var result = assertInstanceOf(NumericArray.Floats.class, ArrayFiles.read(out));
    for (int i = 0; i < GELU.length; i++) {
      assertEquals((float) GELU[i], result.values()[i], Math.ulp((float) GELU[i]));
    }
  }

  private static float[] narrow(double... values) {
    float[] narrow = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      narrow[i] = (float) values[i];
    }
    return narrow;
  }

  @Test
  void csvInCsvOut() throws IOException {
    Path csv = Files.writeString(folder.resolve("in.csv"), "# a,b\n-1,2\n3,-4\n");
    Path result = folder.resolve("out.csv");
    CommandRun.of("apply", "leaky_relu", "--param", "negative_slope=0.5", csv, result).assertFine();
    assertEquals("-0.5,2.0\n3.0,-2.0\n", Files.readString(result));
  }

  @Test
  void takesTextAndSeveralParametersAndAliases() {
    ArrayFiles.write(in, new NumericArray.Doubles(new long[] {1}, new double[] {1}));
    CommandRun.of("apply", "gelu", in, out, "--param", "approximate=tanh").assertFine();
    assertEquals(0.8411919906082767, only(), 1e-15);
    CommandRun.of("apply", "hardtanh", "--param=min_val=-0.5", "--param=max_val=0.5", in, out)
        .assertFine();
    assertEquals(0.5, only());
    CommandRun.of("apply", "swish", in, out).assertFine();
    assertEquals(0.7310585786300049, only(), 1e-15);
  }

  private double only() {
    return ((NumericArray.Doubles) ArrayFiles.read(out)).values()[0];
  }

  @Test
  void gluHalvesItsDimAndSoftmaxKeepsTheShape() {
    ArrayFiles.write(in, new NumericArray.Floats(new long[] {4, 2}, narrow(X)));
    CommandRun.of("apply", "glu", "--param", "dim=0", in, out).assertFine();
    assertArrayEquals(new long[] {2, 2}, ArrayFiles.read(out).shape());
    CommandRun.of("apply", "softmax", in, out).assertFine();
    assertArrayEquals(new long[] {4, 2}, ArrayFiles.read(out).shape());
  }

  @Test
  void rank0AndEmptyArraysWork() {
    ArrayFiles.write(in, new NumericArray.Doubles(new long[0], new double[] {-2}));
    CommandRun.of("apply", "relu", in, out).assertFine();
    assertArrayEquals(new long[0], ArrayFiles.read(out).shape());
    ArrayFiles.write(in, new NumericArray.Floats(new long[] {0, 3}, new float[0]));
    CommandRun.of("apply", "softmax", in, out).assertFine();
    assertArrayEquals(new long[] {0, 3}, ArrayFiles.read(out).shape());
  }

  @Test
  void mayOverwriteItsInput() {
    ArrayFiles.write(in, new NumericArray.Doubles(new long[] {1}, new double[] {-1}));
    CommandRun.of("apply", "relu", in, in).assertFine();
    assertEquals(0, ((NumericArray.Doubles) ArrayFiles.read(in)).values()[0]);
  }
}
