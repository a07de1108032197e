package io.ember4j.backend.pure;

import io.ember4j.BackendException;
import io.ember4j.DType;
import io.ember4j.spi.Buffer;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.SoftReference;

/** Elements in a Java array: a {@code float[]} or a {@code double[]}. */
final class PureBuffer implements Buffer {
  /** The length every JVM can give an array, memory permitting. */
  static final int MAX_SIZE = Integer.MAX_VALUE - 8;

  private static final VarHandle IN_POOL;

  static {
    try {
      IN_POOL = MethodHandles.lookup().findVarHandle(PureBuffer.class, "inPool", boolean.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final float[] floats;
  private final double[] doubles;

  /** Whether nobody owns this buffer; set and cleared through {@link #IN_POOL}. */
  @SuppressWarnings("unused")
  private volatile boolean inPool;

  /** Made at the first release and used at every one after, so that recycling allocates nothing. */
  private SoftReference<PureBuffer> reference;

  /** Null until a product wants it, and again once the elements change. */
  private volatile Panels panels;

  private PureBuffer(float[] floats, double[] doubles) {
    this.floats = floats;
    this.doubles = doubles;
  }

  static PureBuffer allocate(DType dtype, long size) {
    if (size > MAX_SIZE) {
      throw new BackendException(
          "backend pure cannot hold "
              + size
              + " elements in one tensor: a Java array ends at "
              + MAX_SIZE
              + "; split the data, or use a backend with off-heap storage");
    }
    return dtype == DType.FLOAT32
        ? new PureBuffer(new float[(int) size], null)
        : new PureBuffer(null, new double[(int) size]);
  }

  /** Returns a buffer of this backend as what it is. */
  static PureBuffer of(Buffer buffer) {
    return (PureBuffer) buffer;
  }

  /** Returns a buffer that is about to be written; call {@link #changed} afterwards, too. */
  static PureBuffer toWrite(Buffer buffer) {
    PureBuffer result = of(buffer);
    result.changed();
    return result;
  }

  /** Returns numbers in an array of the dtype, as loops read them; in float64, the array given. */
  static Object numbers(DType dtype, double... numbers) {
    if (dtype == DType.FLOAT64) {
      return numbers;
    }
    float[] floats = new float[numbers.length];
    FloatRows.narrow(numbers, floats, floats.length);
    return floats;
  }

  // ---- recycling

  /**
   * Ends the ownership of this buffer.
   *
   * @throws IllegalStateException if it had ended before
   */
  void enterPool() {
    if (!IN_POOL.compareAndSet(this, false, true)) {
      throw new IllegalStateException("a buffer of " + size() + " elements was released twice");
    }
    changed();
  }

  /** Begins a new ownership; called by the one thread that took this buffer out of the pool. */
  void leavePool() {
    IN_POOL.setRelease(this, false);
  }

  /** Returns the reference by which a pool keeps this buffer; called while entering it. */
  SoftReference<PureBuffer> softReference() {
    if (reference == null) {
      reference = new SoftReference<>(this);
    }
    return reference;
  }

  // ---- content

  @Override
  public DType dtype() {
    return floats != null ? DType.FLOAT32 : DType.FLOAT64;
  }

  @Override
  public long size() {
    return length();
  }

  int length() {
    return floats != null ? floats.length : doubles.length;
  }

  boolean isFloat() {
    return floats != null;
  }

  /** Returns the elements of a FLOAT32 buffer. */
  float[] floats() {
    return floats;
  }

  /** Returns the elements of a FLOAT64 buffer. */
  double[] doubles() {
    return doubles;
  }

  /**
   * Returns the {@link Panels} of the matrix that is stored here transposed, in an array of
   * whichever type; null if this is the first time that somebody asks since the elements changed.
   *
   * @param n the columns of the matrix
   * @param k its rows
   * @param width the columns of a panel
   * @param lanes the number that the width is a multiple of
   */
  Object panels(int n, int k, int width, int lanes) {
    Panels found = panels;
    if (found == null || !found.areOf(n, k, width, lanes)) {
      panels = new Panels(n, k, width, lanes);
      return null;
    }
    return found.of(this);
  }

  /**
   * Forgets what was derived from the elements. It is called before they are written, and after
   * that for programs in which another thread computes with them meanwhile: what such a thread gets
   * is open, but nobody may find it later.
   */
  void changed() {
    if (panels != null) {
      panels = null;
    }
  }

  /** Returns the elements as an array of whichever type, for {@link System#arraycopy}. */
  Object array() {
    return floats != null ? floats : doubles;
  }
}
