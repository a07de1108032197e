package io.ember4j.train;

import io.ember4j.Ops;
import io.ember4j.ParameterException;
import io.ember4j.Tensor;
import io.ember4j.expr.Expr;
import io.ember4j.nn.Parameter;
import java.util.Collection;
import java.util.List;

/**
 * Stochastic gradient descent with momentum, in PyTorch's form and order.
 *
 * <p>With gradient g, parameter p, momentum m and velocity v (g in the first step): g += decay p; v
 * = m v + g; p -= rate v; with Nesterov's momentum p -= rate (g + m v).
 */
public final class SGD extends Optimizer {
  private static final Expr VALUE = Expr.input(0);
  private static final Expr GRADIENT = Expr.input(1);
  private static final Expr RATE = Expr.input(2);
  private static final Expr PLAIN = VALUE.minus(RATE.times(GRADIENT));

  private final double momentum;
  private final double weightDecay;
  private final boolean nesterov;
  private final Expr decayed;
  private final Expr accelerated;
  private final Expr lookingAhead;
  private final List<Tensor> velocities = places();

  /** Creates plain gradient descent. */
  public SGD(Collection<Parameter> parameters, double learningRate) {
    this(parameters, learningRate, 0);
  }

  /** Creates gradient descent with momentum, without weight decay. */
  public SGD(Collection<Parameter> parameters, double learningRate, double momentum) {
    this(parameters, learningRate, momentum, 0, false);
  }

  /**
   * Creates the optimiser.
   *
   * @param parameters what to train, such as {@code layer.parameters().values()}
   * @param learningRate the size of a step, a finite number &gt;= 0
   * @param momentum how much of the velocity stays, in [0, 1]; 0 for none
   * @param weightDecay the factor of the L2 penalty's gradient, a finite number &gt;= 0
   * @param nesterov whether to look ahead; needs a momentum above 0
   * @throws ParameterException if a number is out of range, or there are no parameters
   */
  public SGD(
      Collection<Parameter> parameters,
      double learningRate,
      double momentum,
      double weightDecay,
      boolean nesterov) {
    super(parameters, learningRate);
    this.momentum = checkRange("momentum", momentum, 1);
    this.weightDecay = checkRange("weight decay", weightDecay, Double.MAX_VALUE);
    this.nesterov = nesterov;
    if (nesterov && momentum == 0) {
      throw new ParameterException("Nesterov's momentum needs a momentum above 0; it is 0");
    }
    this.decayed = GRADIENT.plus(VALUE.times(weightDecay));
    this.accelerated = Expr.input(0).times(momentum).plus(Expr.input(1));
    this.lookingAhead = Expr.input(0).plus(Expr.input(1).times(momentum));
  }

  @Override
  Tensor update(int index, Tensor value, Tensor gradient) {
    try (Tensor rate = scalar(learningRate(), value.dtype());
        Tensor g = weightDecay == 0 ? gradient.detach() : Ops.evaluate(decayed, value, gradient)) {
      if (momentum == 0) {
        return Ops.evaluate(PLAIN, value, g, rate);
      }
      Tensor old = velocities.get(index);
      Tensor velocity = old == null ? g.detach() : Ops.evaluate(accelerated, old, g);
      try (Tensor ahead = nesterov ? Ops.evaluate(lookingAhead, g, velocity) : velocity.detach()) {
        Tensor next = Ops.evaluate(PLAIN, value, ahead, rate);
        // Only now, so that a step that fails can be taken again.
        velocity = velocities.set(index, velocity);
        return next;
      } finally {
        close(velocity);
      }
    }
  }
}
