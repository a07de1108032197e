package io.ember4j.conformance;

import io.ember4j.DType;
import io.ember4j.GradientTape;
import io.ember4j.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * What a tape gave: the result of a function, the upstream that was passed to it, and the gradient
 * of each input, whose shape and dtype were checked.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Taped(
    DType dtype, long[] shape, double[] value, double[] upstream, List<double[]> gradients) {

  /** How rules ask for gradients; what tests of the rules replace by something wrong. */
  @FunctionalInterface
  interface Asking {
    Taped of(Upstream upstream, Function<Tensor[], Tensor> function, Tensor... inputs);
  }

  /** Makes the gradient of the result, from its dtype and size. */
  @FunctionalInterface
  interface Upstream {
    /** Numbers in [-2, 2), as no rule may rest on an upstream of ones. */
    Upstream RANDOM = (dtype, size) -> Naive.random(dtype, size, 2, 77);

    /** Whole numbers, so that sums are exact; none is 0. */
    Upstream WHOLE = (dtype, size) -> wholes(size, 1);

    double[] values(DType dtype, int size);
  }

  /** Returns whole numbers of both signs and a few magnitudes, none of them 0. */
  static double[] wholes(int size, int seed) {
    double[] values = new double[size];
    for (int i = 0; i < size; i++) {
      values[i] = ((i + seed) * 5 % 7 + 1) * ((i * 3 + seed) % 4 < 2 ? 1 : -1);
    }
    return values;
  }

  /** Records the function of the inputs on a tape and goes back. */
  static Taped of(Upstream upstream, Function<Tensor[], Tensor> function, Tensor... inputs) {
    try (GradientTape tape = GradientTape.record();
        Tensor result = function.apply(inputs)) {
      double[] values = upstream.values(result.dtype(), Math.toIntExact(result.size()));
      long[] shape = result.shape().toArray();
      try (Tensor start = Checks.tensor(result.dtype(), values, shape)) {
        List<double[]> gradients = new ArrayList<>();
        List<Tensor> all = tape.gradient(result, start, List.of(inputs));
        for (int i = 0; i < inputs.length; i++) {
          try (Tensor gradient = all.get(i)) {
            long[] form = inputs[i].shape().toArray();
            String what = "gradient of operand " + i + " of shape " + Arrays.toString(form);
            Checks.form(what, inputs[i].dtype(), form, gradient);
            gradients.add(gradient.toDoubleArray());
          }
        }
        return new Taped(result.dtype(), shape, result.toDoubleArray(), values, gradients);
      }
    }
  }
}
