package io.ember4j.conformance;

import io.ember4j.DType;
import io.ember4j.Tensor;
import io.ember4j.activation.Activations;
import io.ember4j.activation.Approximate;
import io.ember4j.nn.AlphaDropout;
import io.ember4j.nn.CELU;
import io.ember4j.nn.Dense;
import io.ember4j.nn.Dropout;
import io.ember4j.nn.ELU;
import io.ember4j.nn.GELU;
import io.ember4j.nn.GLU;
import io.ember4j.nn.Hardshrink;
import io.ember4j.nn.Hardsigmoid;
import io.ember4j.nn.Hardswish;
import io.ember4j.nn.Hardtanh;
import io.ember4j.nn.Initializer;
import io.ember4j.nn.Layer;
import io.ember4j.nn.LeCunTanh;
import io.ember4j.nn.LeakyReLU;
import io.ember4j.nn.LogSigmoid;
import io.ember4j.nn.LogSoftmax;
import io.ember4j.nn.Mish;
import io.ember4j.nn.PReLU;
import io.ember4j.nn.RReLU;
import io.ember4j.nn.ReLU;
import io.ember4j.nn.ReLU6;
import io.ember4j.nn.SELU;
import io.ember4j.nn.SiLU;
import io.ember4j.nn.Sigmoid;
import io.ember4j.nn.Softmax;
import io.ember4j.nn.Softmax2d;
import io.ember4j.nn.Softmin;
import io.ember4j.nn.Softplus;
import io.ember4j.nn.Softshrink;
import io.ember4j.nn.Softsign;
import io.ember4j.nn.Tanh;
import io.ember4j.nn.Tanhshrink;
import io.ember4j.nn.Threshold;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Every layer, with the function it is. */
final class LayerTable {
  private static final Map<String, Object> NONE = Map.of();

