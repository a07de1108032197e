package io.ember4j.train;

import static io.ember4j.naive.GradientCheck.check;
import static io.ember4j.naive.GradientCheck.mixed;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ember4j.BackendScope;
import io.ember4j.Backends;
import io.ember4j.DType;
import io.ember4j.GradientException;
import io.ember4j.GradientTape;
import io.ember4j.ParameterException;
import io.ember4j.Shape;
import io.ember4j.ShapeException;
import io.ember4j.Tensor;
import io.ember4j.naive.Ledger;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Losses and their gradients against the formulas in double precision. */
class LossesTest {
  private static final double INF = Double.POSITIVE_INFINITY;
  private static final int[] CLASSES = {2, 0, 1, 2};

  private BackendScope scope;

  @BeforeEach
  void useTheRequiredFloor() {
    scope = Backends.use("naive");
  }

  @AfterEach
  void close() {
    scope.close();
  }

  /** The value and the gradient of a loss of this x. */
  private static double[][] valueAndGradient(Tensor x, UnaryOperator<Tensor> loss) {
    try (GradientTape tape = GradientTape.record();
        Tensor value = loss.apply(x);
        Tensor gradient = tape.gradient(value, x)) {
      assertEquals(Shape.SCALAR, value.shape());
      assertEquals(x.dtype(), value.dtype());
      return new double[][] {value.toDoubleArray(), gradient.toDoubleArray()};
    }
  }

  private static Tensor matrix(int rows, int columns, double... values) {
    return Tensor.of(values, rows, columns);
  }

  private static void refuses(Class<? extends Exception> type, String part, Executable action) {
    String message = assertThrows(type, action).getMessage();
    assertTrue(message.contains(part), message);
  }

  // ---- cross entropy

  @ParameterizedTest
  @ValueSource(strings = {"naive", "rich"})
  void crossEntropyOfClassesIsTheMeanOfNegativeLogarithms(String backend) {
    Tensor logits = mixed(1, 4, 3).tensor();
    double[] z = logits.toDoubleArray();
    double expected = 0;
    double[] gradient = new double[12];
    for (int i = 0; i < 4; i++) {
      double sum = 0;
      for (int k = 0; k < 3; k++) {
        sum += Math.exp(z[3 * i + k]);
      }
      expected -= (z[3 * i + CLASSES[i]] - Math.log(sum)) / 4;
      for (int k = 0; k < 3; k++) {
        gradient[3 * i + k] = (Math.exp(z[3 * i + k]) / sum - (k == CLASSES[i] ? 1 : 0)) / 4;
      }
    }
    try (BackendScope inner = Backends.use(backend)) {
      double[][] actual = valueAndGradient(logits, x -> Losses.crossEntropy(x, CLASSES));
      assertEquals(expected, actual[0][0], 1e-14);
      assertArrayEquals(gradient, actual[1], 1e-14);
    }
  }

  @Test
  void crossEntropyOfDistributionsWeighsTheClasses() {
    double[] target = {0.2, 0.5, 0.3, 1, 0, 0, 0.1, 0, 0.9, 0, 0, 0};
    Tensor distribution = matrix(4, 3, target);
    check(x -> Losses.crossEntropy(x[0], distribution), mixed(1, 4, 3));
    Tensor logits = mixed(1, 4, 3).tensor();
    double[] z = logits.toDoubleArray();
    double expected = 0;
    for (int i = 0; i < 12; i++) {
      int row = i / 3 * 3;
      double sum = Math.exp(z[row]) + Math.exp(z[row + 1]) + Math.exp(z[row + 2]);
      expected -= target[i] * (z[i] - Math.log(sum)) / 4;
    }
    assertEquals(expected, Losses.crossEntropy(logits, distribution).item(), 1e-14);
    Tensor narrow = Tensor.of(new float[] {1, 2}, 1, 2);
    Tensor half = matrix(1, 2, 0.5, 0.5);
    assertEquals(DType.FLOAT32, Losses.crossEntropy(narrow, half).dtype(), "that of the logits");
  }

