package io.ember4j.nn;

import io.ember4j.DType;
import io.ember4j.Ops;
import io.ember4j.ParameterException;
import io.ember4j.RandomKey;
import io.ember4j.ShapeException;
import io.ember4j.Tensor;
import io.ember4j.expr.Expr;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * The fully connected layer x W^T + b, from [..., in] to [..., out]; what PyTorch calls Linear.
 *
 * <p>The weight has shape [out, in], the bias [out], and starts at 0. The same seed gives the same
 * weight on every backend.
 */
public final class Dense implements BuiltIn {
  private static final Expr BIASED = Expr.input(0).plus(Expr.input(1));

  private final long inFeatures;
  private final long outFeatures;
  private final boolean withBias;
  private final Initializer initializer;
  private final DType dtype;
  private final Parameter weight;
  private final Parameter bias;

  /** What came of the activation before, which is nearly always the one that comes next. */
  private volatile Epilogue epilogue;

  private record Epilogue(Expr activation, Expr expression) {}

  /** Creates the layer in float32 with a bias, GLOROT_UNIFORM and a seed of its own. */
  public Dense(long inFeatures, long outFeatures) {
    this(inFeatures, outFeatures, Initializer.GLOROT_UNIFORM, RandomKey.freshSeed());
  }

  /** Creates the layer in float32 with a bias. */
  public Dense(long inFeatures, long outFeatures, Initializer initializer, long seed) {
    this(inFeatures, outFeatures, true, initializer, seed, DType.FLOAT32);
  }

  /**
   * Creates the layer.
   *
   * @throws ParameterException if an extent is not positive, or there are more weights than a Java
   *     array holds
   */
  public Dense(
      long inFeatures,
      long outFeatures,
      boolean bias,
      Initializer initializer,
      long seed,
      DType dtype) {
    if (inFeatures < 1 || outFeatures < 1) {
      throw new ParameterException(
          "Dense: in_features is "
              + inFeatures
              + " and out_features "
              + outFeatures
              + "; both must be 1 or more");
    }
    this.inFeatures = inFeatures;
    this.outFeatures = outFeatures;
    this.withBias = bias;
    this.initializer = Objects.requireNonNull(initializer, "initializer is null");
    this.dtype = Objects.requireNonNull(dtype, "dtype is null");
    this.weight =
        new Parameter(
            "weight", initializer.weight(inFeatures, outFeatures, dtype, RandomKey.of(seed)));
    this.bias = bias ? new Parameter("bias", Tensor.full(0, dtype, outFeatures)) : null;
  }

  Dense(Config config) {
    this(
        config.integer("in_features"),
        config.integer("out_features"),
        config.flag("bias", true),
        initializer(config.text("initializer", "glorot_uniform")),
        config.has("seed") ? config.integer("seed") : RandomKey.freshSeed(),
        Layers.dtype(config));
  }

  private static Initializer initializer(String name) {
    for (Initializer candidate : Initializer.values()) {
      if (candidate.name().toLowerCase(Locale.ROOT).equals(name)) {
        return candidate;
      }
    }
    throw new ParameterException(
        "Dense: unknown initializer \""
            + name
            + "\"; use one of lecun_, he_ or glorot_ followed by"
            + " normal or uniform");
  }

  @Override
  public Tensor forward(Tensor x, boolean training) {
    return forward(x, Expr.input(0));
  }

  /** Returns activation(x W^T + b), where the activation is an expression of input 0. */
  Tensor forward(Tensor x, Expr activation) {
    Objects.requireNonNull(x, "x is null; pass a tensor");
    if (x.rank() == 0 || x.shape().extent(-1) != inFeatures) {
      throw new ShapeException(
          "Dense("
              + inFeatures
              + ", "
              + outFeatures
              + ") got shape "
              + x.shape()
              + "; the last extent must be "
              + inFeatures);
    }
    if (bias == null) {
      return activation == Expr.input(0)
          ? Ops.matmul(x, weight.value(), false, true)
          : Ops.matmul(x, weight.value(), false, true, activation);
    }
    return Ops.matmul(x, weight.value(), false, true, biased(activation), bias.value());
  }

  private Expr biased(Expr activation) {
    Epilogue last = epilogue;
    if (last == null || last.activation() != activation) {
      last = new Epilogue(activation, activation.substitute(BIASED));
      epilogue = last;
    }
    return last.expression();
  }

  @Override
  public Map<String, Parameter> parameters() {
    Map<String, Parameter> parameters = new LinkedHashMap<>();
    parameters.put("weight", weight);
    if (bias != null) {
      parameters.put("bias", bias);
    }
    return parameters;
  }

  @Override
  public Map<String, Object> config() {
    Map<String, Object> config = Config.of("Dense");
    config.put("in_features", inFeatures);
    config.put("out_features", outFeatures);
    config.put("bias", withBias);
    config.put("initializer", initializer.name().toLowerCase(Locale.ROOT));
    config.put("dtype", dtype.toString());
    return config;
  }
}
