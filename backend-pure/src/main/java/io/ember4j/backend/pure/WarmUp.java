package io.ember4j.backend.pure;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Code that uses SIMD, offered as soon as it is fast.
 *
 * <p>Until the JIT compiler has got to it, it is a hundred times slower than scalar code. So a
 * thread of its own runs it, once there has been work that is worth that, until it wins against
 * scalar code. Where it never does, as in a JVM without that compiler, scalar code stays.
 */
final class WarmUp<T> {
  /** Multiplications after which the thread is started: some milliseconds of scalar code. */
  private static final long WORTH = 1 << 25;

  private static final long PATIENCE_NANOS = 20_000_000_000L;
  private static final int WINS = 5;

  private final Supplier<Optional<T>> source;
  private final Predicate<T> race;
  private final AtomicLong work = new AtomicLong();
  private volatile T ready;

  /** Creates a warm-up over rounds of a race, each of which says whether the code won. */
  WarmUp(Supplier<Optional<T>> source, Predicate<T> race) {
    this.source = source;
    this.race = race;
  }

  /** Returns the code if it is fast, else null, and counts the work to be done without it. */
  T find(long more) {
    T found = ready;
    if (found == null) {
      long before = work.getAndAdd(more);
      if (before < WORTH && before + more >= WORTH && Simd.isAvailable()) {
        Thread thread = new Thread(null, this::run, "ember4j-warm-up", 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(null);
        thread.start();
      }
    }
    return found;
  }

  private void run() {
    T code = source.get().orElseThrow();
    long start = System.nanoTime();
    int wins = 0;
    while (wins < WINS && System.nanoTime() - start < PATIENCE_NANOS) {
      wins = race.test(code) ? wins + 1 : 0;
    }
    if (wins == WINS) {
      ready = code;
    }
  }
}
