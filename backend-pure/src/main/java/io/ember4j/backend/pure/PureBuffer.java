package io.ember4j.backend.pure;

import io.ember4j.BackendException;
import io.ember4j.DType;
import io.ember4j.spi.Buffer;

/** Elements in a Java array: a {@code float[]} or a {@code double[]}. */
final class PureBuffer implements Buffer {
  /** The length every JVM can give an array, memory permitting. */
  static final int MAX_SIZE = Integer.MAX_VALUE - 8;

  private final float[] floats;
  private final double[] doubles;

  private PureBuffer(float[] floats, double[] doubles) {
    this.floats = floats;
    this.doubles = doubles;
  }

  static PureBuffer allocate(DType dtype, long size) {
    if (size > MAX_SIZE) {
      throw new BackendException(
          "backend pure cannot hold "
              + size
              + " elements in one tensor: a Java array ends at "
              + MAX_SIZE
              + "; split the data, or use a backend with off-heap storage");
    }
    return dtype == DType.FLOAT32
        ? new PureBuffer(new float[(int) size], null)
        : new PureBuffer(null, new double[(int) size]);
  }

  /** Returns a buffer of this backend as what it is. */
  static PureBuffer of(Buffer buffer) {
    return (PureBuffer) buffer;
  }

  @Override
  public DType dtype() {
    return floats != null ? DType.FLOAT32 : DType.FLOAT64;
  }

  @Override
  public long size() {
    return length();
  }

  int length() {
    return floats != null ? floats.length : doubles.length;
  }

  boolean isFloat() {
    return floats != null;
  }

  /** Returns the elements of a FLOAT32 buffer. */
  float[] floats() {
    return floats;
  }

  /** Returns the elements of a FLOAT64 buffer. */
  double[] doubles() {
    return doubles;
  }

  /** Returns the elements as an array of whichever type, for {@link System#arraycopy}. */
  Object array() {
    return floats != null ? floats : doubles;
  }
}
