package io.ember4j.conformance;

import io.ember4j.DType;
import io.ember4j.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Test data: arrays of doubles that are numbers of the dtype, to tensors and back, and the values
 * that rules try.
 */
final class Data {
  /** Sizes below, at and above those of SIMD registers, blocks and their tails. */
  static final int[] SIZES = {0, 1, 15, 16, 17, 67, 1000, 4098};

  private Data() {}

  /** Returns a tensor of the values, of rank 1 without a shape. */
  static Tensor tensor(DType dtype, double[] values, long... shape) {
    if (dtype == DType.FLOAT64) {
      return Tensor.of(values, shape);
    }
    float[] narrow = new float[values.length];
    for (int i = 0; i < narrow.length; i++) {
      narrow[i] = (float) values[i];
    }
    return Tensor.of(narrow, shape);
  }

  /** Returns the numbers where arithmetic is special, and some beside them. */
  static double[] specials(DType dtype) {
    double tiny = Ulp.smallest(dtype);
    double normal = dtype == DType.FLOAT32 ? Float.MIN_NORMAL : Double.MIN_NORMAL;
    double[] positive = {
      0.0,
      tiny,
      dtype.round(normal / 3),
      normal,
      0.5,
      1,
      1 + Ulp.epsilon(dtype),
      3,
      dtype.round(1 / 3.0),
      Ulp.largest(dtype) / 2,
      Ulp.largest(dtype),
      Double.POSITIVE_INFINITY
    };
    double[] all = new double[2 * positive.length + 1];
    all[0] = Double.NaN;
    for (int i = 0; i < positive.length; i++) {
      all[2 * i + 1] = positive[i];
      all[2 * i + 2] = -positive[i];
    }
    return all;
  }

  /** Returns numbers of both signs over many magnitudes; the same for the same seed. */
  static double[] wide(DType dtype, int size, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int reach = dtype == DType.FLOAT32 ? 60 : 500;
    double[] values = new double[size];
    for (int i = 0; i < size; i++) {
      double magnitude = Math.scalb(1 + random.nextDouble(), random.nextInt(-reach, reach));
      values[i] = dtype.round(random.nextBoolean() ? magnitude : -magnitude);
    }
    return values;
  }

  /** Returns numbers evenly spread over the range; the same for the same seed. */
  static double[] spread(DType dtype, int size, double from, double to, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] values = new double[size];
    for (int i = 0; i < size; i++) {
      values[i] = dtype.round(from + (to - from) * random.nextDouble());
    }
    return values;
  }

  /** Returns each pair of special numbers and then pairs of wide ones: two arrays. */
  static double[][] pairs(DType dtype, int random) {
    double[] specials = specials(dtype);
    List<Double> left = new ArrayList<>();
    List<Double> right = new ArrayList<>();
    for (double a : specials) {
      for (double b : specials) {
        left.add(a);
        right.add(b);
      }
    }
    double[] a = wide(dtype, random, 1);
    double[] b = wide(dtype, random, 2);
    for (int i = 0; i < random; i++) {
      left.add(a[i]);
      right.add(b[i]);
    }
    return new double[][] {unboxed(left), unboxed(right)};
  }

  private static double[] unboxed(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
