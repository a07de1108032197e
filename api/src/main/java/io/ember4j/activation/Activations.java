package io.ember4j.activation;

import io.ember4j.BackendScope;
import io.ember4j.Backends;
import io.ember4j.Ops;
import io.ember4j.RandomKey;
import io.ember4j.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Every activation as a static method, and by name.
 *
 * <p>Names and parameters are PyTorch's; values at NaN are NaN, at the infinities the mathematical
 * limit. A method whose name ends in _ overwrites its argument. Each method computes on the backend
 * in effect, and throws {@link io.ember4j.ParameterException} for a parameter out of range, {@link
 * io.ember4j.ShapeException} for a shape that does not fit, {@link
 * io.ember4j.ClosedTensorException} for a closed tensor, and, in place, {@link
 * io.ember4j.InPlaceException} where something else holds the values.
 */
public final class Activations {
  private static final Activation RELU = get("relu");
  private static final Activation RELU6 = get("relu6");
  private static final Activation SELU = get("selu");
  private static final Activation SILU = get("silu");
  private static final Activation MISH = get("mish");
  private static final Activation SIGMOID = get("sigmoid");
  private static final Activation TANH = get("tanh");
  private static final Activation HARDSIGMOID = get("hardsigmoid");
  private static final Activation HARDSWISH = get("hardswish");
  private static final Activation LOG_SIGMOID = get("log_sigmoid");
  private static final Activation LECUN_TANH = get("lecun_tanh");
  private static final Activation SOFTSIGN = get("softsign");
  private static final Activation TANHSHRINK = get("tanhshrink");
  private static final Activation LEAKY_RELU = get("leaky_relu");
  private static final Activation ELU = get("elu");
  private static final Activation CELU = get("celu");
  private static final Activation HARDTANH = get("hardtanh");
  private static final Activation SOFTSHRINK = get("softshrink");
  private static final Activation HARDSHRINK = get("hardshrink");
  private static final Activation SOFTPLUS = get("softplus");
  private static final Activation GELU = get("gelu");
  private static final Activation RRELU = get("rrelu");

  private Activations() {}

  // ---- by name

  /**
   * Returns the named activation with default parameters; aliases such as {@code swish} work too.
   *
   * @throws io.ember4j.UnknownNameException if the name is unknown; the message has the nearest
   *     ones
   * @throws io.ember4j.ParameterException if a parameter without default is needed (threshold)
   */
  public static Activation get(String name) {
    return get(name, Map.of());
  }

  /**
   * Returns the named activation with some parameters given, by PyTorch's names.
   *
   * @param parameters numbers or strings, such as {@code Map.of("approximate", "tanh")}
   * @throws io.ember4j.UnknownNameException if the name or a parameter is unknown
   * @throws io.ember4j.ParameterException if a value is out of range or missing
   */
  public static Activation get(String name, Map<String, ?> parameters) {
    Objects.requireNonNull(parameters, "parameters is null; pass Map.of() for the defaults");
    return new Activation(Registry.find(name), parameters);
  }

  /** Returns all names: the catalogue, then the users' own; without aliases. */
  public static List<String> names() {
    return Registry.names();
  }

  /** Returns the other names of the named activation, such as {@code swish} of {@code silu}. */
  public static List<String> aliases(String name) {
    return Registry.find(name).aliases();
  }

  /**
   * Returns parameters with which the named activation can be shown or tried: empty, but for those
   * that have no default (threshold).
   */
  public static Map<String, Object> exampleParameters(String name) {
    return Registry.find(name).example();
  }

  // ---- element by element

  /** Returns max(x, 0); relu(-0) = -0. */
  public static Tensor relu(Tensor x) {
    return RELU.apply(x);
  }

  /** Overwrites x with relu(x) and returns it. */
  public static Tensor relu_(Tensor x) {
    return RELU.apply_(x);
  }

  /** Returns min(max(x, 0), 6). */
  public static Tensor relu6(Tensor x) {
    return RELU6.apply(x);
  }

  /** Overwrites x with relu6(x) and returns it. */
  public static Tensor relu6_(Tensor x) {
    return RELU6.apply_(x);
  }

  /** Returns 1.0507 x for x &gt; 0, else 1.7581 (e^x - 1). */
  public static Tensor selu(Tensor x) {
    return SELU.apply(x);
  }

  /** Overwrites x with selu(x) and returns it. */
  public static Tensor selu_(Tensor x) {
    return SELU.apply_(x);
  }

