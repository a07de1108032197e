package io.ember4j;

import io.ember4j.spi.Buffer;
import java.lang.ref.Reference;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

/**
 * An n-dimensional array of float32 or float64: an immutable value.
 *
 * <p>Where its bytes lie is the api's business: an operation brings its operands to the backend in
 * effect ({@link Backends}) and keeps that copy with the tensor. Layout is row-major. {@link Ops}
 * computes; the few arithmetic methods here call it.
 *
 * <p>Closing is optional: it returns the storage for reuse at once instead of leaving it to the
 * garbage collector. Tensors are compared by identity; compare values through {@link
 * #toFloatArray()}. Safe to use from any thread.
 */
public final class Tensor implements AutoCloseable {
  private static final AtomicIntegerFieldUpdater<Tensor> CLOSED =
      AtomicIntegerFieldUpdater.newUpdater(Tensor.class, "closed");

  private final Shape shape;
  private final Storage storage;

  /** 1 once it is closed, else 0. */
  private volatile int closed;

  /** Takes over one share of the storage. */
  Tensor(Shape shape, Storage storage) {
    this.shape = shape;
    this.storage = storage;
  }

  // ---- creation

  /**
   * Returns a float32 tensor with a copy of the values in row-major order; without a shape, of rank
   * 1.
   *
   * @throws ShapeException if the number of values is not the product of the extents
   */
  public static Tensor of(float[] values, long... shape) {
    Objects.requireNonNull(values, "values is null; pass a float[]");
    Shape checked = shapeFor(values.length, shape);
    try (Call call = Call.begin()) {
      Buffer buffer = call.allocate(DType.FLOAT32, values.length);
      if (values.length > 0) {
        call.spi().upload(values, buffer);
      }
      return call.result(checked, buffer);
    }
  }

  /**
   * Returns a float64 tensor with a copy of the values in row-major order; without a shape, of rank
   * 1.
   *
   * @throws ShapeException if the number of values is not the product of the extents
   */
  public static Tensor of(double[] values, long... shape) {
    Objects.requireNonNull(values, "values is null; pass a double[]");
    Shape checked = shapeFor(values.length, shape);
    try (Call call = Call.begin()) {
      Buffer buffer = call.allocate(DType.FLOAT64, values.length);
      if (values.length > 0) {
        call.spi().upload(values, buffer);
      }
      return call.result(checked, buffer);
    }
  }

  /** Returns a float32 scalar, rank 0. */
  public static Tensor scalar(float value) {
    return of(new float[] {value}).reshapeAndClose(Shape.SCALAR);
  }

  /** Returns a float64 scalar, rank 0. */
  public static Tensor scalar(double value) {
    return of(new double[] {value}).reshapeAndClose(Shape.SCALAR);
  }

  /** Returns a float32 tensor of zeros; without extents, a scalar. */
  public static Tensor zeros(long... shape) {
    return full(0, DType.FLOAT32, shape);
  }

  /** Returns a float32 tensor of ones; without extents, a scalar. */
  public static Tensor ones(long... shape) {
    return full(1, DType.FLOAT32, shape);
  }

  /** Returns a float32 tensor filled with the value; without extents, a scalar. */
  public static Tensor full(float value, long... shape) {
    return full(value, DType.FLOAT32, shape);
  }

  /** Returns a float64 tensor filled with the value; without extents, a scalar. */
  public static Tensor full(double value, long... shape) {
    return full(value, DType.FLOAT64, shape);
  }

  /**
   * Returns a tensor of the dtype filled with the value, rounded to it; without extents, a scalar.
   */
  public static Tensor full(double value, DType dtype, long... shape) {
    Shape checked = Shape.of(Objects.requireNonNull(shape, "shape is null; pass extents"));
    Objects.requireNonNull(dtype, "dtype is null; pass FLOAT32 or FLOAT64");
    int size = Transfers.hostLength(checked.size());
    if (dtype == DType.FLOAT32) {
      float[] values = new float[size];
      Arrays.fill(values, (float) value);
      return of(values, checked);
    }
    double[] values = new double[size];
    Arrays.fill(values, value);
    return of(values, checked);
  }

