package io.ember4j.nn;

import io.ember4j.ClosedTensorException;
import io.ember4j.ShapeException;
import io.ember4j.Tensor;
import java.util.Objects;

/** A tensor that training changes: a named cell with a value of fixed shape and dtype. */
public final class Parameter {
  private final String name;
  private volatile Tensor value;

  /** Creates a parameter with its initial value. */
  public Parameter(String name, Tensor value) {
    this.name = Objects.requireNonNull(name, "name");
    this.value = Objects.requireNonNull(value, "value");
  }

  /** Returns the name within its layer, such as {@code weight}. */
  public String name() {
    return name;
  }

  /** Returns the current value. */
  public Tensor value() {
    return value;
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
