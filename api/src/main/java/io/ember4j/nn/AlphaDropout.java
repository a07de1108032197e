package io.ember4j.nn;

import io.ember4j.expr.Expr;

/**
 * Sets each element to the value selu has at -infinity with probability p in training, then
 * rescales so that mean 0 and variance 1 stay; does nothing at inference. For networks of selu.
 *
 * <p>With q = 1 - p and v = -1.7581, the output is a y + b with a = (q + v^2 q p)^(-1/2) and b = -a
 * p v (Klambauer 2017). With p = 1 everything is 0.
 *
 * <p>Every call in training draws a new mask. The masks depend on seed, call number and position
 * only, not on backend, dtype or threads.
 */
public final class AlphaDropout extends Dropouts {
  /** The limit of selu at -infinity. */
  private static final double SATURATED = -1.0507009873554805 * 1.6732632423543772;

  /** Creates the layer with p 0.5 and a seed of its own. */
  public AlphaDropout() {
    this(0.5);
  }

  /**
   * Creates the layer with a seed of its own.
   *
   * @param p the probability with which an element is dropped, in [0, 1]
   * @throws io.ember4j.ParameterException if p is not in [0, 1]
   */
  public AlphaDropout(double p) {
    super(p, false, null);
  }

  /**
   * Creates the layer, whose masks repeat from run to run with the seed.
   *
   * @throws io.ember4j.ParameterException if p is not in [0, 1]
   */
  public AlphaDropout(double p, boolean inPlace, long seed) {
    super(p, inPlace, seed);
  }

  AlphaDropout(Config config) {
    super(config.number("p", 0.5), config.flag("inplace", false), seed(config));
  }

  @Override
  Expr output() {
    double q = 1 - rate();
    double a = rate() == 1 ? 0 : 1 / Math.sqrt(q + SATURATED * SATURATED * q * rate());
    double b = -a * rate() * SATURATED;
    Expr kept = Expr.input(0).times(a).plus(b);
    return Expr.where(Expr.input(1).lt(threshold()), Expr.constant(a * SATURATED + b), kept);
  }
}