  /** Returns x / (1 + e^-x), also called swish; -0 at -infinity. */
  public static Tensor silu(Tensor x) {
    return SILU.apply(x);
  }

  /** Overwrites x with silu(x) and returns it. */
  public static Tensor silu_(Tensor x) {
    return SILU.apply_(x);
  }

  /** Returns x tanh(log(1 + e^x)); -0 at -infinity. */
  public static Tensor mish(Tensor x) {
    return MISH.apply(x);
  }

  /** Overwrites x with mish(x) and returns it. */
  public static Tensor mish_(Tensor x) {
    return MISH.apply_(x);
  }

  /** Returns 1 / (1 + e^-x). */
  public static Tensor sigmoid(Tensor x) {
    return SIGMOID.apply(x);
  }

  /** Overwrites x with sigmoid(x) and returns it. */
  public static Tensor sigmoid_(Tensor x) {
    return SIGMOID.apply_(x);
  }

  /** Returns the hyperbolic tangent. */
  public static Tensor tanh(Tensor x) {
    return TANH.apply(x);
  }

  /** Overwrites x with tanh(x) and returns it. */
  public static Tensor tanh_(Tensor x) {
    return TANH.apply_(x);
  }

  /** Returns min(max(x + 3, 0), 6) / 6. */
  public static Tensor hardsigmoid(Tensor x) {
    return HARDSIGMOID.apply(x);
  }

  /** Overwrites x with hardsigmoid(x) and returns it. */
  public static Tensor hardsigmoid_(Tensor x) {
    return HARDSIGMOID.apply_(x);
  }

  /** Returns x min(max(x + 3, 0), 6) / 6; -0 at -infinity. */
  public static Tensor hardswish(Tensor x) {
    return HARDSWISH.apply(x);
  }

  /** Overwrites x with hardswish(x) and returns it. */
  public static Tensor hardswish_(Tensor x) {
    return HARDSWISH.apply_(x);
  }

  /** Returns log(sigmoid(x)), without overflow. */
  public static Tensor logSigmoid(Tensor x) {
    return LOG_SIGMOID.apply(x);
  }

  /** Returns 1.7159 tanh(2x/3). */
  public static Tensor lecunTanh(Tensor x) {
    return LECUN_TANH.apply(x);
  }

  /** Returns x / (1 + |x|); -1 and 1 at the infinities. */
  public static Tensor softsign(Tensor x) {
    return SOFTSIGN.apply(x);
  }

  /** Returns x - tanh(x), without cancellation. */
  public static Tensor tanhshrink(Tensor x) {
    return TANHSHRINK.apply(x);
  }

  /** Returns leakyRelu with negativeSlope 0.01. */
  public static Tensor leakyRelu(Tensor x) {
    return LEAKY_RELU.apply(x);
  }

  /** Returns x for x &gt; 0, else negativeSlope x. */
  public static Tensor leakyRelu(Tensor x, double negativeSlope) {
    return get("leaky_relu", Map.of("negative_slope", negativeSlope)).apply(x);
  }

  /** Overwrites x with leakyRelu(x) with negativeSlope 0.01 and returns it. */
  public static Tensor leakyRelu_(Tensor x) {
    return LEAKY_RELU.apply_(x);
  }

  /** Overwrites x with leakyRelu(x, negativeSlope) and returns it. */
  public static Tensor leakyRelu_(Tensor x, double negativeSlope) {
    return get("leaky_relu", Map.of("negative_slope", negativeSlope)).apply_(x);
  }

  /** Returns elu with alpha 1. */
  public static Tensor elu(Tensor x) {
    return ELU.apply(x);
  }

  /** Returns x for x &gt; 0, else alpha (e^x - 1). */
  public static Tensor elu(Tensor x, double alpha) {
    return get("elu", Map.of("alpha", alpha)).apply(x);
  }

  /** Overwrites x with elu(x) with alpha 1 and returns it. */
  public static Tensor elu_(Tensor x) {
    return ELU.apply_(x);
  }

  /** Overwrites x with elu(x, alpha) and returns it. */
  public static Tensor elu_(Tensor x, double alpha) {
    return get("elu", Map.of("alpha", alpha)).apply_(x);
  }

  /** Returns celu with alpha 1. */
  public static Tensor celu(Tensor x) {
    return CELU.apply(x);
  }

