package io.ember4j.backend.nd4j;

import io.ember4j.DType;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.scalar.ScalarAdd;
import org.nd4j.linalg.api.ops.impl.scalar.ScalarMultiplication;
import org.nd4j.linalg.api.ops.impl.scalar.ScalarReverseDivision;
import org.nd4j.linalg.api.ops.impl.scalar.ScalarReverseSubtraction;
import org.nd4j.linalg.api.ops.impl.transforms.floating.Sqrt;
import org.nd4j.linalg.api.ops.impl.transforms.pairwise.arithmetic.DivOp;
import org.nd4j.linalg.api.ops.impl.transforms.pairwise.arithmetic.MulOp;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Exp;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Sinh;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The hyperbolic tangent. ND4J's own is (e^2x - 1) / (e^2x + 1), which has no correct digit for
 * small x: tanh(1e-8f) is 0.
 */
final class Tanh {
  /** Below this, x is nearer to tanh(x) than a twelfth of a float32 ULP: x^2 / 3. */
  private static final double SMALL = 0x1p-13;

  /** From here on, tanh(x) rounds to 1 in float64. */
  private static final double LARGE = 20;

  private Tanh() {}

  static void apply(Nd4jBuffer x, Nd4jBuffer result) {
    if (x.dtype() == DType.FLOAT32) {
      ViaDouble.apply(Tanh::fromExp, SMALL, x, result);
    } else {
      Blocks.forEach(
          x.size(), (at, length) -> fromSinh(x.range(at, length), result.range(at, length)));
    }
  }

  /** 1 - 2 / (e^2x + 1), with an absolute error of about 2^-52. */
  private static void fromExp(INDArray x) {
    Nd4j.exec(new ScalarMultiplication(x, null, x, 2));
    Nd4j.exec(new Exp(x, x));
    Nd4j.exec(new ScalarAdd(x, null, x, 1));
    Nd4j.exec(new ScalarReverseDivision(x, null, x, 2));
    Nd4j.exec(new ScalarReverseSubtraction(x, null, x, 1));
  }

  /**
   * s / sqrt(s^2 + 1) with s = sinh(x), which ND4J takes from the C library. The larger s, the less
   * its error counts; the clipping keeps its square finite.
   */
  private static void fromSinh(INDArray x, INDArray z) {
    try (Scratch scratch = new Scratch()) {
      INDArray sinh = scratch.array(DataType.DOUBLE, x.length());
      INDArray root = scratch.array(DataType.DOUBLE, x.length());
      WithScalar.max(x, -LARGE, sinh);
      WithScalar.min(sinh, LARGE, sinh);
      Nd4j.exec(new Sinh(sinh, sinh));
      Nd4j.exec(new MulOp(sinh, sinh, root));
      Nd4j.exec(new ScalarAdd(root, null, root, 1));
      Nd4j.exec(new Sqrt(root, root));
      Nd4j.exec(new DivOp(sinh, root, z));
    }
  }
}
