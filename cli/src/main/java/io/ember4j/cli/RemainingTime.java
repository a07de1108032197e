package io.ember4j.cli;

import io.ember4j.conformance.Sweep;
import io.ember4j.conformance.SweepFunction;
import java.util.concurrent.TimeUnit;

/** Shows how far a sweep is and how long it will take; not more often than one wants to read. */
final class RemainingTime implements Sweep.Listener {
  private static final long NANOS_BETWEEN_LINES = TimeUnit.SECONDS.toNanos(30);
  private static final long NANOS_ON_A_TERMINAL = TimeUnit.SECONDS.toNanos(1);

  private final Progress progress;
  private final long start = System.nanoTime();
  private final long between =
      Boolean.getBoolean(Progress.TERMINAL) ? NANOS_ON_A_TERMINAL : NANOS_BETWEEN_LINES;
  private long shown = start;

  RemainingTime(Progress progress) {
    this.progress = progress;
  }

  @Override
  public void done(SweepFunction function, int done, int all, double share) {
    long now = System.nanoTime();
    if (now - shown < between) {
      return;
    }
    shown = now;
    long left = TimeUnit.NANOSECONDS.toSeconds((long) ((now - start) * (1 - share) / share));
    progress.step(done, all, "shards, now " + function + "; " + time(left) + " left");
  }

  /** Returns the time in the largest unit that there is more than two of. */
  static String time(long seconds) {
    if (seconds < 120) {
      return "about " + seconds + " s";
    }
    long minutes = (seconds + 30) / 60;
    return minutes < 120 ? "about " + minutes + " min" : "about " + (minutes + 30) / 60 + " h";
  }
}
