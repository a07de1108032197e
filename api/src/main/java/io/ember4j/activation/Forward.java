package io.ember4j.activation;

import io.ember4j.RandomKey;
import io.ember4j.Tensor;
import io.ember4j.expr.Expr;
import java.util.Optional;

/** How an activation computes. */
sealed interface Forward {
  /** An expression of each element alone: fusable. */
  @FunctionalInterface
  non-sealed interface Elementwise extends Forward {
    Expr expression(Settings settings);
  }

  /** An expression at inference; while training, random numbers come in. */
  non-sealed interface Randomized extends Forward {
    Expr inference(Settings settings);

    Tensor training(Settings settings, Tensor x, RandomKey key, boolean inPlace);
  }

  /** A function of whole slices or of more than one element. */
  @FunctionalInterface
  non-sealed interface Whole extends Forward {
    Tensor apply(Settings settings, Tensor x);

    /**
     * Returns the expression that does the computing, in an operation of its own; empty where it is
     * softmax.
     */
    default Optional<Expr> kernel() {
      return Optional.empty();
    }
  }

  /** A whole function that prepares its operands, then evaluates an expression. */
  record Prepared(Whole function, Expr expression) implements Whole {
    @Override
    public Tensor apply(Settings settings, Tensor x) {
      return function.apply(settings, x);
    }

    @Override
    public Optional<Expr> kernel() {
      return Optional.of(expression);
    }
  }
}
