package io.ember4j;

/** The element type of a {@link Tensor}: IEEE 754 binary32 or binary64. */
public enum DType {
  /** 32-bit IEEE 754 floating point, Java's {@code float}. */
  FLOAT32("float32", Float.BYTES),
  /** 64-bit IEEE 754 floating point, Java's {@code double}. */
  FLOAT64("float64", Double.BYTES);

  private final String label;
  private final int bytes;

  DType(String label, int bytes) {
    this.label = label;
    this.bytes = bytes;
  }

  /** Returns the size of one element in bytes: 4 or 8. */
  public int bytes() {
    return bytes;
  }

  /**
   * Returns the dtype in which operands of this and the other dtype are computed: the wider one.
   */
  public DType promote(DType other) {
    return this == FLOAT64 || other == FLOAT64 ? FLOAT64 : FLOAT32;
  }

  /** Returns the value rounded to the nearest number of this dtype, as a double. */
  public double round(double value) {
    return this == FLOAT32 ? (float) value : value;
  }

  /** Returns the field's usual name, {@code float32} or {@code float64}. */
  @Override
  public String toString() {
    return label;
  }
}
