package io.ember4j.train;

import io.ember4j.BackendScope;
import io.ember4j.Backends;
import io.ember4j.DType;
import io.ember4j.GradientTape;
import io.ember4j.ParameterException;
import io.ember4j.Tensor;
import io.ember4j.nn.Parameter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;

/**
 * Changes parameters along their gradients.
 *
 * <pre>{@code
 * optimizer.zeroGrad();
 * tape.backward(loss);
 * optimizer.step();
 * }</pre>
 *
 * <p>A step gives each parameter that has a gradient a new value, on the backend in effect; those
 * without are left as they are, and one that is named twice takes one step. What a tape records is
 * not disturbed. An optimiser is for one thread at a time.
 */
public abstract sealed class Optimizer permits SGD, Adam {
  private final List<Parameter> parameters;
  private double learningRate;

  Optimizer(Collection<Parameter> parameters, double learningRate) {
    Objects.requireNonNull(parameters, "parameters is null; pass layer.parameters().values()");
    for (Parameter parameter : parameters) {
      Objects.requireNonNull(
          parameter, "a parameter is null; pass layer.parameters().values() as it is");
    }
    // Layers may share one, such as a Dense that stands twice in a network.
    this.parameters = List.copyOf(new LinkedHashSet<>(parameters));
    if (this.parameters.isEmpty()) {
      throw new ParameterException(
          "an optimiser without parameters does nothing; pass layer.parameters().values()");
    }
    setLearningRate(learningRate);
  }

  /** Returns the learning rate. */
  public final double learningRate() {
    return learningRate;
  }

  /**
   * Changes the learning rate from the next step on.
   *
   * @throws ParameterException if it is negative or not finite
   */
  public final void setLearningRate(double learningRate) {
    this.learningRate = checkRange("learning rate", learningRate, Double.MAX_VALUE);
  }

  /** Forgets the gradients of all parameters. */
  public final void zeroGrad() {
    parameters.forEach(Parameter::zeroGrad);
  }

  /** Changes each parameter that has a gradient. */
  public final void step() {
    try (BackendScope scope = Backends.pin();
        GradientTape.Pause pause = GradientTape.pause()) {
      for (int i = 0; i < parameters.size(); i++) {
        Parameter parameter = parameters.get(i);
        Tensor gradient = parameter.grad();
        if (gradient != null) {
          // The old value is left to the garbage collector: another thread may be reading it.
          parameter.set(update(i, parameter.value(), gradient));
        }
      }
    }
  }

  /** Returns the new value of a parameter, and remembers what the next step needs. */
  abstract Tensor update(int index, Tensor value, Tensor gradient);

  final int size() {
    return parameters.size();
  }

  /** Returns a list of one empty place for each parameter. */
  final <T> List<T> places() {
    return new ArrayList<>(java.util.Collections.nCopies(size(), null));
  }

  /** Closes the tensor, if there is one. */
  static void close(Tensor tensor) {
    if (tensor != null) {
      tensor.close();
    }
  }

  /** Returns numbers that change from step to step, as tensors, so that expressions need not. */
  static Tensor scalar(double value, DType dtype) {
    return Tensor.full(value, dtype);
  }

  /** Returns the value. */
  static double checkRange(String name, double value, double most) {
    if (!(value >= 0 && value <= most)) {
      throw new ParameterException(
          name
              + " is "
              + value
              + "; it must be "
              + (most == Double.MAX_VALUE ? "a finite number >= 0" : "in [0, " + most + "]"));
    }
    return value;
  }
}
