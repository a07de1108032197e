package io.ember4j.backend.pure;

import java.util.concurrent.locks.LockSupport;

/** A daemon thread that takes part in the jobs of its {@link Workers}. */
final class Helper extends Thread {
  private final Workers workers;
  private final long spinNanos;
  private volatile boolean parked;

  Helper(Workers workers, long spinNanos, int number) {
    super(null, null, "ember4j-worker-" + number, 0, false);
    this.workers = workers;
    this.spinNanos = spinNanos;
    setDaemon(true);
    setContextClassLoader(null);
  }

  @Override
  public void run() {
    for (; ; ) {
      Workers.work(take());
    }
  }

  /** Makes the helper look for jobs, after one was added. */
  void wake() {
    if (parked) {
      LockSupport.unpark(this);
    }
  }

  private Job take() {
    for (; ; ) {
      Job job = spin();
      if (job != null) {
        return job;
      }
      // Whoever adds a job adds it first and reads this second; here it is the other way round.
      parked = true;
      job = workers.next();
      if (job == null) {
        LockSupport.park(workers);
        Thread.interrupted(); // or the next park would return at once
      }
      parked = false;
      if (job != null) {
        return job;
      }
    }
  }

  private Job spin() {
    long end = System.nanoTime() + spinNanos;
    do {
      Job job = workers.next();
      if (job != null) {
        return job;
      }
      Thread.onSpinWait();
    } while (System.nanoTime() - end < 0);
    return null;
  }
}
