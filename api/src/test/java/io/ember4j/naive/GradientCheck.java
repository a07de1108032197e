package io.ember4j.naive;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ember4j.DType;
import io.ember4j.GradientTape;
import io.ember4j.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Holds the gradients of a tape against finite differences in float64. */
public final class GradientCheck {
  private static final double STEP = 1e-3;

  private GradientCheck() {}

  /** A differentiable function of tensors. */
  @FunctionalInterface
  public interface Function {
    /** Returns the result. */
    Tensor apply(Tensor... inputs);
  }

  /** The elements and the shape of a float64 tensor. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Input(double[] values, long... shape) {
    /** Returns a new tensor of the elements. */
    public Tensor tensor() {
      try (Tensor flat = Tensor.of(values, values.length)) {
        return flat.reshape(shape);
      }
    }

    @Override
    public String toString() {
      return Arrays.toString(shape);
    }
  }

  /**
   * Returns elements of different magnitudes from 0.2 to 1.7 and of either sign; the same in each
   * run. They lie further apart than the steps of the differences.
   */
  public static Input mixed(long seed, long... shape) {
    Random random = new Random(seed);
    int size = Math.toIntExact(Arrays.stream(shape).reduce(1, (a, b) -> a * b));
    List<Double> magnitudes = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      magnitudes.add(0.2 + 1.5 * (i + 0.5 * random.nextDouble()) / size);
    }
    Collections.shuffle(magnitudes, random);
    double[] values = new double[size];
    Arrays.setAll(values, i -> random.nextBoolean() ? magnitudes.get(i) : -magnitudes.get(i));
    return new Input(values, shape);
  }

  /** Returns elements from 0.2 to 1.7; the same in each run. */
  public static Input positive(long seed, long... shape) {
    Input mixed = mixed(seed, shape);
    Arrays.setAll(mixed.values, i -> Math.abs(mixed.values[i]));
    return mixed;
  }

  /**
   * Asserts that the tape's gradients of the function, for an upstream that differs from element to
   * element, are the differences of fourth order.
   */
  public static void check(Function function, Input... inputs) {
    Tensor[] tensors = tensors(inputs);
    try (GradientTape tape = GradientTape.record();
        Tensor result = function.apply(tensors)) {
      double[] upstream = mixed(99, result.shape().toArray()).values;
      List<Tensor> gradients;
      try (Tensor u = new Input(upstream, result.shape().toArray()).tensor()) {
        gradients = tape.gradient(result, u, List.of(tensors));
      }
      for (int i = 0; i < inputs.length; i++) {
        Tensor gradient = gradients.get(i);
        assertEquals(tensors[i].shape(), gradient.shape(), "shape of the gradient of input " + i);
        assertEquals(DType.FLOAT64, gradient.dtype(), "dtype of the gradient of input " + i);
        double[] actual = gradient.toDoubleArray();
        for (int k = 0; k < actual.length; k++) {
          double expected = difference(function, inputs, i, k, upstream);
          double tolerance = 1e-7 * Math.max(1, Math.abs(expected));
          assertEquals(expected, actual[k], tolerance, "input " + i + ", element " + k);
        }
        gradient.close();
      }
    } finally {
      Arrays.stream(tensors).forEach(Tensor::close);
    }
  }

  private static Tensor[] tensors(Input... inputs) {
    return Arrays.stream(inputs).map(Input::tensor).toArray(Tensor[]::new);
  }

  private static double difference(
      Function function, Input[] inputs, int input, int element, double[] upstream) {
    double[] values = inputs[input].values;
    double x = values[element];
    List<Double> sums = new ArrayList<>();
    for (int step : new int[] {-2, -1, 1, 2}) {
      values[element] = x + step * STEP;
      sums.add(weightedSum(function, inputs, upstream));
    }
    values[element] = x;
    return (sums.get(0) - 8 * sums.get(1) + 8 * sums.get(2) - sums.get(3)) / (12 * STEP);
  }

  private static double weightedSum(Function function, Input[] inputs, double[] upstream) {
    Tensor[] tensors = tensors(inputs);
    try (GradientTape.Pause pause = GradientTape.pause();
        Tensor result = function.apply(tensors)) {
      double[] values = result.toDoubleArray();
      double sum = 0;
      for (int i = 0; i < values.length; i++) {
        sum += upstream[i] * values[i];
      }
      return sum;
    } finally {
      Arrays.stream(tensors).forEach(Tensor::close);
    }
  }
}
