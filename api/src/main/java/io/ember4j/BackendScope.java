package io.ember4j;

/**
 * A choice of backend for the thread that opened it, until it is closed; use it in a
 * try-with-resources statement.
 */
public final class BackendScope implements AutoCloseable {
  private final Thread owner = Thread.currentThread();
  private final BackendScope outer;
  private final ActiveBackend backend;
  private final Lowering lowering;
  private boolean closed;

  BackendScope(BackendScope outer, ActiveBackend backend, Lowering lowering) {
    this.outer = outer;
    this.backend = backend;
    this.lowering = lowering;
  }

  BackendScope outer() {
    return outer;
  }

  ActiveBackend backend() {
    return backend;
  }

  Lowering lowering() {
    return lowering;
  }

  /**
   * Ends the scope; the choice before it is in effect again. Closing twice does nothing.
   *
   * @throws IllegalStateException if called on another thread, or while a scope opened later is
   *     open
   */
  @Override
  public void close() {
    if (Thread.currentThread() != owner) {
      throw new IllegalStateException(
          "this scope belongs to thread "
              + owner.getName()
              + " and was closed on thread "
              + Thread.currentThread().getName()
              + "; close it where it was opened, and carry a"
              + " choice to another thread with Backends.wrap");
    }
    if (!closed) {
      Scopes.pop(this);
      closed = true;
    }
  }
}
