package io.ember4j.backend.pure;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Code that uses SIMD, offered as soon as it is fast.
 *
 * <p>Until the JIT compiler has got to it, it is twenty times slower than scalar code, or worse. So
 * a thread of its own runs it, once there has been work that is worth that, until it wins against
 * scalar code. Where it never does, as in a JVM without that compiler, scalar code stays. As both
 * give the same bits, nobody can tell when the change happens.
 */
final class WarmUp<T> {
  private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(20);
  private static final int WINS = 2;

  /** One thread for all, which ends when it has nothing to do. */
  private static final ThreadPoolExecutor EXECUTOR = newExecutor();

  private final long worth;
  private final Supplier<T> source;
  private final Predicate<T> race;
  private final AtomicBoolean asked = new AtomicBoolean();
  private long work;
  private volatile T ready;

  /**
   * Creates a warm-up.
   *
   * @param worth how much work has to be done before it begins
   * @param source makes the code; called only where there is SIMD
   * @param race runs the code many times in small portions, and returns whether it won
   */
  WarmUp(long worth, Supplier<T> source, Predicate<T> race) {
    this.worth = worth;
    this.source = source;
    this.race = race;
  }

  /** Returns the code if it is fast, else null, and counts the work to be done without it. */
  T find(long more) {
    T found = ready;
    if (found == null) {
      // Without a lock: it does not matter when some of it is lost.
      work += more;
      if (work >= worth && Simd.isAvailable() && asked.compareAndSet(false, true)) {
        EXECUTOR.execute(this::run);
      }
    }
    return found;
  }

  private void run() {
    try {
      T code = source.get();
      long start = System.nanoTime();
      int wins = 0;
      while (wins < WINS && System.nanoTime() - start < PATIENCE) {
        wins = race.test(code) ? wins + 1 : 0;
      }
      if (wins == WINS) {
        ready = code;
      } else {
        LOG.debug("SIMD code did not get faster than scalar code, which stays");
      }
    } catch (RuntimeException | LinkageError broken) {
      LOG.warn("SIMD code does not run here; scalar code stays", broken);
    }
  }

  private static ThreadPoolExecutor newExecutor() {
    ThreadPoolExecutor executor =
        new ThreadPoolExecutor(
            1,
            1,
            1,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(null, task, "ember4j-warm-up", 0, false);
              thread.setDaemon(true);
              thread.setContextClassLoader(null);
              return thread;
            });
    executor.allowCoreThreadTimeOut(true);
    return executor;
  }
}
