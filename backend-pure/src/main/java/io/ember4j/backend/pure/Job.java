package io.ember4j.backend.pure;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;

/** A task in numbered parts, which are handed out one by one to the threads that work on it. */
final class Job {
  private static final int SPINS = 1000;

  private final int tasks;
  private final IntConsumer task;
  private final Thread owner = Thread.currentThread();
  private final AtomicInteger begun = new AtomicInteger();
  private final AtomicInteger unfinished;
  private final AtomicReference<Throwable> failure = new AtomicReference<>();

  Job(int tasks, IntConsumer task) {
    this.tasks = tasks;
    this.task = task;
    this.unfinished = new AtomicInteger(tasks);
  }

  boolean hasMore() {
    return begun.get() < tasks;
  }

  /** Does parts until all have begun; after a failure they are only counted. */
  void work() {
    while (hasMore()) { // so that the counter cannot overflow
      int part = begun.getAndIncrement();
      if (part >= tasks) {
        return;
      }
      try {
        if (failure.get() == null) {
          task.accept(part);
        }
      } catch (Throwable thrown) { // the owner throws it
        failure.compareAndSet(null, thrown);
      }
      if (unfinished.decrementAndGet() == 0) {
        LockSupport.unpark(owner);
      }
    }
  }

  /** Waits for the parts that others have begun, then throws what one of them threw. */
  void await() {
    for (int i = 0; i < SPINS && unfinished.get() > 0; i++) {
      Thread.onSpinWait();
    }
    boolean interrupted = false;
    while (unfinished.get() > 0) {
      LockSupport.park(this);
      interrupted |= Thread.interrupted();
    }
    if (interrupted) {
      owner.interrupt();
    }
    Throwable thrown = failure.get();
    if (thrown instanceof Error error) {
      throw error;
    }
    if (thrown != null) {
      throw (RuntimeException) thrown; // a consumer throws nothing else
    }
  }
}
