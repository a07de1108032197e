package io.ember4j.backend.nd4j;

import io.ember4j.DType;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.scalar.Step;
import org.nd4j.linalg.api.ops.impl.transforms.same.Abs;
import org.nd4j.linalg.api.ops.impl.transforms.same.Negative;
import org.nd4j.linalg.factory.Nd4j;

/** Computes a float32 function with ND4J's float64 operations, rounding once at the end. */
final class ViaDouble {
  private ViaDouble() {}

  /** Replaces the elements of a float64 array by their function values. */
  interface InPlace {
    void apply(INDArray x);
  }

  /** Computes f(x); the result may be x. */
  static void apply(InPlace f, Nd4jBuffer x, Nd4jBuffer result) {
    apply(f, 0, x, result);
  }

  /**
   * Computes f(x), or x itself where |x| &lt; small, which is for functions whose value there is x
   * to well within a ULP while f only has a small absolute error. The result may be x.
   */
  static void apply(InPlace f, double small, Nd4jBuffer x, Nd4jBuffer result) {
    Blocks.forEach(
        x.size(), (at, length) -> block(f, small, x.range(at, length), result.range(at, length)));
  }

  private static void block(InPlace f, double small, INDArray x, INDArray z) {
    try (Scratch scratch = new Scratch()) {
      INDArray wide = scratch.array(DataType.DOUBLE, x.length());
      wide.assign(x);
      f.apply(wide);
      if (small == 0) {
        z.assign(wide);
        return;
      }
      Nd4jBuffer value = scratch.buffer(DType.FLOAT32, x.length());
      value.array().assign(wide);
      Nd4jBuffer argument = scratch.buffer(DType.FLOAT32, x.length());
      argument.array().assign(x);
      Nd4jBuffer isSmall = scratch.buffer(DType.FLOAT32, x.length());
      Nd4j.exec(new Abs(x, isSmall.array()));
      Nd4j.exec(new Negative(isSmall.array(), isSmall.array()));
      Nd4j.exec(new Step(isSmall.array(), isSmall.array(), -small));
      INDArray mask = scratch.array(DataType.UINT32, x.length());
      mask.assign(isSmall.array());
      Select.blend(mask, argument.bits(), value.bits(), value.bits(), scratch);
      z.assign(value.array());
    }
  }
}
