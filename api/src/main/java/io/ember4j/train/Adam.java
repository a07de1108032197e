package io.ember4j.train;

import io.ember4j.DType;
import io.ember4j.Ops;
import io.ember4j.ParameterException;
import io.ember4j.Tensor;
import io.ember4j.expr.Expr;
import io.ember4j.nn.Parameter;
import java.util.Collection;
import java.util.List;

/**
 * Adam, in PyTorch's form and order.
 *
 * <p>With gradient g, parameter p and step t from 1: g += decay p; m = m + (1 - beta1) (g - m); v =
 * beta2 v + (1 - beta2) g^2; p -= rate / (1 - beta1^t) m / (sqrt(v) / sqrt(1 - beta2^t) + epsilon);
 * m and v start at 0. Each parameter counts its own steps.
 *
 * @see <a href="https://arxiv.org/abs/1412.6980">D. P. Kingma and J. Ba, Adam: A method for
 *     stochastic optimization (2014)</a>
 */
public final class Adam extends Optimizer {
  private final Expr decayed;
  private final Expr mean;
  private final Expr square;
  private final Expr stepped;
  private final double beta1;
  private final double beta2;
  private final double weightDecay;
  private final List<Tensor> means = places();
  private final List<Tensor> squares = places();
  private final double[] steps = new double[size()];

  /** Creates the optimiser with PyTorch's defaults: betas 0.9 and 0.999, epsilon 1e-8. */
  public Adam(Collection<Parameter> parameters, double learningRate) {
    this(parameters, learningRate, 0.9, 0.999, 1e-8, 0);
  }

  /**
   * Creates the optimiser.
   *
   * @param parameters what to train, such as {@code layer.parameters().values()}
   * @param learningRate the size of a step, a finite number &gt;= 0; PyTorch's default is 0.001
   * @param beta1 how much of the mean gradient stays, in [0, 1)
   * @param beta2 how much of the mean square stays, in [0, 1)
   * @param epsilon what is added to the denominator, a finite number &gt;= 0
   * @param weightDecay the factor of the L2 penalty's gradient, a finite number &gt;= 0
   * @throws ParameterException if a number is out of range, or there are no parameters
   */
  public Adam(
      Collection<Parameter> parameters,
      double learningRate,
      double beta1,
      double beta2,
      double epsilon,
      double weightDecay) {
    super(parameters, learningRate);
    this.beta1 = checkBeta("beta1", beta1);
    this.beta2 = checkBeta("beta2", beta2);
    this.weightDecay = checkRange("weight decay", weightDecay, Double.MAX_VALUE);
    checkRange("epsilon", epsilon, Double.MAX_VALUE);
    Expr old = Expr.input(0);
    Expr gradient = Expr.input(1);
    this.decayed = gradient.plus(old.times(weightDecay));
    this.mean = old.plus(gradient.minus(old).times(1 - beta1));
    this.square = old.times(beta2).plus(gradient.times(gradient).times(1 - beta2));
    Expr denominator = Expr.input(2).sqrt().dividedBy(Expr.input(4)).plus(epsilon);
    this.stepped = old.minus(Expr.input(3).times(gradient.dividedBy(denominator)));
  }

  private static double checkBeta(String name, double beta) {
    if (!(beta >= 0 && beta < 1)) {
      throw new ParameterException(name + " is " + beta + "; it must be in [0, 1)");
    }
    return beta;
  }

  @Override
  Tensor update(int index, Tensor value, Tensor gradient) {
    double t = steps[index] + 1;
    DType dtype = value.dtype();
    try (Tensor rate = scalar(learningRate() / (1 - Math.pow(beta1, t)), dtype);
        Tensor correction = scalar(Math.sqrt(1 - Math.pow(beta2, t)), dtype);
        Tensor zero = steps[index] == 0 ? scalar(0, dtype) : null;
        Tensor g = weightDecay == 0 ? gradient.detach() : Ops.evaluate(decayed, value, gradient)) {
      Tensor m = null;
      Tensor v = null;
      try {
        m = Ops.evaluate(mean, steps[index] == 0 ? zero : means.get(index), g);
        v = Ops.evaluate(square, steps[index] == 0 ? zero : squares.get(index), g);
        Tensor next = Ops.evaluate(stepped, value, m, v, rate, correction);
        // Only now, so that a step that fails can be taken again.
        m = means.set(index, m);
        v = squares.set(index, v);
        steps[index] = t;
        return next;
      } finally {
        close(m);
        close(v);
      }
    }
  }
}
