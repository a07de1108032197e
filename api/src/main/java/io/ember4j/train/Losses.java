package io.ember4j.train;

import io.ember4j.BackendScope;
import io.ember4j.Backends;
import io.ember4j.DType;
import io.ember4j.GradientTape;
import io.ember4j.Ops;
import io.ember4j.ParameterException;
import io.ember4j.ShapeException;
import io.ember4j.Tensor;
import io.ember4j.expr.Expr;
import io.ember4j.expr.NamedFunction;
import java.util.List;
import java.util.Objects;

/**
 * Loss functions: each gives one number, a scalar of rank 0, the mean over what it names.
 *
 * <p>Targets are constants to a {@link GradientTape}.
 */
public final class Losses {
  private static final Expr X = Expr.input(0);
  private static final Expr TARGET = Expr.input(1);

  /** -t l, and 0 where t is 0, also where l is -infinity. */
  private static final Expr NEGATIVE_LOG_LIKELIHOOD =
      NamedFunction.of(
              "negative_log_likelihood",
              List.of("log_probability", "target"),
              Expr.where(TARGET, X.times(TARGET).negate(), Expr.constant(0)))
          .apply(X, TARGET);

  private static final Expr SQUARED_ERROR =
      NamedFunction.of(
              "squared_error", List.of("x", "target"), X.minus(TARGET).times(X.minus(TARGET)))
          .withDerivatives(X.minus(TARGET).times(2))
          .apply(X, TARGET);

  /** t log(1 + e^-x) + (1 - t) log(1 + e^x): both terms have one sign, so nothing cancels. */
  private static final Expr BINARY_CROSS_ENTROPY =
      NamedFunction.of(
              "binary_cross_entropy_with_logits",
              List.of("x", "target"),
              weighted(TARGET, X.negate().log1pexp())
                  .plus(weighted(Expr.constant(1).minus(TARGET), X.log1pexp())))
          .apply(X, TARGET);

  private Losses() {}

  private static Expr weighted(Expr weight, Expr loss) {
    return Expr.where(weight, weight.times(loss), Expr.constant(0));
  }

  /**
   * Returns the cross entropy between the softmax of the logits and the right classes: the mean
   * over the samples of -log_softmax(logits)[class].
   *
   * @param logits unnormalised scores, of shape [samples, classes]
   * @param classes the right class of each sample, from 0
   * @throws ShapeException if the logits are not of rank 2, or there are not as many classes as
   *     samples
   * @throws ParameterException if a class is out of range, or there are no samples
   */
  public static Tensor crossEntropy(Tensor logits, int... classes) {
    checkLogits(logits);
    Objects.requireNonNull(classes, "classes is null; pass one for each sample");
    int samples = Math.toIntExact(logits.shape().extent(0));
    int count = Math.toIntExact(logits.shape().extent(1));
    if (classes.length != samples) {
      throw new ShapeException(
          "cross entropy got "
              + classes.length
              + " classes for logits of shape "
              + logits.shape()
              + "; pass "
              + samples);
    }
    float[] oneHot = new float[Math.multiplyExact(samples, count)];
    for (int i = 0; i < samples; i++) {
      if (classes[i] < 0 || classes[i] >= count) {
        throw new ParameterException(
            "the class of sample "
                + i
                + " is "
                + classes[i]
                + "; logits of shape "
                + logits.shape()
                + " have classes 0 to "
                + (count - 1));
      }
      oneHot[i * count + classes[i]] = 1;
    }
    try (Tensor target = Tensor.of(oneHot, samples, count)) {
      return crossEntropy(logits, target);
    }
  }

  /**
   * Returns the cross entropy between the softmax of the logits and the target distributions: the
   * mean over the samples of -sum(target log_softmax(logits)).
   *
   * @param logits unnormalised scores, of shape [samples, classes]
   * @param target the probability of each class, of the same shape; its values are not checked
   * @throws ShapeException if the logits are not of rank 2, or the target has another shape
   * @throws ParameterException if there are no samples
   */
  public static Tensor crossEntropy(Tensor logits, Tensor target) {
    checkLogits(logits);
    checkTarget("cross entropy", logits, target);
    try (BackendScope scope = Backends.pin();
        Tensor logProbabilities = Ops.logSoftmax(logits, -1);
        Tensor losses = evaluate(NEGATIVE_LOG_LIKELIHOOD, logProbabilities, target);
        Tensor sum = Ops.sum(losses)) {
      return Ops.div(sum, (double) logits.shape().extent(0));
    }
  }

  /**
   * Returns the mean of the squared differences over all elements.
   *
   * @throws ShapeException if the target has not the shape of x
   * @throws ParameterException if there are no elements
   */
  public static Tensor meanSquaredError(Tensor x, Tensor target) {
    return meanOf("mean squared error", SQUARED_ERROR, x, target);
  }

  /**
   * Returns the cross entropy between the sigmoid of the logits and the target probabilities: the
   * mean over all elements of -(t log(sigmoid(x)) + (1 - t) log(1 - sigmoid(x))).
   *
   * @param target the probability of "yes" for each logit, in [0, 1], which is not checked: outside
   *     of it the loss has no lower bound
   * @throws ShapeException if the target has not the shape of the logits
   * @throws ParameterException if there are no elements
   */
  public static Tensor binaryCrossEntropyWithLogits(Tensor logits, Tensor target) {
    return meanOf("binary cross entropy", BINARY_CROSS_ENTROPY, logits, target);
  }

  private static Tensor meanOf(String what, Expr loss, Tensor x, Tensor target) {
    Objects.requireNonNull(x, "x is null; pass a tensor");
    checkTarget(what, x, target);
    try (BackendScope scope = Backends.pin();
        Tensor losses = evaluate(loss, x, target)) {
      return Ops.mean(losses);
    }
  }

  /** Evaluates in the dtype of x, with the target as a constant. */
  private static Tensor evaluate(Expr loss, Tensor x, Tensor target) {
    try (Tensor constant = constant(target, x.dtype())) {
      return Ops.evaluate(loss, x, constant);
    }
  }

  private static Tensor constant(Tensor target, DType dtype) {
    try (GradientTape.Pause pause = GradientTape.pause()) {
      return Ops.cast(target, dtype);
    }
  }

  private static void checkLogits(Tensor logits) {
    Objects.requireNonNull(logits, "logits is null; pass a tensor");
    if (logits.rank() != 2) {
      throw new ShapeException(
          "cross entropy takes logits of shape [samples, classes], got "
              + logits.shape()
              + "; reshape them");
    }
  }

  private static void checkTarget(String what, Tensor x, Tensor target) {
    Objects.requireNonNull(target, "target is null; pass a tensor");
    if (!target.shape().equals(x.shape())) {
      throw new ShapeException(
          what
              + " got a target of shape "
              + target.shape()
              + " for an input of shape "
              + x.shape()
              + "; they must be equal");
    }
    if (x.size() == 0) {
      throw new ParameterException(
          what + " of shape " + x.shape() + " is a mean over nothing; pass at least one sample");
    }
  }
}
