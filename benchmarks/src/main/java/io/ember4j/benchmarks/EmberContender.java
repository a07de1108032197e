package io.ember4j.benchmarks;

import io.ember4j.Tensor;
import java.util.function.Supplier;

/** An operation of Ember4j on the backend in effect. */
record EmberContender(Outputs outputs, Supplier<Tensor> operation) implements Contender {
  @Override
  public Object call() {
    Tensor result = operation.get();
    if (outputs == Outputs.RECYCLED) {
      result.close();
    }
    return result;
  }

  @Override
  public float[] result() {
    try (Tensor result = operation.get()) {
      return result.toFloatArray();
    }
  }
}
