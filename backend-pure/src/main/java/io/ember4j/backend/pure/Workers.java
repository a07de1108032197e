package io.ember4j.backend.pure;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.IntConsumer;

/**
 * A few threads that help whoever has a task that comes in parts.
 *
 * <p>The caller takes part, and does everything itself while the others are busy, so calls from any
 * number of threads go on. Calls from within a part run at once, in their own thread. A helper
 * waits for its next job spinning, for {@value #SPIN_NANOS} ns, then parked. Helpers are started by
 * the first job and are daemons.
 */
final class Workers {
  static final String PROPERTY = "ember4j.threads";

  /** The helpers of all products and loops: as many threads in all as the property says. */
  static final Workers SHARED =
      new Workers(
          threads(System.getProperty(PROPERTY), Runtime.getRuntime().availableProcessors()));

  /** Longer than the gap between two operations in a row, shorter than anyone would notice. */
  private static final long SPIN_NANOS = 20_000;

  /** Instructions times elements that are worth a part: some ten microseconds. */
  private static final int GRAIN = 1 << 20;

  private static final ThreadLocal<Boolean> INSIDE = new ThreadLocal<>();

  private final int threads;
  private final ConcurrentLinkedQueue<Job> jobs = new ConcurrentLinkedQueue<>();
  private volatile Helper[] helpers;

  /** Creates workers of that many threads, callers included. */
  Workers(int threads) {
    this.threads = threads;
  }

  /** Returns the number of threads a job can have, 1 or more. */
  int threads() {
    return threads;
  }

  /** Returns whether the helpers have been started. */
  boolean isStarted() {
    return helpers != null;
  }

  /**
   * Returns into how many parts work is cut: one if it is not worth the wake of another thread,
   * else a few for each thread, so that none waits long for the last one.
   *
   * @param instructions the work, in vector instructions times elements
   */
  int parts(long instructions) {
    return threads == 1 ? 1 : (int) Math.max(1, Math.min(4L * threads, instructions / GRAIN));
  }

  /** Runs {@code task} on 0, ..., tasks - 1 with the shared workers. */
  static void run(int tasks, IntConsumer task) {
    SHARED.execute(tasks, task);
  }

  /**
   * Runs {@code task} on 0, ..., tasks - 1, in any order and any thread, and returns when all are
   * done. What a part throws is thrown here, after the parts that had begun; the others are left
   * out.
   */
  void execute(int tasks, IntConsumer task) {
    if (tasks <= 1 || threads <= 1 || INSIDE.get() != null) {
      for (int i = 0; i < tasks; i++) {
        task.accept(i);
      }
      return;
    }
    Job job = new Job(tasks, task);
    jobs.add(job);
    wake(tasks - 1);
    work(job);
    jobs.remove(job);
    job.await();
  }

  /** The same, but one after the other in this thread unless {@code parallel}. */
  void execute(boolean parallel, int tasks, IntConsumer task) {
    if (parallel) {
      execute(tasks, task);
    } else {
      for (int i = 0; i < tasks; i++) {
        task.accept(i);
      }
    }
  }

  /** Returns a job that has parts left to begin, or null. */
  Job next() {
    for (Job job = jobs.peek(); job != null; job = jobs.peek()) {
      if (job.hasMore()) {
        return job;
      }
      jobs.remove(job);
    }
    return null;
  }

  static void work(Job job) {
    INSIDE.set(true);
    try {
      job.work();
    } finally {
      INSIDE.remove();
    }
  }

  private void wake(int count) {
    Helper[] all = helpers;
    if (all == null) {
      all = start();
    }
    int woken = 0;
    for (int i = 0; i < all.length && woken < count; i++) {
      all[i].wake();
      woken++;
    }
  }

  private synchronized Helper[] start() {
    if (helpers == null) {
      Helper[] all = new Helper[threads - 1];
      for (int i = 0; i < all.length; i++) {
        all[i] = new Helper(this, SPIN_NANOS, i + 1);
        all[i].start();
      }
      helpers = all;
    }
    return helpers;
  }

  /** Returns the number of threads that the property asks for, else the processors. */
  static int threads(String property, int processors) {
    if (property == null || property.isBlank()) {
      return processors;
    }
    try {
      int threads = Integer.parseInt(property.strip());
      if (threads >= 1) {
        return threads;
      }
    } catch (NumberFormatException refused) {
      // Told below, as other bad numbers are.
    }
    throw new IllegalArgumentException(
        "system property " + PROPERTY + " is " + property + "; use a whole number of 1 or more");
  }
}
