package io.ember4j.nn;

import io.ember4j.DType;
import io.ember4j.Ops;
import io.ember4j.ParameterException;
import io.ember4j.RandomKey;
import io.ember4j.Shape;
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
  /** The product itself, as the input of what is applied to it. */
  static final Expr PRODUCT = Expr.input(0);

  private static final Expr BIASED = PRODUCT.plus(Expr.input(1));

  private final long inFeatures;
  private final long outFeatures;
  private final boolean withBias;
  private final Initializer initializer;
  private final DType dtype;
  private final Parameter weight;
  private final Parameter bias;

  /** What came of the last expression, which is nearly always the next one, too. */
  private volatile Epilogue epilogue;

  /** The bias alone, as operands of the last product without others. */
  private volatile Tensor[] operands;

  private record Epilogue(Expr of, Expr biased) {}

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
    return forward(x, PRODUCT);
  }

  /** Returns the shape of the output for x. */
  Shape outputShape(Tensor x) {
    check(x);
    long[] extents = x.shape().toArray();
    extents[extents.length - 1] = outFeatures;
    return Shape.of(extents);
  }

  private void check(Tensor x) {
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
  }

  /**
   * Returns an expression of x W^T + b, its input 0, and others, its inputs from 1 on, which
   * broadcast to the output.
   */
  Tensor forward(Tensor x, Expr expression, Tensor... others) {
    check(x);
    if (bias == null) {
      return expression == PRODUCT
          ? Ops.matmul(x, weight.value(), false, true)
          : Ops.matmul(x, weight.value(), false, true, expression, others);
    }
    Tensor[] operands = withBias(bias.value(), others);
    return Ops.matmul(x, weight.value(), false, true, biased(expression), operands);
  }

  private Tensor[] withBias(Tensor value, Tensor... others) {
    Tensor[] last = operands;
    if (others.length == 0 && last != null && last[0] == value) {
      return last;
    }
    Tensor[] all = new Tensor[others.length + 1];
    all[0] = value;
    System.arraycopy(others, 0, all, 1, others.length);
    operands = others.length == 0 ? all : last;
    return all;
  }

  private Expr biased(Expr expression) {
    Epilogue last = epilogue;
    if (last == null || last.of() != expression) {
      Expr[] values = new Expr[expression.inputCount()];
      for (int i = 0; i < values.length; i++) {
        values[i] = i == 0 ? BIASED : Expr.input(i + 1);
      }
      last = new Epilogue(expression, expression.substitute(values));
      epilogue = last;
    }
    return last.biased();
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
