package io.ember4j.backend.nd4j;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/** Softmax and its logarithm along the middle axis of {@code [outer, n, inner]}. */
final class Softmaxes {
  private Softmaxes() {}

  static void softmax(
      Nd4jBuffer source, long outer, long n, long inner, boolean logarithm, Nd4jBuffer result) {
    long[] shape = inner == 1 ? new long[] {outer, n} : new long[] {outer, n, inner};
    INDArray x = source.array().reshape('c', shape);
    INDArray z = result.array().reshape('c', shape);
    Nd4j.exec(
        DynamicCustomOp.builder(logarithm ? "log_softmax" : "softmax")
            .addInputs(x)
            .addOutputs(z)
            .addIntegerArguments(1)
            .build());
  }
}
