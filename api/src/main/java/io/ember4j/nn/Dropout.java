package io.ember4j.nn;

import io.ember4j.expr.Expr;

/**
 * Sets each element to 0 with probability p in training and multiplies the others by 1 / (1 - p),
 * so that the mean stays; does nothing at inference.
 *
 * <p>Elements are selected, not multiplied by 0: an infinity or NaN that is dropped is gone. With p
 * = 1 everything is 0.
 *
 * <p>Every call in training draws a new mask. The masks depend on seed, call number and position
 * only, not on backend, dtype or threads.
 */
public final class Dropout extends Dropouts {

  /** Creates the layer with p 0.5 and a seed of its own. */
  public Dropout() {
    this(0.5);
  }

  /**
   * Creates the layer with a seed of its own.
   *
   * @param p the probability with which an element is dropped, in [0, 1]
   * @throws io.ember4j.ParameterException if p is not in [0, 1]
   */
  public Dropout(double p) {
    super(p, false, null);
  }

  /**
   * Creates the layer, whose masks repeat from run to run with the seed.
   *
   * @throws io.ember4j.ParameterException if p is not in [0, 1]
   */
  public Dropout(double p, boolean inPlace, long seed) {
    super(p, inPlace, seed);
  }

  Dropout(Config config) {
    super(config.number("p", 0.5), config.flag("inplace", false), seed(config));
  }

  @Override
  Expr output() {
    Expr kept = Expr.input(0).times(rate() == 1 ? 0 : 1 / (1 - rate()));
    return Expr.where(Expr.input(1).lt(threshold()), Expr.constant(0), kept);
  }
}
