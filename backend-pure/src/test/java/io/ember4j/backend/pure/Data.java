package io.ember4j.backend.pure;

import io.ember4j.DType;
import io.ember4j.spi.Buffer;
import io.ember4j.spi.Operand;
import java.util.Random;

/** Numbers in and out of the backend under test; all as doubles, rounded to the dtype. */
final class Data {
  static final PureBackend BACKEND = new PureBackend();

  /** Around the ends of SIMD vectors and of blocks. */
  static final int[] SIZES = {1, 15, 16, 17, 67, 511, 512, 513, 1000, 4098};

  static final double[] SPECIAL = {
    0.0,
    -0.0,
    1,
    -1,
    0.5,
    -2.75,
    88.7,
    -103.9,
    710,
    -745.1,
    1e-30,
    -1e-30,
    Float.MIN_VALUE,
    -Float.MIN_VALUE,
    Float.MIN_NORMAL,
    Float.MAX_VALUE,
    -Float.MAX_VALUE,
    Double.MIN_VALUE,
    Double.MAX_VALUE,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Double.NaN
  };

  private Data() {}

  static Buffer buffer(DType dtype, double... values) {
    Buffer buffer = BACKEND.allocate(dtype, values.length);
    if (dtype == DType.FLOAT32) {
      float[] floats = new float[values.length];
      for (int i = 0; i < floats.length; i++) {
        floats[i] = (float) values[i];
      }
      BACKEND.upload(floats, buffer);
    } else {
      BACKEND.upload(values, buffer);
    }
    return buffer;
  }

  static double[] values(Buffer buffer) {
    double[] values = new double[(int) buffer.size()];
    if (buffer.dtype() == DType.FLOAT32) {
      float[] floats = new float[values.length];
      BACKEND.download(buffer, floats);
      for (int i = 0; i < floats.length; i++) {
        values[i] = floats[i];
      }
    } else {
      BACKEND.download(buffer, values);
    }
    return values;
  }

  /** Returns a buffer full of a number that no test expects. */
  static Buffer dirty(DType dtype, int size) {
    double[] values = new double[size];
    java.util.Arrays.fill(values, -12345.5);
    return buffer(dtype, values);
  }

  /** Returns numbers between -4 and 4 that are exact in float32. */
  static double[] random(int size, long seed) {
    Random random = new Random(seed);
    return random.doubles(size, -4, 4).map(x -> (float) x).toArray();
  }

  static Operand full(Buffer buffer) {
    return new Operand.View(buffer, 1);
  }
}