  @Test
  void extremeLogitsGiveFiniteLossAndGradient() {
    Tensor sure = matrix(1, 3, 1e4, -1e4, 0);
    double[][] right = valueAndGradient(sure, x -> Losses.crossEntropy(x, 0));
    assertEquals(0, right[0][0]);
    assertArrayEquals(new double[] {0, 0, 0}, right[1]);
    double[][] wrong = valueAndGradient(sure, x -> Losses.crossEntropy(x, 1));
    assertEquals(2e4, wrong[0][0]);
    assertArrayEquals(new double[] {1, -1, 0}, wrong[1]);
    Tensor impossible = matrix(2, 3, -INF, 0, Math.log(3), 1, 1, -INF);
    double[][] beside = valueAndGradient(impossible, x -> Losses.crossEntropy(x, 2, 0));
    assertEquals((Math.log(4.0 / 3) + Math.log(2)) / 2, beside[0][0], 1e-15);
    assertArrayEquals(new double[] {0, 0.125, -0.125, -0.25, 0.25, 0}, beside[1], 1e-15);
    double[][] excluded = valueAndGradient(impossible, x -> Losses.crossEntropy(x, 0, 0));
    assertEquals(INF, excluded[0][0], "the right class has probability 0");
  }

  @Test
  void extremeLogitsInFloat32() {
    Tensor logits = Tensor.of(new float[] {1e4f, -1e4f, 88, Float.NEGATIVE_INFINITY}, 2, 2);
    double[][] actual = valueAndGradient(logits, x -> Losses.crossEntropy(x, 1, 0));
    assertEquals(1e4, actual[0][0]);
    assertArrayEquals(new double[] {0.5, -0.5, 0, 0}, actual[1]);
  }

  @Test
  void crossEntropyRefusesWhatDoesNotFit() {
    Tensor logits = matrix(2, 3, new double[6]);
    refuses(ShapeException.class, "[3]", () -> Losses.crossEntropy(Tensor.zeros(3), 1));
    refuses(ShapeException.class, "pass 2", () -> Losses.crossEntropy(logits, 0, 1, 2));
    refuses(ParameterException.class, "sample 1 is 3", () -> Losses.crossEntropy(logits, 0, 3));
    refuses(ParameterException.class, "sample 0 is -1", () -> Losses.crossEntropy(logits, -1, 0));
    refuses(
        ShapeException.class,
        "must be equal",
        () -> Losses.crossEntropy(logits, Tensor.zeros(3, 2)));
    refuses(
        ParameterException.class,
        "at least one sample",
        () -> Losses.crossEntropy(Tensor.zeros(0, 3)));
    assertThrows(NullPointerException.class, () -> Losses.crossEntropy(null, 1));
    assertThrows(NullPointerException.class, () -> Losses.crossEntropy(logits, (int[]) null));
    assertThrows(NullPointerException.class, () -> Losses.crossEntropy(logits, (Tensor) null));
  }

  // ---- mean squared error

  @Test
  void meanSquaredErrorIsTheMeanOverAllElements() {
    Tensor x = mixed(1, 2, 3).tensor();
    Tensor target = mixed(2, 2, 3).tensor();
    double[] a = x.toDoubleArray();
    double[] b = target.toDoubleArray();
    double expected = 0;
    double[] gradient = new double[6];
    for (int i = 0; i < 6; i++) {
      expected += (a[i] - b[i]) * (a[i] - b[i]) / 6;
      gradient[i] = 2 * (a[i] - b[i]) / 6;
    }
    double[][] actual = valueAndGradient(x, t -> Losses.meanSquaredError(t, target));
    assertEquals(expected, actual[0][0], 1e-14);
    assertArrayEquals(gradient, actual[1], 1e-14);
    double[][] scalar =
        valueAndGradient(Tensor.scalar(3f), t -> Losses.meanSquaredError(t, Tensor.scalar(0.5)));
    assertEquals(6.25, scalar[0][0]);
    assertArrayEquals(new double[] {5}, scalar[1]);
  }

