package io.ember4j;

import io.ember4j.spi.Buffer;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A tensor's values in one backend's memory, counted: the tensor holds it, and so does every
 * operation that reads it. The backend gets the buffer back when the last holder lets go.
 *
 * <p>One who is about to overwrite the values claims them; then nobody else can become a holder.
 */
final class Resident {
  private static final VarHandle HOLDERS;

  static {
    try {
      HOLDERS = MethodHandles.lookup().findVarHandle(Resident.class, "holders", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** What a claim takes off the number of holders, so that it is negative. */
  private static final int CLAIM = 1 << 30;

  private final ActiveBackend backend;
  private final Buffer buffer;

  /** Only through {@link #HOLDERS}, but for its first value: a volatile one would cost a fence. */
  @SuppressWarnings("unused")
  private int holders = 1;

  Resident(ActiveBackend backend, Buffer buffer) {
    this.backend = backend;
    this.buffer = buffer;
  }

  ActiveBackend backend() {
    return backend;
  }

  Buffer buffer() {
    return buffer;
  }

  /** Adds a holder, unless the last one has let go or the values are claimed. */
  boolean tryRetain() {
    int before = (int) HOLDERS.getVolatile(this);
    while (before > 0 && !HOLDERS.compareAndSet(this, before, before + 1)) {
      before = (int) HOLDERS.getVolatile(this);
    }
    return before > 0;
  }

  /** Adds a holder; only called by one who knows that there is a holder and no claim. */
  Resident retain() {
    HOLDERS.getAndAdd(this, 1);
    return this;
  }

  void release() {
    change(-1);
  }

  /** Claims the values for the one holder, unless there are others. */
  boolean tryClaim() {
    return HOLDERS.compareAndSet(this, 1, 1 - CLAIM);
  }

  /** Ends a claim; without {@code keep}, its holder lets go as well. */
  void endClaim(boolean keep) {
    change(keep ? CLAIM : CLAIM - 1);
  }

  private void change(int holds) {
    if ((int) HOLDERS.getAndAdd(this, holds) + holds == 0) {
      backend.spi().release(buffer);
    }
  }
}
