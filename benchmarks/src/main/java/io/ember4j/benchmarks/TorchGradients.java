package io.ember4j.benchmarks;

import static io.ember4j.benchmarks.TorchValues.HALF;
import static io.ember4j.benchmarks.TorchValues.MEAN_SLOPE;
import static io.ember4j.benchmarks.TorchValues.MINUS_ONE;
import static io.ember4j.benchmarks.TorchValues.ONE;
import static io.ember4j.benchmarks.TorchValues.SELU_ALPHA;
import static io.ember4j.benchmarks.TorchValues.SELU_SCALE;
import static io.ember4j.benchmarks.TorchValues.SIX;
import static io.ember4j.benchmarks.TorchValues.SLOPE;
import static io.ember4j.benchmarks.TorchValues.TENTH;
import static io.ember4j.benchmarks.TorchValues.TWENTY;
import static io.ember4j.benchmarks.TorchValues.ZERO;
import static java.util.Map.entry;

import java.util.Map;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.global.torch;

/**
 * The backward kernels of PyTorch's autograd, called directly, with what its forward pass would
 * have saved given to them for nothing: sigmoid's and tanh's read the result and so need no
 * exponential.
 *
 * <p>Missing: prelu, whose backward kernel computes the weight's gradient as well, and softsign and
 * tanhshrink, which have no kernel.
 */
final class TorchGradients {
  /** Made once: converting the Java string in each call would cost PyTorch time at N = 1. */
  static final BytePointer TANH = new BytePointer("tanh");

  static final Map<String, TorchCall> CALLS =
      Map.ofEntries(
          entry("relu", threshold(ZERO)),
          entry("threshold", threshold(TENTH)),
          entry("leaky_relu", leaky(SLOPE)),
          entry("rrelu", leaky(MEAN_SLOPE)),
          entry("relu6", hardtanh(ZERO, SIX)),
          entry("hardtanh", hardtanh(MINUS_ONE, ONE)),
          entry("elu", elu(ONE, ONE)),
          entry("celu", elu(ONE, ONE)),
          entry("selu", elu(SELU_ALPHA, SELU_SCALE)),
          entry(
              "gelu",
              TorchCall.of(
                  t -> torch.gelu_backward(t.upstream(), t.x()),
                  t -> torch.gelu_backward_out(t.out(), t.upstream(), t.x()))),
          entry(
              "gelu_tanh",
              TorchCall.of(
                  t -> torch.gelu_backward(t.upstream(), t.x(), TANH),
                  t -> torch.gelu_backward_out(t.out(), t.upstream(), t.x(), TANH))),
          entry(
              "silu",
              TorchCall.of(
                  t -> torch.silu_backward(t.upstream(), t.x()),
                  t -> torch.silu_backward_out(t.out(), t.upstream(), t.x()))),
          entry("mish", TorchCall.of(t -> torch.mish_backward(t.upstream(), t.x()), null)),
          entry(
              "softplus",
              TorchCall.of(
                  t -> torch.softplus_backward(t.upstream(), t.x(), ONE, TWENTY),
                  t -> torch.softplus_backward_out(t.out(), t.upstream(), t.x(), ONE, TWENTY))),
          entry(
              "sigmoid",
              TorchCall.of(
                      t -> torch.sigmoid_backward(t.upstream(), t.saved()),
                      t -> torch.sigmoid_backward_out(t.out(), t.upstream(), t.saved()))
                  .saving(torch::sigmoid)),
          entry(
              "tanh",
              TorchCall.of(
                      t -> torch.tanh_backward(t.upstream(), t.saved()),
                      t -> torch.tanh_backward_out(t.out(), t.upstream(), t.saved()))
                  .saving(torch::tanh)),
          entry(
              "log_sigmoid",
              TorchCall.of(
                      t -> torch.log_sigmoid_backward(t.upstream(), t.x(), t.saved()),
                      t -> torch.log_sigmoid_backward_out(t.out(), t.upstream(), t.x(), t.saved()))
                  .saving(x -> torch.log_sigmoid_forward(x).get1())),
          entry(
              "hardsigmoid",
              TorchCall.of(
                  t -> torch.hardsigmoid_backward(t.upstream(), t.x()),
                  t -> torch.hardsigmoid_backward_out(t.out(), t.upstream(), t.x()))),
          entry(
              "hardswish",
              TorchCall.of(
                  t -> torch.hardswish_backward(t.upstream(), t.x()),
                  t -> torch.hardswish_backward_out(t.out(), t.upstream(), t.x()))),
          entry(
              "softshrink",
              TorchCall.of(
                  t -> torch.softshrink_backward(t.upstream(), t.x(), HALF),
                  t -> torch.softshrink_backward_out(t.out(), t.upstream(), t.x(), HALF))),
          entry(
              "hardshrink",
              TorchCall.of(
                  t -> torch.hardshrink_backward(t.upstream(), t.x(), HALF),
                  t -> torch.hardshrink_backward_out(t.out(), t.upstream(), t.x(), HALF))));

  private TorchGradients() {}

  private static TorchCall threshold(Scalar threshold) {
    return TorchCall.of(
        t -> torch.threshold_backward(t.upstream(), t.x(), threshold),
        t -> torch.threshold_backward_out(t.out(), t.upstream(), t.x(), threshold));
  }

  private static TorchCall leaky(Scalar slope) {
    return TorchCall.of(
        t -> torch.leaky_relu_backward(t.upstream(), t.x(), slope, false),
        t -> torch.leaky_relu_backward_out(t.out(), t.upstream(), t.x(), slope, false));
  }

  private static TorchCall hardtanh(Scalar low, Scalar high) {
    return TorchCall.of(
        t -> torch.hardtanh_backward(t.upstream(), t.x(), low, high),
        t -> torch.hardtanh_backward_out(t.out(), t.upstream(), t.x(), low, high));
  }

  private static TorchCall elu(Scalar alpha, Scalar scale) {
    return TorchCall.of(
        t -> torch.elu_backward(t.upstream(), alpha, scale, ONE, false, t.x()),
        t -> torch.elu_backward_out(t.out(), t.upstream(), alpha, scale, ONE, false, t.x()));
  }
}
