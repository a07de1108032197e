package io.ember4j.backend.nd4j;

import io.ember4j.DType;
import io.ember4j.spi.Backend;
import io.ember4j.spi.Buffer;

/** The backend under test, and buffers from and to double arrays. */
final class Fixture {
  static final Backend BACKEND = new Nd4jBackendProvider().create();

  private Fixture() {}

  static Buffer buffer(DType dtype, double... values) {
    Buffer buffer = BACKEND.allocate(dtype, values.length);
    if (dtype == DType.FLOAT64) {
      BACKEND.upload(values, buffer);
    } else {
      float[] narrow = new float[values.length];
      for (int i = 0; i < values.length; i++) {
        narrow[i] = (float) values[i];
      }
      BACKEND.upload(narrow, buffer);
    }
    return buffer;
  }

  /** Returns a buffer whose content, if it is read, shows. */
  static Buffer dirty(DType dtype, int size) {
    double[] values = new double[size];
    java.util.Arrays.fill(values, Double.NaN);
    return buffer(dtype, values);
  }

  static double[] values(Buffer buffer) {
    double[] values = new double[Math.toIntExact(buffer.size())];
    if (buffer.dtype() == DType.FLOAT64) {
      BACKEND.download(buffer, values);
    } else {
      float[] narrow = new float[values.length];
      BACKEND.download(buffer, narrow);
      for (int i = 0; i < values.length; i++) {
        values[i] = narrow[i];
      }
    }
    return values;
  }

  /** Returns how many units in the last place of the expected value the actual one is away. */
  static double ulps(DType dtype, double expected, double actual) {
    double rounded = dtype.round(expected);
    if (Double.compare(rounded, actual) == 0) {
      return 0;
    }
    double ulp = dtype == DType.FLOAT32 ? Math.ulp((float) rounded) : Math.ulp(rounded);
    double distance = Math.abs(actual - expected) / ulp;
    return Double.isNaN(distance) ? Double.POSITIVE_INFINITY : distance;
  }
}
