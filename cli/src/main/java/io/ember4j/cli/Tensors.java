package io.ember4j.cli;

import io.ember4j.DType;
import io.ember4j.Tensor;

/** Turns the numbers of a file into a tensor and back, with shape and dtype. */
final class Tensors {
  private Tensors() {}

  /** The dtype of the tensor. */
  static DType dtype(NumericArray array) {
    return array instanceof NumericArray.Floats ? DType.FLOAT32 : DType.FLOAT64;
  }

  /** A tensor on the current backend. */
  static Tensor of(NumericArray array) {
    return of(array, array.shape());
  }

  /** A tensor on the current backend, of the same elements in another shape. */
  static Tensor of(NumericArray array, long... shape) {
    try (Tensor flat = flat(array)) {
      return flat.reshape(shape);
    }
  }

  private static Tensor flat(NumericArray array) {
    if (array instanceof NumericArray.Floats floats) {
      return Tensor.of(floats.values());
    }
    return Tensor.of(((NumericArray.Doubles) array).values());
  }

  /** The elements as doubles, float32 exactly; do not write to them. */
  static double[] doubles(NumericArray array) {
    if (array instanceof NumericArray.Doubles doubles) {
      return doubles.values();
    }
    float[] values = ((NumericArray.Floats) array).values();
    double[] wide = new double[values.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }

  /** The numbers of a tensor. */
  static NumericArray download(Tensor tensor) {
    long[] shape = tensor.shape().toArray();
    return tensor.dtype() == DType.FLOAT32
        ? new NumericArray.Floats(shape, tensor.toFloatArray())
        : new NumericArray.Doubles(shape, tensor.toDoubleArray());
  }
}
