package io.ember4j.benchmarks;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * What a PyTorch operation may read and write.
 *
 * @param x the input
 * @param upstream the gradient of the result
 * @param saved what PyTorch's forward pass would have kept for this gradient, or null
 * @param out the recycled output
 * @param scratch recycled memory for what is computed on the way
 */
record TorchOperands(Tensor x, Tensor upstream, Tensor saved, Tensor out, Tensor scratch)
    implements AutoCloseable {
  static TorchOperands of(float[] x, float[] upstream, TorchCall call) {
    Tensor input = AbstractTensor.create(x);
    return new TorchOperands(
        input,
        AbstractTensor.create(upstream),
        call.saved() == null ? null : call.saved().apply(input),
        torch.empty_like(input),
        torch.empty_like(input));
  }

  /** Returns the elements in row-major order. */
  static float[] read(Tensor tensor) {
    float[] values = new float[(int) tensor.numel()];
    try (Tensor contiguous = tensor.contiguous()) {
      new FloatPointer(contiguous.data_ptr()).get(values);
    }
    return values;
  }

  @Override
  public void close() {
    x.close();
    upstream.close();
    if (saved != null) {
      saved.close();
    }
    out.close();
    scratch.close();
  }
}
