package io.ember4j.nn;

import io.ember4j.BackendScope;
import io.ember4j.Backends;
import io.ember4j.DType;
import io.ember4j.GradientTape;
import io.ember4j.Ops;
import io.ember4j.ParameterException;
import io.ember4j.RandomKey;
import io.ember4j.Shape;
import io.ember4j.Tensor;
import io.ember4j.expr.Expr;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/** What Dropout and AlphaDropout share: the rate, the keys, and what happens outside training. */
abstract class Dropouts implements BuiltIn {
  private final double rate;
  private final boolean inPlace;
  private final Long givenSeed;
  private final long seed;
  private final AtomicLong calls = new AtomicLong();

  Dropouts(double rate, boolean inPlace, Long seed) {
    if (!(rate >= 0 && rate <= 1)) {
      throw new ParameterException(
          getClass().getSimpleName() + ": p is " + rate + "; it must be in [0, 1]");
    }
    this.rate = rate;
    this.inPlace = inPlace;
    this.givenSeed = seed;
    this.seed = seed != null ? seed : RandomKey.freshSeed();
  }

  /** Returns the probability with which an element is dropped. */
  public final double rate() {
    return rate;
  }

  @Override
  public final Tensor forward(Tensor x, boolean training) {
    Objects.requireNonNull(x, "x is null; pass a tensor");
    if (!training || rate == 0) {
      return unchanged(x);
    }
    return drop(x, nextKey());
  }

  private RandomKey nextKey() {
    return new RandomKey(seed, calls.getAndIncrement());
  }

  /** Returns the uniform numbers of the next call, for {@link #output}. */
  final Tensor nextUniform(DType dtype, Shape shape) {
    return nextKey().uniform(dtype, shape.toArray());
  }

  /**
   * Returns the output in training with the mask of this key, for callers who share the layer
   * between threads or repeat a mask; the same key gives the same mask on every backend.
   */
  public final Tensor forward(Tensor x, RandomKey key) {
    Objects.requireNonNull(x, "x is null; pass a tensor");
    Objects.requireNonNull(key, "key is null; pass a RandomKey");
    return rate == 0 ? unchanged(x) : drop(x, key);
  }

  private Tensor unchanged(Tensor x) {
    Tensor same = x.reshape(x.shape().toArray()); // throws for a closed x
    if (!inPlace()) {
      return same;
    }
    same.close();
    return x;
  }

  /** A tape needs x as it was. */
  private boolean inPlace() {
    return inPlace && !GradientTape.isRecording();
  }

  /**
   * Returns the number below which a uniform number means "drop": the rate, rounded up to the grid
   * of the uniform numbers, so that it is the same in float32 and float64.
   */
  final double threshold() {
    return Math.ceil(rate * 0x1p24) * 0x1p-24;
  }

  private Tensor drop(Tensor x, RandomKey key) {
    try (BackendScope scope = Backends.pin();
        Tensor uniform = key.uniform(x.dtype(), x.shape().toArray())) {
      return inPlace() ? Ops.evaluate_(output(), x, uniform) : Ops.evaluate(output(), x, uniform);
    }
  }

  /**
   * Returns the output as an expression of x and a uniform number in [0, 1), for a rate above 0.
   */
  abstract Expr output();

  @Override
  public final Map<String, Object> config() {
    Map<String, Object> config = Config.of(getClass().getSimpleName());
    config.put("p", rate);
    config.put("inplace", inPlace);
    if (givenSeed != null) {
      config.put("seed", givenSeed);
    }
    return config;
  }

  static Long seed(Config config) {
    return config.has("seed") ? (Long) config.integer("seed") : null;
  }
}