  static final List<Row> ROWS =
      List.of(
          row("relu", NONE, ReLU::new, Activations::relu, () -> new ReLU(true)),
          row("relu6", NONE, ReLU6::new, Activations::relu6, () -> new ReLU6(true)),
          row("selu", NONE, SELU::new, Activations::selu, () -> new SELU(true)),
          row("silu", NONE, SiLU::new, Activations::silu, () -> new SiLU(true)),
          row("swish", NONE, SiLU::new, Activations::silu, null),
          row("mish", NONE, Mish::new, Activations::mish, () -> new Mish(true)),
          row(
              "hardsigmoid",
              NONE,
              Hardsigmoid::new,
              Activations::hardsigmoid,
              () -> new Hardsigmoid(true)),
          row("hardswish", NONE, Hardswish::new, Activations::hardswish, () -> new Hardswish(true)),
          row("sigmoid", NONE, Sigmoid::new, Activations::sigmoid, () -> new Sigmoid(true)),
          row("tanh", NONE, Tanh::new, Activations::tanh, () -> new Tanh(true)),
          row("log_sigmoid", NONE, LogSigmoid::new, Activations::logSigmoid, null),
          row("lecun_tanh", NONE, LeCunTanh::new, Activations::lecunTanh, null),
          row("softsign", NONE, Softsign::new, Activations::softsign, null),
          row("tanhshrink", NONE, Tanhshrink::new, Activations::tanhshrink, null),
          row("softmax2d", NONE, Softmax2d::new, Activations::softmax2d, null),
          row(
              "leaky_relu",
              NONE,
              LeakyReLU::new,
              Activations::leakyRelu,
              () -> new LeakyReLU(0.01, true)),
          row(
              "leaky_relu",
              Map.of("negative_slope", 0.3),
              () -> new LeakyReLU(0.3),
              x -> Activations.leakyRelu(x, 0.3),
              () -> new LeakyReLU(0.3, true)),
          row("elu", NONE, ELU::new, Activations::elu, () -> new ELU(1, true)),
          row("elu", Map.of("alpha", 1.5), () -> new ELU(1.5), x -> Activations.elu(x, 1.5), null),
          row("celu", NONE, CELU::new, Activations::celu, () -> new CELU(1, true)),
          row(
              "celu",
              Map.of("alpha", 1.5),
              () -> new CELU(1.5),
              x -> Activations.celu(x, 1.5),
              null),
          row(
              "hardtanh",
              NONE,
              Hardtanh::new,
              Activations::hardtanh,
              () -> new Hardtanh(-1, 1, true)),
          row(
              "hardtanh",
              Map.of("min_val", -2, "max_val", 0.5),
              () -> new Hardtanh(-2, 0.5),
              x -> Activations.hardtanh(x, -2, 0.5),
              null),
          row("softshrink", NONE, Softshrink::new, Activations::softshrink, null),
          row(
              "softshrink",
              Map.of("lambd", 1.5),
              () -> new Softshrink(1.5),
              x -> Activations.softshrink(x, 1.5),
              null),
          row("hardshrink", NONE, Hardshrink::new, Activations::hardshrink, null),
          row(
              "hardshrink",
              Map.of("lambd", 1.5),
              () -> new Hardshrink(1.5),
              x -> Activations.hardshrink(x, 1.5),
              null),
          row("softplus", NONE, Softplus::new, Activations::softplus, null),
          row(
              "softplus",
              Map.of("beta", 2, "threshold", 3),
              () -> new Softplus(2, 3),
              x -> Activations.softplus(x, 2, 3),
              null),
          row("gelu", NONE, GELU::new, Activations::gelu, null),
          row(
              "gelu",
              Map.of("approximate", "tanh"),
              () -> new GELU(Approximate.TANH),
              x -> Activations.gelu(x, Approximate.TANH),
              null),
          row(
              "gelu",
              Map.of("approximate", "sigmoid"),
              () -> new GELU(Approximate.SIGMOID),
              x -> Activations.gelu(x, Approximate.SIGMOID),
              null),
          row(
              "rrelu",
              NONE,
              RReLU::new,
              Activations::rrelu,
              () -> new RReLU(1.0 / 8, 1.0 / 3, true)),
          row(
              "rrelu",
              Map.of("lower", 0.1, "upper", 0.4),
              () -> new RReLU(0.1, 0.4),
              x -> Activations.rrelu(x, 0.1, 0.4),
              null),
          row(
              "threshold",
              Map.of("threshold", 0.1, "value", 20),
              () -> new Threshold(0.1, 20),
              x -> Activations.threshold(x, 0.1, 20),
              () -> new Threshold(0.1, 20, true)),
          row("prelu", NONE, PReLU::new, x -> prelu(x, 0.25), null),
          row(
              "prelu",
              Map.of("num_parameters", 4, "init", 0.5),
              () -> new PReLU(4, 0.5),
              x -> prelu(x, 0.5, 0.5, 0.5, 0.5),
              null),
          row("glu", NONE, GLU::new, Activations::glu, null),
          row("glu", Map.of("dim", 1), () -> new GLU(1), x -> Activations.glu(x, 1), null),
          row("softmax", NONE, Softmax::new, x -> Activations.softmax(x, -1), null),
          row(
              "softmax",
              Map.of("dim", 1, "temperature", 2),
              () -> new Softmax(1, 2),
              x -> Activations.softmax(x, 1, 2.0),
              null),
          row("log_softmax", NONE, LogSoftmax::new, x -> Activations.logSoftmax(x, -1), null),
          row(
              "log_softmax",
              Map.of("dim", 2),
              () -> new LogSoftmax(2),
              x -> Activations.logSoftmax(x, 2),
              null),
          row("softmin", NONE, Softmin::new, x -> Activations.softmin(x, -1), null),
          row(
              "softmin",
              Map.of("dim", 0),
              () -> new Softmin(0),
              x -> Activations.softmin(x, 0),
              null));

  private LayerTable() {}

  /**
   * An activation's layer.
   *
   * @param name the activation's name
   * @param parameters its parameters, where they are not the defaults
   * @param layer makes the layer
   * @param function the functional form
   * @param inPlace makes the layer that overwrites its input; null if there is none
   */
  record Row(
      String name,
      Map<String, ?> parameters,
      Supplier<Layer> layer,
      UnaryOperator<Tensor> function,
      Supplier<Layer> inPlace) {
    /** Returns the layer's type and parameters. */
    String type() {
      return layer.get().getClass().getSimpleName() + parameters;
    }
  }

  private static Row row(
      String name,
      Map<String, ?> parameters,
      Supplier<Layer> layer,
      UnaryOperator<Tensor> function,
      Supplier<Layer> inPlace) {
    return new Row(name, parameters, layer, function, inPlace);
  }

  private static Tensor prelu(Tensor x, double... slopes) {
    try (Tensor weight = Checks.tensor(x.dtype(), slopes, slopes.length)) {
      return Activations.prelu(x, weight);
    }
  }

  /** Returns layers that are no activations, which take 4 features last, with seeds. */
  static List<Layer> others() {
    return List.of(
        new Dense(4, 4, Initializer.LECUN_NORMAL, 5),
        new Dense(4, 4, false, Initializer.HE_UNIFORM, 6, DType.FLOAT64),
        new PReLU(4, 0.1, DType.FLOAT64),
        new Dropout(0.3, false, 7),
        new AlphaDropout(0.3, false, 8),
        new RReLU(0.1, 0.2, false, 9));
  }
}
