package io.ember4j.nn;

import io.ember4j.ClosedTensorException;
import io.ember4j.GradientTape;
import io.ember4j.Ops;
import io.ember4j.ShapeException;
import io.ember4j.Tensor;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * A tensor that training changes: a named cell with a value of fixed shape and dtype, and the
 * gradient that {@link GradientTape#backward(Tensor)} adds to. Safe to use from any thread.
 */
public final class Parameter {
  private final String name;
  private final Consumer<Tensor> sink = this::addGradient;
  private volatile Tensor value;
  private volatile Tensor gradient;

  /** Creates a parameter with its initial value. */
  public Parameter(String name, Tensor value) {
    this.name = Objects.requireNonNull(name, "name is null; pass such as \"weight\"");
    this.value = Objects.requireNonNull(value, "value is null; pass a tensor");
  }

  /** Returns the name within its layer, such as {@code weight}. */
  public String name() {
    return name;
  }

  /** Returns the current value; a tape that records on this thread remembers whose it is. */
  public Tensor value() {
    Tensor current = value;
    GradientTape.watch(current, sink);
    return current;
  }

  /**
   * Returns the sum of the gradients since the last {@link #zeroGrad}, of the value's shape and
   * dtype; null if there were none.
   *
   * <p>The tensor is the parameter's: the next gradient that is added and {@code zeroGrad} close
   * it. Copy the values out to keep them.
   */
  public Tensor grad() {
    return gradient;
  }

  /** Forgets the gradient. */
  public synchronized void zeroGrad() {
    replaceGradient(null);
  }

  private synchronized void addGradient(Tensor more) {
    try (GradientTape.Pause pause = GradientTape.pause();
        Tensor added = more) {
      replaceGradient(
          gradient == null ? added.reshape(added.shape().toArray()) : Ops.add(gradient, added));
    }
  }

  private void replaceGradient(Tensor newGradient) {
    Tensor old = gradient;
    gradient = newGradient;
    if (old != null) {
      old.close();
    }
  }

  /**
   * Replaces the value; the old tensor is not closed, as a computation may still read it.
   *
   * @throws ShapeException if shape or dtype differ
   * @throws io.ember4j.ClosedTensorException if the new value was closed
   */
  public void set(Tensor newValue) {
    Objects.requireNonNull(newValue, "value is null; pass a tensor");
    if (newValue.isClosed()) {
      throw new ClosedTensorException(
          "parameter "
              + name
              + " cannot be set to a closed tensor; close it only after replacing it");
    }
    if (!newValue.shape().equals(value.shape()) || newValue.dtype() != value.dtype()) {
      throw new ShapeException(
          "parameter "
              + name
              + " is "
              + value.dtype()
              + value.shape()
              + ", cannot be set to "
              + newValue.dtype()
              + newValue.shape());
    }
    value = newValue;
  }

  @Override
  public String toString() {
    return name + ": " + value;
  }
}