  private static Tensor of(float[] values, Shape shape) {
    return of(values).reshapeAndClose(shape);
  }

  private static Tensor of(double[] values, Shape shape) {
    return of(values).reshapeAndClose(shape);
  }

  private static Shape shapeFor(int length, long... extents) {
    Objects.requireNonNull(extents, "shape is null; pass extents, or none for rank 1");
    Shape shape = extents.length == 0 ? Shape.of(length) : Shape.of(extents);
    if (shape.size() != length) {
      throw new ShapeException(
          "shape "
              + shape
              + " has "
              + shape.size()
              + " element(s), but "
              + length
              + " value(s) were given");
    }
    return shape;
  }

  // ---- description

  /** Returns the shape. */
  public Shape shape() {
    return shape;
  }

  /** Returns the element type. */
  public DType dtype() {
    return storage.dtype();
  }

  /** Returns the number of axes. */
  public int rank() {
    return shape.rank();
  }

  /** Returns the number of elements. */
  public long size() {
    return shape.size();
  }

  // ---- values

  /** Returns the elements in row-major order; those of a float64 tensor rounded to nearest. */
  public float[] toFloatArray() {
    float[] values = new float[Transfers.hostLength(size())];
    copyTo(values);
    return values;
  }

  /** Returns the elements in row-major order; those of a float32 tensor exactly. */
  public double[] toDoubleArray() {
    double[] values = new double[Transfers.hostLength(size())];
    copyTo(values);
    return values;
  }

  /**
   * Copies the elements in row-major order into the array; float64 elements are rounded to nearest.
   *
   * @throws ShapeException if the array's length is not the number of elements
   */
  public void copyTo(float[] target) {
    checkLength(Objects.requireNonNull(target, "target is null; pass a float[]").length);
    if (dtype() == DType.FLOAT32) {
      read(resident -> resident.backend().spi().download(resident.buffer(), target));
    } else {
      double[] wide = new double[target.length];
      copyTo(wide);
      for (int i = 0; i < wide.length; i++) {
        target[i] = (float) wide[i];
      }
    }
  }

  /**
   * Copies the elements in row-major order into the array.
   *
   * @throws ShapeException if the array's length is not the number of elements
   */
  public void copyTo(double[] target) {
    checkLength(Objects.requireNonNull(target, "target is null; pass a double[]").length);
    if (dtype() == DType.FLOAT64) {
      read(resident -> resident.backend().spi().download(resident.buffer(), target));
    } else {
      float[] narrow = new float[target.length];
      copyTo(narrow);
      for (int i = 0; i < narrow.length; i++) {
        target[i] = narrow[i];
      }
    }
  }

  /**
   * Returns the only element.
   *
   * @throws ShapeException if there is not exactly one
   */
  public double item() {
    if (size() != 1) {
      throw new ShapeException(
          "item() needs exactly one element, shape "
              + shape
              + " has "
              + size()
              + "; use toDoubleArray()");
    }
    return toDoubleArray()[0];
  }

  private void read(java.util.function.Consumer<Resident> reader) {
    Resident resident = storage().acquire();
    try {
      if (size() > 0) {
        reader.accept(resident);
      }
    } finally {
      resident.release();
      Reference.reachabilityFence(this);
    }
  }

  private void checkLength(int length) {
    if (length != size()) {
      throw new ShapeException(
          "the array has "
              + length
              + " element(s), the tensor of shape "
              + shape
              + " has "
              + size());
    }
  }

  // ---- a few operations, for readability

  /** Returns this + other, broadcast. */
  public Tensor plus(Tensor other) {
    return Ops.add(this, other);
  }

