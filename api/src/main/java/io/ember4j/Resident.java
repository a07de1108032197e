package io.ember4j;

import io.ember4j.spi.Buffer;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

/**
 * A tensor's values in one backend's memory, counted: the tensor holds it, and so does every
 * operation that reads it. The backend gets the buffer back when the last holder lets go.
 */
final class Resident {
  private static final AtomicIntegerFieldUpdater<Resident> HOLDERS =
      AtomicIntegerFieldUpdater.newUpdater(Resident.class, "holders");

  private final ActiveBackend backend;
  private final Buffer buffer;
  private volatile int holders = 1;

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

  /** Adds a holder; only called by one who knows that there is a holder already. */
  Resident retain() {
    HOLDERS.incrementAndGet(this);
    return this;
  }

  void release() {
    if (HOLDERS.decrementAndGet(this) == 0) {
      backend.spi().release(buffer);
    }
  }

  boolean isHeldOnce() {
    return holders == 1;
  }
}
