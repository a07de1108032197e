package io.ember4j.activation;

import io.ember4j.BackendFeatures;
import io.ember4j.BackendScope;
import io.ember4j.Backends;
import io.ember4j.DType;
import io.ember4j.Execution;
import io.ember4j.GradientException;
import io.ember4j.GradientTape;
import io.ember4j.Ops;
import io.ember4j.ParameterException;
import io.ember4j.RandomKey;
import io.ember4j.ShapeException;
import io.ember4j.Tensor;
import io.ember4j.expr.Expr;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/**
 * An activation function with its parameters, made by {@link Activations#get} or {@link #define}.
 *
 * <p>It computes on the backend in effect at each call. Safe to share between threads.
 */
public final class Activation {
  private final Definition definition;
  private final Settings settings;
  private final Optional<Expr> expression;
  private final long seed;
  private final AtomicLong calls = new AtomicLong();

  Activation(Definition definition, Map<String, ?> parameters) {
    this.definition = definition;
    this.settings = Settings.of(definition, parameters);
    this.expression = expression(definition, settings);
    this.seed = seed(definition, settings);
  }

  /** Returns the seed given, or a fresh one; only for what draws, so that others use none up. */
  private static long seed(Definition definition, Settings settings) {
    if (!(definition.forward() instanceof Forward.Randomized)) {
      return 0;
    }
    return settings.seed() != null ? settings.seed() : RandomKey.freshSeed();
  }

  // ---- defining one's own

  /**
   * Defines and registers an activation by its formula, such as {@code define("squareplus1", x ->
   * x.plus(x.times(x).plus(4).sqrt()).dividedBy(2))}.
   *
   * @throws ParameterException if the name is taken or not snake_case
   */
  public static Activation define(String name, UnaryOperator<Expr> body) {
    Objects.requireNonNull(body, "body is null; pass x -> ...");
    return register(Definition.row(Registry.checkNew(name)).body((x, p) -> body.apply(x)));
  }

  /**
   * Defines and registers an activation by its formula and its gradient, an expression of (x,
   * upstream) that gives upstream times the derivative at x. Without it, the gradient is derived
   * from the formula: give one where the derived one cancels, overflows, or has another value at a
   * kink than is wanted.
   *
   * @throws ParameterException if the name is taken or not snake_case
   */
  public static Activation define(
      String name, UnaryOperator<Expr> body, BinaryOperator<Expr> derivative) {
    Objects.requireNonNull(body, "body is null; pass x -> ...");
    Objects.requireNonNull(derivative, "derivative is null; use the form without one");
    Expr backward = derivative.apply(Expr.input(0), Expr.input(1));
    if (backward == null || backward.inputCount() > 2) {
      throw new ParameterException(
          "the derivative of " + name + " must be an expression of x and upstream only");
    }
    return register(
        Definition.row(Registry.checkNew(name)).backward(derivative).body((x, p) -> body.apply(x)));
  }

  /**
   * Defines and registers an activation with parameters: their names and defaults, and a formula
   * over x and them, such as {@code define("scaled_tanh", Map.of("scale", 2.0), (x, p) ->
   * x.tanh().times(p.get("scale")))}.
   *
   * @throws ParameterException if the name is taken or not snake_case, or a default is not finite
   */
  public static Activation define(
      String name,
      Map<String, ? extends Number> defaults,
      BiFunction<Expr, Parameters, Expr> body) {
    Objects.requireNonNull(body, "body is null; pass (x, p) -> ...");
    Objects.requireNonNull(defaults, "defaults is null; pass names and values");
    Definition.Row row = Definition.row(Registry.checkNew(name));
    new TreeMap<>(defaults)
        .forEach(
            (parameter, value) -> {
              Registry.checkName("parameter", parameter);
              Object checked =
                  ParameterSpec.number(parameter, 0, Definition.FINITE, "a finite number")
                      .check(name, value);
              row.number(parameter, (Double) checked);
            });
    return register(row.body(body));
  }

  private static Activation register(Definition definition) {
    Registry.add(definition);
    return new Activation(definition, definition.example());
  }

  // ---- description

  /** Returns the name by which {@link Activations#get} finds it. */
  public String name() {
    return definition.name();
  }

  /**
   * Returns the parameters with their values (Double, Long or String), such as {@code
   * {negative_slope=0.01}}; {@code Activations.get(name(), config())} gives an equal activation.
   */
  public Map<String, Object> config() {
    return settings.values();
  }

  /** Returns what the documentation says about it; fields are empty for a user's own. */
  public Documentation documentation() {
    return definition.documentation();
  }

  /** Returns whether there is an in-place form. */
  public boolean supportsInPlace() {
    return definition.inPlace();
  }

  /**
   * Returns the expression over input 0 that it computes at inference, if it works element by
   * element; softmax and glu do not.
   */
  public Optional<Expr> expression() {
    return expression;
  }

  private static Optional<Expr> expression(Definition definition, Settings settings) {
    if (definition.forward() instanceof Forward.Elementwise elementwise) {
      return Optional.of(elementwise.expression(settings));
    }
    if (definition.forward() instanceof Forward.Randomized randomized) {
      return Optional.of(randomized.inference(settings));
    }
    return Optional.empty();
  }

