package io.ember4j.benchmarks;

import io.ember4j.Tensor;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;

/**
 * Measures the largest errors of PyTorch and Ember4j in float32 ULP over a sample of all inputs up
 * to 2^100, against the reference in double precision. A program of its own, since it loads
 * PyTorch.
 *
 * <p>It prints lines of name, direction, library, largest error, and the input where it is.
 */
final class ErrorSample {
  /** A prime, so that the sample has no pattern in the bits; it takes a million inputs. */
  private static final int STRIDE = 4099;

  /** Around a zero of the derivative away from 0, a ULP is at least that of this value. */
  private static final float FLOOR = 0x1p-4f;

  /** Beyond this, intermediate results may overflow, which is not held against anybody. */
  private static final float LARGEST = 0x1p100f;

  private ErrorSample() {}

  /** Returns the key under which an error is kept: values are the error and the input. */
  static String key(String activation, String direction) {
    return "ErrorSample activation=" + activation + " direction=" + direction;
  }

  /** Prints the errors of the named activations. */
  public static void main(String[] names) {
    Libraries.prepare(List.of("pytorch"), 1);
    float[] x = inputs();
    float[] ones = new float[x.length];
    java.util.Arrays.fill(ones, 1);
    for (String name : names) {
      ActivationRow row = ActivationRow.named(name);
      try (Tensor input = Tensor.of(x);
          Tensor upstream = Tensor.of(ones);
          Tensor value = row.activation().apply(input);
          Tensor gradient = row.activation().gradient(input, upstream)) {
        print(row, "value", "ember4j", x, value.toFloatArray());
        print(row, "gradient", "ember4j", x, gradient.toFloatArray());
      }
      print(row, "value", "pytorch", x, torch(TorchValues.CALLS.get(name), x, ones));
      if (TorchGradients.CALLS.containsKey(name)) {
        print(row, "gradient", "pytorch", x, torch(TorchGradients.CALLS.get(name), x, ones));
      }
    }
  }

  private static float[] torch(TorchCall call, float[] x, float[] upstream) {
    try (Contender contender = call.contender(Outputs.FRESH, TorchOperands.of(x, upstream, call))) {
      return contender.result();
    }
  }

  private static void print(
      ActivationRow row, String direction, String library, float[] x, float[] actual) {
    boolean gradient = direction.equals("gradient");
    double crossing = gradient ? row.crossing() : Double.NaN;
    double[] worst = worst(gradient ? row.derivative() : row.value(), crossing, x, actual);
    System.out.printf(
        Locale.ROOT, "%s %s %s %.6g %.6g%n", row.name(), direction, library, worst[0], worst[1]);
  }

  /** Returns the largest error in ULP, and the input where it is. */
  static double[] worst(DoubleUnaryOperator reference, double crossing, float[] x, float[] actual) {
    double largest = 0;
    double at = Double.NaN;
    for (int i = 0; i < x.length; i++) {
      double expected = reference.applyAsDouble(x[i]);
      if (Float.isInfinite((float) expected)) {
        continue;
      }
      double ulp = Math.ulp((float) expected);
      if (Math.abs(x[i] - crossing) < 0.5) {
        ulp = Math.max(ulp, Math.ulp(FLOOR));
      }
      double error = Math.abs(actual[i] - expected) / ulp;
      // Not "error > largest": NaN where a number belongs is the worst of all.
      if (!(error <= largest)) {
        largest = Double.isNaN(error) ? Double.POSITIVE_INFINITY : error;
        at = x[i];
      }
    }
    return new double[] {largest, at};
  }

  private static float[] inputs() {
    float[] values = new float[(int) (0x1p32 / STRIDE)];
    int count = 0;
    for (long bits = 0; bits < 0x1p32; bits += STRIDE) {
      float value = Float.intBitsToFloat((int) bits);
      if (Math.abs(value) <= LARGEST) {
        values[count++] = value;
      }
    }
    return java.util.Arrays.copyOf(values, count);
  }
}