  // ---- binary cross entropy

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "0, 1",
    "0, 0.5",
    "2.5, 0",
    "2.5, 1",
    "-3, 0.25",
    "30, 1",
    "30, 0",
    "-40, 1",
    "-0.001, 0.9",
    "12, 0.125",
  })
  void binaryCrossEntropyIsThatOfTheSigmoid(double logit, double target) {
    double yes = target * Math.log1p(Math.exp(-logit));
    double no =
        (1 - target)
            * (logit > 0 ? logit + Math.log1p(Math.exp(-logit)) : Math.log1p(Math.exp(logit)));
    double sigmoid = 1 / (1 + Math.exp(-logit));
    double gradient = (1 - target) * sigmoid - target / (1 + Math.exp(logit));
    Tensor t = Tensor.of(new double[] {target, 1}, 2);
    double[][] actual =
        valueAndGradient(
            Tensor.of(new double[] {logit, INF}, 2),
            x -> Losses.binaryCrossEntropyWithLogits(x, t));
    double expected = (yes + no) / 2;
    assertEquals(expected, actual[0][0], 1e-12 * expected);
    assertEquals(gradient / 2, actual[1][0], 1e-12 * Math.abs(gradient) + 1e-16);
    assertEquals(0, actual[1][1]);
  }

  @Test
  void extremeLogitsOfBinaryCrossEntropy() {
    Tensor logits = Tensor.of(new double[] {1e4, -1e4, 1e4, -1e4, 1e4}, 5);
    Tensor target = Tensor.of(new float[] {1, 0, 0, 1, 0.5f}, 5);
    double[][] actual =
        valueAndGradient(logits, x -> Losses.binaryCrossEntropyWithLogits(x, target));
    assertEquals((1e4 + 1e4 + 5e3) / 5, actual[0][0], 1e-9);
    assertArrayEquals(new double[] {0, 0, 0.2, -0.2, 0.1}, actual[1], 1e-12);
  }

  // ---- all

  @Test
  void lossesOfPairsRefuseWhatDoesNotFit() {
    Tensor x = Tensor.zeros(2, 3);
    Tensor other = Tensor.zeros(3);
    Tensor empty = Tensor.zeros(0, 3);
    refuses(
        ShapeException.class,
        "mean squared error got a target of shape [3]",
        () -> Losses.meanSquaredError(x, other));
    refuses(
        ShapeException.class,
        "binary cross entropy got a target of shape [3]",
        () -> Losses.binaryCrossEntropyWithLogits(x, other));
    refuses(
        ParameterException.class, "mean over nothing", () -> Losses.meanSquaredError(empty, empty));
    refuses(
        ParameterException.class,
        "mean over nothing",
        () -> Losses.binaryCrossEntropyWithLogits(empty, empty));
    assertThrows(NullPointerException.class, () -> Losses.meanSquaredError(null, x));
    assertThrows(NullPointerException.class, () -> Losses.binaryCrossEntropyWithLogits(x, null));
  }

  @Test
  void targetsAreConstants() {
    try (GradientTape tape = GradientTape.record()) {
      Tensor x = mixed(1, 2, 3).tensor();
      Tensor target = mixed(2, 2, 3).tensor();
      Tensor computed = target.times(target);
      for (Tensor loss :
          Arrays.asList(
              Losses.crossEntropy(x, computed),
              Losses.meanSquaredError(x, computed),
              Losses.binaryCrossEntropyWithLogits(x, computed))) {
        assertThrows(GradientException.class, () -> tape.gradient(loss, target));
        assertThrows(GradientException.class, () -> tape.gradient(loss, computed));
        assertEquals(x.shape(), tape.gradient(loss, x).shape());
      }
    }
  }

  @Test
  void lossesKeepNoBuffers() throws Throwable {
    Ledger.assertBalanced(
        () -> {
          try (Tensor x = mixed(1, 2, 3).tensor();
              Tensor target = Tensor.ones(2, 3);
              GradientTape tape = GradientTape.record();
              Tensor first = Losses.crossEntropy(x, 0, 2);
              Tensor second = Losses.meanSquaredError(x, target);
              Tensor third = Losses.binaryCrossEntropyWithLogits(x, target);
              Tensor sum = first.plus(second);
              Tensor all = sum.plus(third)) {
            tape.gradient(all, x).close();
          }
        });
  }
}
