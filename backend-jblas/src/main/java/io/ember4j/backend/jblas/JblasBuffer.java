package io.ember4j.backend.jblas;

import io.ember4j.BackendException;
import io.ember4j.DType;
import io.ember4j.spi.Buffer;
import org.jblas.DoubleMatrix;
import org.jblas.FloatMatrix;

/** Elements as a column vector of jblas. */
final class JblasBuffer implements Buffer {
  /** The longest array that every JVM can make. */
  private static final int MAX_LENGTH = Integer.MAX_VALUE - 8;

  private final DType dtype;

  /** The elements of a FLOAT32 buffer, else null. */
  private final FloatMatrix floats;

  /** The elements of a FLOAT64 buffer, else null. */
  private final DoubleMatrix doubles;

  JblasBuffer(DType dtype, long size) {
    if (size > MAX_LENGTH) {
      throw new BackendException(
          "jblas keeps a tensor in one Java array of at most "
              + MAX_LENGTH
              + " elements, this one has "
              + size
              + "; slice it or use another backend");
    }
    this.dtype = dtype;
    this.floats = dtype == DType.FLOAT32 ? new FloatMatrix((int) size) : null;
    this.doubles = dtype == DType.FLOAT64 ? new DoubleMatrix((int) size) : null;
  }

  /** Returns the elements of a FLOAT32 buffer. */
  static FloatMatrix floats(Buffer buffer) {
    return ((JblasBuffer) buffer).floats;
  }

  /** Returns the elements of a FLOAT64 buffer. */
  static DoubleMatrix doubles(Buffer buffer) {
    return ((JblasBuffer) buffer).doubles;
  }

  @Override
  public DType dtype() {
    return dtype;
  }

  @Override
  public long size() {
    return dtype == DType.FLOAT32 ? floats.length : doubles.length;
  }
}
