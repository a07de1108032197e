package io.ember4j.benchmarks;

import static java.util.Map.entry;

import java.util.Map;
import java.util.function.BiFunction;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.Op;
import org.nd4j.linalg.api.ops.impl.scalar.LeakyReLU;
import org.nd4j.linalg.api.ops.impl.scalar.RectifiedLinear;
import org.nd4j.linalg.api.ops.impl.scalar.Relu6;
import org.nd4j.linalg.api.ops.impl.transforms.strict.HardTanh;
import org.nd4j.linalg.api.ops.impl.transforms.strict.LogSigmoid;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Mish;
import org.nd4j.linalg.api.ops.impl.transforms.strict.SELU;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Sigmoid;
import org.nd4j.linalg.api.ops.impl.transforms.strict.SoftPlus;
import org.nd4j.linalg.api.ops.impl.transforms.strict.SoftSign;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Swish;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Tanh;
import org.nd4j.linalg.factory.Nd4j;

/**
 * ND4J's activations by the names of {@link ActivationRow}, where it has the same function: its
 * gelu is x sigmoid(1.702 x), its PreciseGELU cubes 0.044715 along with x, and its hardsigmoid has
 * another slope.
 */
final class Nd4jActivations {
  static final Map<String, Nd4jCall> VALUES =
      Map.ofEntries(
          entry("relu", op((x, z) -> new RectifiedLinear(x, z))),
          entry("leaky_relu", op((x, z) -> new LeakyReLU(x, z, 0.01))),
          entry("relu6", op((x, z) -> new Relu6(x, z))),
          entry("elu", (x, upstream, out) -> run("elu", out, new INDArray[] {x}, 1.0)),
          entry("selu", op((x, z) -> new SELU(x, z))),
          entry("silu", op((x, z) -> new Swish(x, z))),
          entry("mish", op((x, z) -> new Mish(x, z))),
          entry("softplus", op((x, z) -> new SoftPlus(x, z))),
          entry("sigmoid", op((x, z) -> new Sigmoid(x, z))),
          entry("log_sigmoid", op((x, z) -> new LogSigmoid(x, z))),
          entry("tanh", op((x, z) -> new Tanh(x, z))),
          entry("hardtanh", op((x, z) -> new HardTanh(x, z))),
          entry("softsign", op((x, z) -> new SoftSign(x, z))));

  /** Those that ND4J's layers use; from x, not from the result. */
  static final Map<String, Nd4jCall> GRADIENTS =
      Map.ofEntries(
          entry("relu", custom("relu_bp", 0.0)),
          entry("leaky_relu", custom("lrelu_bp", 0.01)),
          entry("relu6", custom("relu6_bp", 0.0)),
          entry("elu", custom("elu_bp", 1.0)),
          entry("selu", custom("selu_bp")),
          entry("softplus", custom("softplus_bp")),
          entry("sigmoid", custom("sigmoid_bp")),
          entry("tanh", custom("tanh_bp")),
          entry("hardtanh", custom("hardtanh_bp")),
          entry("softsign", custom("softsign_bp")));

  private Nd4jActivations() {}

  private static Nd4jCall op(BiFunction<INDArray, INDArray, Op> op) {
    return (x, upstream, out) -> Nd4j.exec(op.apply(x, out));
  }

  private static Nd4jCall custom(String name, Double... arguments) {
    return (x, upstream, out) -> run(name, out, new INDArray[] {x, upstream}, arguments);
  }

  private static void run(String name, INDArray out, INDArray[] inputs, Double... arguments) {
    Nd4j.exec(
        DynamicCustomOp.builder(name)
            .addInputs(inputs)
            .addOutputs(out)
            .addFloatingPointArguments(arguments)
            .build());
  }
}
