package io.ember4j.activation;

import io.ember4j.RandomKey;
import io.ember4j.Tensor;
import io.ember4j.expr.Expr;

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
  }
}
