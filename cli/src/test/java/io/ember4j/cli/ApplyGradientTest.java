package io.ember4j.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApplyGradientTest {
  private static final double[] X = {-3, -1, 0, 2};

  /** s (1 + x (1 - s)) with s = 1 / (1 + e^-x), by Python's math. */
  private static final double[] SILU = {
    -0.08810410601516962, 0.07232948812851325, 0.5, 1.0907842487848955
  };

  @TempDir Path folder;

  private double[] gradient(long[] shape, double[] x, String... words) {
    Path in = folder.resolve("in.npy");
    Path out = folder.resolve("out.npy");
    ArrayFiles.write(in, new NumericArray.Doubles(shape, x));
    Object[] args = new Object[words.length + 4];
    args[0] = "apply";
    System.arraycopy(words, 0, args, 1, words.length);
    args[words.length + 1] = "--gradient";
    args[words.length + 2] = in;
    args[words.length + 3] = out;
    CommandRun.of(args).assertFine();
    var result = assertInstanceOf(NumericArray.Doubles.class, ArrayFiles.read(out));
    assertArrayEquals(shape, result.shape());
    return result.values();
  }

  @ParameterizedTest
  @ValueSource(strings = {"pure", "nd4j", "jblas"})
  void siluAgreesWithReferenceValues(String backend) {
    double[] result = gradient(new long[] {2, 2}, X, "silu", "--backend", backend);
    assertArrayEquals(SILU, result, 1e-15);
  }

  @Test
  void theKinkOfReluIsPytorchs() {
    assertArrayEquals(new double[] {0, 0, 0, 1}, gradient(new long[] {4}, X, "relu"));
  }

  @Test
  void takesParameters() {
    double[] result = gradient(new long[] {4}, X, "leaky_relu", "--param", "negative_slope=0.5");
    assertArrayEquals(new double[] {0.5, 0.5, 0.5, 1}, result);
  }

  /** Of a sigmoid(b), where a is 2 and b is 0: 1/2 for a, 2 / 4 for b. */
  @Test
  void gluHasTheShapeOfItsInput() {
    double[] result = gradient(new long[] {2, 1}, new double[] {2, 0}, "glu", "--param", "dim=0");
    assertArrayEquals(new double[] {0.5, 0.5}, result, 1e-15);
  }

  /** The sum of a softmax is 1 whatever its input. */
  @Test
  void softmaxWithAnUpstreamOfOnesIsFlat() {
    for (double value : gradient(new long[] {1, 4}, X, "softmax")) {
      assertEquals(0, value, 1e-15);
    }
  }
}
