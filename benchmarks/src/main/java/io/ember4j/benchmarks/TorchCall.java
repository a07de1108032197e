package io.ember4j.benchmarks;

import java.util.function.Function;
import org.bytedeco.pytorch.Tensor;

/**
 * PyTorch's way to compute something.
 *
 * @param fresh into a new tensor
 * @param into into {@code out} of the operands; null where PyTorch has no such form, and then the
 *     fresh one stands in
 * @param saved what the forward pass keeps for a gradient, made from the input once; or null
 */
record TorchCall(
    Function<TorchOperands, Tensor> fresh,
    Function<TorchOperands, Tensor> into,
    Function<Tensor, Tensor> saved) {

  static TorchCall of(Function<TorchOperands, Tensor> fresh, Function<TorchOperands, Tensor> into) {
    return new TorchCall(fresh, into, null);
  }

  TorchCall saving(Function<Tensor, Tensor> forward) {
    return new TorchCall(fresh, into, forward);
  }

  boolean recycles() {
    return into != null;
  }

  Contender contender(Outputs outputs, TorchOperands operands) {
    return outputs == Outputs.RECYCLED && recycles()
        ? new Recycled(operands, into)
        : new Fresh(operands, fresh);
  }

  /** Closing the result gives its memory back to PyTorch's allocator at once, as in Python. */
  private record Fresh(TorchOperands operands, Function<TorchOperands, Tensor> operation)
      implements Contender {
    @Override
    public Object call() {
      try (Tensor result = operation.apply(operands)) {
        return result;
      }
    }

    @Override
    public float[] result() {
      try (Tensor result = operation.apply(operands)) {
        return TorchOperands.read(result);
      }
    }

    @Override
    public void close() {
      operands.close();
    }
  }

  private record Recycled(TorchOperands operands, Function<TorchOperands, Tensor> operation)
      implements Contender {
    @Override
    public Object call() {
      return operation.apply(operands);
    }

    @Override
    public float[] result() {
      call();
      return TorchOperands.read(operands.out());
    }

    @Override
    public void close() {
      operands.close();
    }
  }
}