  /** Returns x for x &gt; 0, else alpha (e^(x/alpha) - 1); alpha not 0. */
  public static Tensor celu(Tensor x, double alpha) {
    return get("celu", Map.of("alpha", alpha)).apply(x);
  }

  /** Overwrites x with celu(x) with alpha 1 and returns it. */
  public static Tensor celu_(Tensor x) {
    return CELU.apply_(x);
  }

  /** Overwrites x with celu(x, alpha) and returns it. */
  public static Tensor celu_(Tensor x, double alpha) {
    return get("celu", Map.of("alpha", alpha)).apply_(x);
  }

  /** Returns hardtanh with minVal -1, maxVal 1. */
  public static Tensor hardtanh(Tensor x) {
    return HARDTANH.apply(x);
  }

  /** Returns x limited to [minVal, maxVal], minVal below maxVal. */
  public static Tensor hardtanh(Tensor x, double minVal, double maxVal) {
    return get("hardtanh", Map.of("min_val", minVal, "max_val", maxVal)).apply(x);
  }

  /** Overwrites x with hardtanh(x) with minVal -1, maxVal 1 and returns it. */
  public static Tensor hardtanh_(Tensor x) {
    return HARDTANH.apply_(x);
  }

  /** Overwrites x with hardtanh(x, minVal, maxVal) and returns it. */
  public static Tensor hardtanh_(Tensor x, double minVal, double maxVal) {
    return get("hardtanh", Map.of("min_val", minVal, "max_val", maxVal)).apply_(x);
  }

  /** Returns softshrink with lambd 0.5. */
  public static Tensor softshrink(Tensor x) {
    return SOFTSHRINK.apply(x);
  }

  /** Returns x moved towards 0 by lambd, and 0 in [-lambd, lambd]; lambd &gt;= 0. */
  public static Tensor softshrink(Tensor x, double lambd) {
    return get("softshrink", Map.of("lambd", lambd)).apply(x);
  }

  /** Returns hardshrink with lambd 0.5. */
  public static Tensor hardshrink(Tensor x) {
    return HARDSHRINK.apply(x);
  }

  /** Returns x, but 0 in [-lambd, lambd]; lambd &gt;= 0. */
  public static Tensor hardshrink(Tensor x, double lambd) {
    return get("hardshrink", Map.of("lambd", lambd)).apply(x);
  }

  /** Returns softplus with beta 1, threshold 20. */
  public static Tensor softplus(Tensor x) {
    return SOFTPLUS.apply(x);
  }

  /** Returns log(1 + e^(beta x)) / beta, and x where beta x &gt; threshold; beta not 0. */
  public static Tensor softplus(Tensor x, double beta, double threshold) {
    return get("softplus", Map.of("beta", beta, "threshold", threshold)).apply(x);
  }

  /** Returns gelu in its exact form, x P(Z &lt;= x), Z standard normal; -0 at -infinity. */
  public static Tensor gelu(Tensor x) {
    return GELU.apply(x);
  }

  /** Returns gelu by the formula that is named. */
  public static Tensor gelu(Tensor x, Approximate approximate) {
    Objects.requireNonNull(approximate, "approximate is null; pass NONE, TANH or SIGMOID");
    return get("gelu", Map.of("approximate", approximate.label())).apply(x);
  }

  /** Returns x where x &gt; threshold (and NaN), else value. */
  public static Tensor threshold(Tensor x, double threshold, double value) {
    return get("threshold", Map.of("threshold", threshold, "value", value)).apply(x);
  }

  /** Overwrites x with threshold(x, threshold, value) and returns it. */
  public static Tensor threshold_(Tensor x, double threshold, double value) {
    return get("threshold", Map.of("threshold", threshold, "value", value)).apply_(x);
  }

  /** Returns x for x &gt; 0, else weight x; one weight, or one for each channel (dim 1). */
  public static Tensor prelu(Tensor x, Tensor weight) {
    Objects.requireNonNull(x, "x is null; pass a tensor");
    Objects.requireNonNull(weight, "weight is null; pass one slope, or one for each channel");
    try (BackendScope scope = Backends.pin()) {
      return Rectifiers.prelu(x, weight);
    }
  }

  /** Returns rrelu at inference with lower 1/8 and upper 1/3: the slope below 0 is their mean. */
  public static Tensor rrelu(Tensor x) {
    return RRELU.apply(x);
  }

  /** Returns rrelu at inference: the slope below 0 is (lower + upper) / 2. */
  public static Tensor rrelu(Tensor x, double lower, double upper) {
    return get("rrelu", Map.of("lower", lower, "upper", upper)).apply(x);
  }