  /** Returns this + number. */
  public Tensor plus(double number) {
    return Ops.add(this, number);
  }

  /** Returns this - other, broadcast. */
  public Tensor minus(Tensor other) {
    return Ops.sub(this, other);
  }

  /** Returns this - number. */
  public Tensor minus(double number) {
    return Ops.sub(this, number);
  }

  /** Returns this * other elementwise, broadcast. */
  public Tensor times(Tensor other) {
    return Ops.mul(this, other);
  }

  /** Returns this * number. */
  public Tensor times(double number) {
    return Ops.mul(this, number);
  }

  /** Returns this / other elementwise, broadcast. */
  public Tensor dividedBy(Tensor other) {
    return Ops.div(this, other);
  }

  /** Returns this / number. */
  public Tensor dividedBy(double number) {
    return Ops.div(this, number);
  }

  /** Returns the matrix product this times other. */
  public Tensor matmul(Tensor other) {
    return Ops.matmul(this, other);
  }

  /**
   * Returns a tensor of the same elements in another shape; shares the storage. One extent may be
   * -1: it is what remains.
   *
   * @throws ShapeException if the number of elements differs
   */
  public Tensor reshape(long... extents) {
    return Ops.reshape(this, extents);
  }

  /** Returns the tensor with its axes in reverse order. */
  public Tensor transpose() {
    return Ops.transpose(this);
  }

  /**
   * Returns a tensor of the same elements, which shares the storage and is a constant to the {@link
   * GradientTape}: no gradient goes back through it.
   */
  public Tensor detach() {
    return reshapeTo(shape);
  }

  // ---- residency and life

  /**
   * Copies the elements to the named backend now, so that a later operation there need not, and
   * returns this tensor. It does not choose who computes: {@link Backends#set} and {@link
   * Backends#use} do.
   *
   * @throws BackendException if the backend is missing or cannot run
   */
  public Tensor prefetch(String backend) {
    storage()
        .acquire(
            Discovery.current()
                .activate(Objects.requireNonNull(backend, "name of the backend is null")),
            true)
        .release();
    return this;
  }

  /**
   * Lets go of the storage; the last tensor that shares it frees it. Closing twice does nothing.
   */
  @Override
  public void close() {
    if (CLOSED.compareAndSet(this, 0, 1)) {
      storage.release();
    }
  }

  /** Returns whether {@link #close} was called. */
  public boolean isClosed() {
    return closed != 0;
  }

  /** Returns the storage, for an operation that is about to read it. */
  Storage storage() {
    if (isClosed()) {
      throw new ClosedTensorException(
          "the tensor of shape "
              + shape
              + " was closed; use it before close(), or do not close it");
    }
    return storage;
  }

  /** Returns a tensor of the same elements in this shape of the same size; shares the storage. */
  Tensor reshapeTo(Shape other) {
    Storage shared = storage();
    shared.share();
    return new Tensor(other, shared);
  }

  /** Returns this tensor's elements in another shape, and closes this one. */
  Tensor reshapeAndClose(Shape other) {
    try (Tensor base = this) {
      return base.reshapeTo(other);
    }
  }

  /** Returns the tensor, which is neither null nor closed, even if nothing of it will be read. */
  static Tensor checkUsable(Tensor tensor, String what) {
    Objects.requireNonNull(tensor, () -> what + " is null; pass a tensor").storage();
    return tensor;
  }

  /** The same for one of several, whose name is put together only if it is needed. */
  static Tensor checkUsable(Tensor tensor, String what, int index) {
    Objects.requireNonNull(tensor, () -> what + index + " is null; pass a tensor").storage();
    return tensor;
  }

  /** Returns dtype and shape, such as {@code Tensor(float32[2, 3])}. */
  @Override
  public String toString() {
    return "Tensor(" + dtype() + shape + (isClosed() ? ", closed" : "") + ")";
  }
}
