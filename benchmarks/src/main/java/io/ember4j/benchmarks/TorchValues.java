package io.ember4j.benchmarks;

import static java.util.Map.entry;

import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** PyTorch's activations by the names of {@link ActivationRow}. */
final class TorchValues {
  static final Scalar ZERO = new Scalar(0.0);
  static final Scalar ONE = new Scalar(1.0);
  static final Scalar MINUS_ONE = new Scalar(-1.0);
  static final Scalar SIX = new Scalar(6.0);
  static final Scalar HALF = new Scalar(0.5);
  static final Scalar TWENTY = new Scalar(20.0);
  static final Scalar SLOPE = new Scalar(0.01);
  static final Scalar MEAN_SLOPE = new Scalar((1.0 / 8 + 1.0 / 3) / 2);
  static final Scalar TENTH = new Scalar(0.1);
  static final Scalar SELU_ALPHA = new Scalar(1.6732632423543772);
  static final Scalar SELU_SCALE = new Scalar(1.0507009873554805);
  private static final Tensor PRELU_WEIGHT = torch.full(new long[] {1}, new Scalar(0.25f));

  static final Map<String, TorchCall> CALLS =
      Map.ofEntries(
          entry("relu", TorchCall.of(t -> torch.relu(t.x()), t -> torch.relu_out(t.out(), t.x()))),
          entry(
              "leaky_relu",
              TorchCall.of(
                  t -> torch.leaky_relu(t.x(), SLOPE),
                  t -> torch.leaky_relu_out(t.out(), t.x(), SLOPE))),
          entry("prelu", TorchCall.of(t -> torch.prelu(t.x(), PRELU_WEIGHT), null)),
          entry(
              "relu6",
              TorchCall.of(
                  t -> torch.relu6(t.x()), t -> torch.hardtanh_out(t.out(), t.x(), ZERO, SIX))),
          entry(
              "elu",
              TorchCall.of(
                  t -> torch.elu(t.x(), ONE, ONE, ONE),
                  t -> torch.elu_out(t.out(), t.x(), ONE, ONE, ONE))),
          entry("celu", TorchCall.of(t -> torch.celu(t.x()), t -> torch.celu_out(t.out(), t.x()))),
          entry(
              "selu",
              TorchCall.of(
                  t -> torch.selu(t.x()),
                  t -> torch.elu_out(t.out(), t.x(), SELU_ALPHA, SELU_SCALE, ONE))),
          // Evaluation mode, which is leaky_relu with the mean slope in PyTorch too.
          entry(
              "rrelu",
              TorchCall.of(
                  t -> torch.leaky_relu(t.x(), MEAN_SLOPE),
                  t -> torch.leaky_relu_out(t.out(), t.x(), MEAN_SLOPE))),
          entry(
              "threshold",
              TorchCall.of(
                  t -> torch.threshold(t.x(), TENTH, TWENTY),
                  t -> torch.threshold_out(t.out(), t.x(), TENTH, TWENTY))),
          entry("gelu", TorchCall.of(t -> torch.gelu(t.x()), t -> torch.gelu_out(t.out(), t.x()))),
          entry(
              "gelu_tanh",
              TorchCall.of(
                  t -> torch.gelu(t.x(), TorchGradients.TANH),
                  t -> torch.gelu_out(t.out(), t.x(), TorchGradients.TANH))),
          entry("silu", TorchCall.of(t -> torch.silu(t.x()), t -> torch.silu_out(t.out(), t.x()))),
          entry("mish", TorchCall.of(t -> torch.mish(t.x()), t -> torch.mish_out(t.out(), t.x()))),
          entry(
              "softplus",
              TorchCall.of(t -> torch.softplus(t.x()), t -> torch.softplus_out(t.out(), t.x()))),
          entry(
              "sigmoid",
              TorchCall.of(t -> torch.sigmoid(t.x()), t -> torch.sigmoid_out(t.out(), t.x()))),
          entry(
              "log_sigmoid",
              TorchCall.of(
                  t -> torch.log_sigmoid(t.x()),
                  t -> torch.log_sigmoid_forward_out(t.out(), t.scratch(), t.x()).get0())),
          entry("tanh", TorchCall.of(t -> torch.tanh(t.x()), t -> torch.tanh_out(t.out(), t.x()))),
          entry(
              "hardtanh",
              TorchCall.of(
                  t -> torch.hardtanh(t.x(), MINUS_ONE, ONE),
                  t -> torch.hardtanh_out(t.out(), t.x(), MINUS_ONE, ONE))),
          entry(
              "hardsigmoid",
              TorchCall.of(
                  t -> torch.hardsigmoid(t.x()), t -> torch.hardsigmoid_out(t.out(), t.x()))),
          entry(
              "hardswish",
              TorchCall.of(t -> torch.hardswish(t.x()), t -> torch.hardswish_out(t.out(), t.x()))),
          // PyTorch has no kernel for softsign and tanhshrink: these are the steps it takes.
          entry(
              "softsign",
              TorchCall.of(
                  t -> torch.softsign(t.x()),
                  t -> torch.div_out(t.out(), t.x(), torch.abs_out(t.scratch(), t.x()).add_(ONE)))),
          entry(
              "tanhshrink",
              TorchCall.of(
                  t -> torch.tanhshrink(t.x()),
                  t -> torch.sub_out(t.out(), t.x(), torch.tanh_out(t.scratch(), t.x())))),
          entry(
              "softshrink",
              TorchCall.of(
                  t -> torch.softshrink(t.x()), t -> torch.softshrink_out(t.out(), t.x()))),
          entry(
              "hardshrink",
              TorchCall.of(
                  t -> torch.hardshrink(t.x()), t -> torch.hardshrink_out(t.out(), t.x()))));

  private TorchValues() {}
}
