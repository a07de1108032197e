package io.ember4j.cli;

/**
 * What a .npy header says about the data behind it.
 *
 * @param descr the dtype in NumPy's notation, such as {@code <f4}
 * @param fortranOrder whether the first axis varies fastest
 * @param shape the size of each axis, none negative
 */
@SuppressWarnings("ArrayRecordComponent") // data, never compared
record NpyHeader(String descr, boolean fortranOrder, long[] shape) {
  private static final String FLOAT32 = "<f4";
  private static final String FLOAT64 = "<f8";

  /** The header under which an array is written. */
  static NpyHeader of(NumericArray array) {
    String descr = array instanceof NumericArray.Floats ? FLOAT32 : FLOAT64;
    return new NpyHeader(descr, false, array.shape());
  }

  /** Whether the data is float32; float64 otherwise. */
  boolean isFloat32() {
    return descr.equals(FLOAT32);
  }

  /** Bytes per element. */
  int itemSize() {
    return isFloat32() ? Float.BYTES : Double.BYTES;
  }

  /**
   * Refuses what this program does not read.
   *
   * @param source the file, for the message
   * @throws InputException unless the data is little-endian f4 or f8 in C order
   */
  void requireReadable(Object source) {
    String quoted = InputException.quote(descr);
    if (!descr.equals(FLOAT32) && !descr.equals(FLOAT64)) {
      if (descr.equals(">f4") || descr.equals(">f8")) {
        throw new InputException(
            source,
            "the data is big-endian (" + quoted + ")",
            "convert with .astype('<" + descr.substring(1) + "') and save again");
      }
      String problem = descr.startsWith("|O") ? "an object array (" : "unsupported dtype (";
      throw new InputException(
          source, problem + quoted + ")", "convert with .astype('<f4') or .astype('<f8')");
    }
    if (fortranOrder) {
      throw new InputException(
          source,
          "the data is in Fortran order ('fortran_order': True)",
          "convert with np.ascontiguousarray(a) and save again");
    }
  }

  /**
   * The bytes of data that belong to this header.
   *
   * @param source the file, for the message
   * @throws InputException if that number does not fit a long
   */
  long dataBytes(Object source) {
    try {
      return Math.multiplyExact(NumericArray.count(shape), (long) itemSize());
    } catch (ArithmeticException e) {
      throw new InputException(
          source,
          "the header's shape " + NumericArray.describe(shape) + " overflows 64 bits",
          "the file is damaged, save it again with np.save",
          e);
    }
  }

  /** The Python dict literal that NumPy writes. */
  String toLiteral() {
    return String.format(
        "{'descr': '%s', 'fortran_order': %s, 'shape': %s, }",
        descr, fortranOrder ? "True" : "False", NumericArray.describe(shape));
  }
}