  /**
   * Returns rrelu in training: the slope below 0 is uniform in [lower, upper), another for each
   * element; the same key gives the same slopes on every backend.
   */
  public static Tensor rrelu(Tensor x, double lower, double upper, RandomKey key) {
    return trainingRrelu(x, lower, upper, key, false);
  }

  /** Overwrites x with rrelu(x) and returns it. */
  public static Tensor rrelu_(Tensor x) {
    return RRELU.apply_(x);
  }

  /** Overwrites x with rrelu(x, lower, upper) and returns it. */
  public static Tensor rrelu_(Tensor x, double lower, double upper) {
    return get("rrelu", Map.of("lower", lower, "upper", upper)).apply_(x);
  }

  /** Overwrites x with rrelu(x, lower, upper, key) and returns it. */
  public static Tensor rrelu_(Tensor x, double lower, double upper, RandomKey key) {
    return trainingRrelu(x, lower, upper, key, true);
  }

  private static Tensor trainingRrelu(
      Tensor x, double lower, double upper, RandomKey key, boolean inPlace) {
    Objects.requireNonNull(x, "x is null; pass a tensor");
    Objects.requireNonNull(key, "key is null; pass a RandomKey");
    Definition definition = Registry.find("rrelu");
    Settings settings = Settings.of(definition, Map.of("lower", lower, "upper", upper));
    try (BackendScope scope = Backends.pin()) {
      return ((Forward.Randomized) definition.forward()).training(settings, x, key, inPlace);
    }
  }

  // ---- along an axis

  /** Returns glu along the last axis: its first half times the sigmoid of its second half. */
  public static Tensor glu(Tensor x) {
    return glu(x, -1);
  }

  /** Returns glu along the axis, whose extent must be even. */
  public static Tensor glu(Tensor x, int dim) {
    Objects.requireNonNull(x, "x is null; pass a tensor");
    try (BackendScope scope = Backends.pin()) {
      return SmoothGates.glu(x, dim);
    }
  }

  /** Returns softmax along the last axis. */
  public static Tensor softmax(Tensor x) {
    return softmax(x, -1);
  }

  /** Returns softmax along the axis: e^x over the sum of e^x; NaN for a slice of only -infinity. */
  public static Tensor softmax(Tensor x, int dim) {
    return Ops.softmax(x, dim);
  }

  /** Returns softmax of x / temperature along the axis; temperature &gt; 0. */
  public static Tensor softmax(Tensor x, int dim, double temperature) {
    Objects.requireNonNull(x, "x is null; pass a tensor");
    try (BackendScope scope = Backends.pin()) {
      return Normalizers.softmax(x, dim, temperature);
    }
  }

  /**
   * Returns softmax along the axis over the elements whose mask is not 0. The others get 0,
   * whatever they hold; a slice that is masked altogether is all 0. The mask broadcasts to the
   * shape of x.
   */
  public static Tensor softmax(Tensor x, int dim, Tensor mask) {
    Objects.requireNonNull(x, "x is null; pass a tensor");
    Objects.requireNonNull(mask, "mask is null; use the form without one");
    try (BackendScope scope = Backends.pin()) {
      return Normalizers.maskedSoftmax(x, mask, dim);
    }
  }

  /** Returns the logarithm of softmax along the last axis. */
  public static Tensor logSoftmax(Tensor x) {
    return logSoftmax(x, -1);
  }

  /** Returns the logarithm of softmax along the axis, without forming the quotient. */
  public static Tensor logSoftmax(Tensor x, int dim) {
    return Ops.logSoftmax(x, dim);
  }

  /** Returns softmax of -x along the last axis. */
  public static Tensor softmin(Tensor x) {
    return softmin(x, -1);
  }

  /** Returns softmax of -x along the axis. */
  public static Tensor softmin(Tensor x, int dim) {
    Objects.requireNonNull(x, "x is null; pass a tensor");
    try (BackendScope scope = Backends.pin()) {
      return Normalizers.softmin(x, dim);
    }
  }

  /** Returns softmax over the channels of (N, C, H, W) or (C, H, W). */
  public static Tensor softmax2d(Tensor x) {
    Objects.requireNonNull(x, "x is null; pass a tensor");
    try (BackendScope scope = Backends.pin()) {
      return Normalizers.softmax2d(x);
    }
  }
}