  /**
   * Returns the expression of the gradient at inference, over input 0, x, and input 1, the
   * upstream, if it works element by element; softmax and glu do not.
   *
   * @throws UnsupportedOperationException if the formula uses a named function without a gradient
   */
  public Optional<Expr> backward() {
    return expression.map(e -> e.backward(0));
  }

  /**
   * Returns whether a call while training draws random numbers, so that it is no expression then.
   */
  public boolean isRandomInTraining() {
    return definition.forward() instanceof Forward.Randomized;
  }

  /**
   * Returns how the named backend computes this activation: what a report may claim about it.
   *
   * @throws io.ember4j.BackendException if the backend is missing or cannot run
   */
  public Execution execution(String backend, DType dtype) {
    BackendFeatures features = Backends.features(backend);
    Optional<Expr> computing =
        definition.forward() instanceof Forward.Whole whole ? whole.kernel() : expression;
    return computing
        .map(kernel -> features.execution(kernel, dtype))
        .orElse(features.supportsSoftmax(dtype) ? Execution.NATIVE : Execution.COMPOSED);
  }

  // ---- computing

  /** Returns the activation of x at inference. */
  public Tensor apply(Tensor x) {
    return apply(x, false);
  }

  /**
   * Returns the activation of x.
   *
   * @param training whether to behave as in training: rrelu then draws a slope for each element
   */
  public Tensor apply(Tensor x, boolean training) {
    Objects.requireNonNull(x, "x is null; pass a tensor");
    boolean draws = training && isRandomInTraining();
    if (expression.isPresent() && !draws) {
      return Ops.evaluate(expression.get(), x);
    }
    try (BackendScope scope = Backends.pin()) {
      if (definition.forward() instanceof Forward.Randomized randomized) {
        return randomized.training(settings, x, nextKey(), false);
      }
      return ((Forward.Whole) definition.forward()).apply(settings, x);
    }
  }

  /**
   * Returns the gradient at x: upstream times the derivative, of the shape and dtype of x; for
   * softmax and its kin and glu, the product of upstream and Jacobian.
   *
   * <p>Where the derivative is 0, the gradient is 0, whatever the upstream. NaN gives NaN. At kinks
   * it is PyTorch's.
   *
   * <p>This form holds no state: the slopes of prelu and rrelu are the fixed ones of inference. The
   * slopes of a call while training, and the gradient of prelu's weight, come from a {@link
   * GradientTape} around the call.
   *
   * @param upstream the gradient of the result, of its shape
   * @throws io.ember4j.ShapeException if the upstream has not the shape of the result
   * @throws io.ember4j.GradientException if the formula uses a named function without a gradient
   */
  public Tensor gradient(Tensor x, Tensor upstream) {
    Objects.requireNonNull(x, "x is null; pass a tensor");
    Objects.requireNonNull(upstream, "upstream is null; pass a tensor of the result's shape");
    if (expression.isEmpty()) {
      return GradientTape.gradientOf(this::apply, x, upstream);
    }
    if (!upstream.shape().equals(x.shape())) {
      throw new ShapeException(
          "the upstream has shape "
              + upstream.shape()
              + ", but "
              + name()
              + " of x has shape "
              + x.shape()
              + "; they must be equal");
    }
    try (BackendScope scope = Backends.pin();
        GradientTape.Pause pause = GradientTape.pause()) {
      Tensor gradient = Ops.evaluate(backward().orElseThrow(), x, upstream);
      if (gradient.dtype() == x.dtype()) {
        return gradient;
      }
      try (gradient) {
        return Ops.cast(gradient, x.dtype());
      }
    } catch (UnsupportedOperationException e) {
      throw new GradientException("there is no gradient of " + name() + ": " + e.getMessage(), e);
    }
  }

  /** Overwrites x with the activation of it at inference, and returns x. */
  public Tensor apply_(Tensor x) {
    return apply_(x, false);
  }

  /**
   * Overwrites x with the activation of it, and returns x.
   *
   * @throws ParameterException if there is no in-place form ({@link #supportsInPlace})
   * @throws io.ember4j.InPlaceException if something else holds the values of x
   */
  public Tensor apply_(Tensor x, boolean training) {
    Objects.requireNonNull(x, "x is null; pass a tensor");
    if (!definition.inPlace()) {
      throw new ParameterException(name() + " has no in-place form; use apply");
    }
    if (training && definition.forward() instanceof Forward.Randomized randomized) {
      try (BackendScope scope = Backends.pin()) {
        return randomized.training(settings, x, nextKey(), true);
      }
    }
    return Ops.evaluate_(expression.orElseThrow(), x);
  }

  private RandomKey nextKey() {
    return new RandomKey(seed, calls.getAndIncrement());
  }

  /** Returns name and parameters, such as {@code leaky_relu{negative_slope=0.01}}. */
  @Override
  public String toString() {
    return name() + settings.values();
  }
}
