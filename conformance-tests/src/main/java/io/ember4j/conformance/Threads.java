package io.ember4j.conformance;

import io.ember4j.Backends;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

/** Runs an action on several threads at once, with the backend of the thread that asks. */
final class Threads {
  private Threads() {}

  /** What each thread does. */
  @FunctionalInterface
  interface Numbered {
    /** Runs as thread number {@code i}. */
    void run(int i) throws Exception;
  }

  /** Runs the action on this many threads and waits; the first failure is thrown here. */
  static void run(int threads, Numbered action) throws InterruptedException {
    CountDownLatch start = new CountDownLatch(threads);
    AtomicReference<Throwable> failure = new AtomicReference<>();
    List<Thread> all = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      int number = i;
      Runnable body =
          Backends.wrap(
              () -> {
                try {
                  start.countDown();
                  start.await();
                  action.run(number);
                } catch (Exception | Error e) {
                  failure.compareAndSet(null, e);
                }
              });
      Thread thread = new Thread(body, "conformance-" + i);
      all.add(thread);
      thread.start();
    }
    for (Thread thread : all) {
      thread.join();
    }
    Throwable thrown = failure.get();
    if (thrown instanceof Error error) {
      throw error;
    }
    if (thrown != null) {
      throw new IllegalStateException("a thread failed: " + thrown, thrown);
    }
  }
}
