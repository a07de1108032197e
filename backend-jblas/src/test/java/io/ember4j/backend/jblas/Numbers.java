package io.ember4j.backend.jblas;

import static org.junit.jupiter.api.Assertions.fail;

import io.ember4j.DType;
import io.ember4j.spi.Backend;
import io.ember4j.spi.Buffer;
import java.util.Random;

/** Moves double arrays through a backend's buffers of either dtype, and compares them. */
final class Numbers {
  /** Values at which something special happens in some primitive, exact in both dtypes. */
  static final double[] SPECIAL = {
    0.0,
    -0.0,
    1,
    -1,
    0.5,
    -2.5,
    3,
    88.5,
    -87.5,
    -103.5,
    1000,
    -1000,
    0x1p-126,
    -0x1p-126,
    0x1p-149,
    -0x1p-149,
    Float.MAX_VALUE,
    -Float.MAX_VALUE,
    0x1p-20,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Double.NaN
  };

  private Numbers() {}

  static JblasBackend backend() {
    return new JblasBackend(new JavaGemm(), java.util.List.of());
  }

  static Buffer buffer(Backend backend, DType dtype, double... values) {
    Buffer buffer = backend.allocate(dtype, values.length);
    if (dtype == DType.FLOAT64) {
      backend.upload(values, buffer);
    } else {
      float[] floats = new float[values.length];
      for (int i = 0; i < floats.length; i++) {
        floats[i] = (float) values[i];
      }
      backend.upload(floats, buffer);
    }
    return buffer;
  }

  /** Returns a buffer of NaN, to see that a result does not depend on what was there. */
  static Buffer garbage(Backend backend, DType dtype, int size) {
    double[] values = new double[size];
    java.util.Arrays.fill(values, Double.NaN);
    return buffer(backend, dtype, values);
  }

  static double[] values(Backend backend, Buffer buffer) {
    double[] values = new double[(int) buffer.size()];
    if (buffer.dtype() == DType.FLOAT64) {
      backend.download(buffer, values);
    } else {
      float[] floats = new float[values.length];
      backend.download(buffer, floats);
      for (int i = 0; i < floats.length; i++) {
        values[i] = floats[i];
      }
    }
    return values;
  }

  /** Returns numbers in [-1, 1), the same for the same seed, rounded to the dtype. */
  static double[] random(DType dtype, int size, long seed) {
    Random random = new Random(seed);
    double[] values = new double[size];
    for (int i = 0; i < size; i++) {
      values[i] = dtype.round(2 * random.nextDouble() - 1);
    }
    return values;
  }

  /** Fails unless both are NaN or they have the same bits. */
  static void assertSame(double[] expected, double[] actual, String what) {
    if (expected.length != actual.length) {
      fail(what + ": expected " + expected.length + " elements, got " + actual.length);
    }
    for (int i = 0; i < expected.length; i++) {
      if (Double.doubleToLongBits(expected[i]) != Double.doubleToLongBits(actual[i])) {
        fail(what + " at " + i + ": expected " + expected[i] + ", got " + actual[i]);
      }
    }
  }

  static void assertClose(double[] expected, double[] actual, double tolerance, String what) {
    for (int i = 0; i < expected.length; i++) {
      if (!(Math.abs(expected[i] - actual[i]) <= tolerance)) {
        fail(what + " at " + i + ": expected " + expected[i] + ", got " + actual[i]);
      }
    }
  }
}
