package io.ember4j.backend.nd4j;

import io.ember4j.DType;
import io.ember4j.expr.Primitive;
import io.ember4j.spi.MatmulSpec;
import io.ember4j.spi.Operand;
import java.util.List;

/** Tries the native paths: an elementwise operation, and BLAS, which is a library of its own. */
final class NativeProbe {
  private NativeProbe() {}

  /**
   * Computes 2 + 3 and 5 x 5 natively.
   *
   * @throws IllegalStateException if the result is wrong
   * @throws LinkageError if a class or native library is missing
   */
  static void run() {
    Nd4jBackend backend = new Nd4jBackend();
    Nd4jBuffer x = backend.allocate(DType.FLOAT32, 1);
    Nd4jBuffer y = backend.allocate(DType.FLOAT32, 1);
    try {
      backend.upload(new float[] {2}, x);
      List<Operand> operands = List.of(new Operand.View(x, 1), new Operand.Constant(3));
      backend.apply(Primitive.ADD, operands, x);
      backend.matmul(new MatmulSpec(1, 1, 1, 1, false, false, 0, 0), x, x, y);
      float[] result = new float[1];
      backend.download(y, result);
      if (result[0] != 25) {
        throw new IllegalStateException("ND4J computed (2 + 3) x 5 as " + result[0]);
      }
    } finally {
      backend.release(x);
      backend.release(y);
    }
  }
}
