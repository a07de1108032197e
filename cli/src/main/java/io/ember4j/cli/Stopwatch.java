package io.ember4j.cli;

import java.util.Arrays;

/** Measures how long an action takes once the JVM has compiled it. */
final class Stopwatch {
  private static final int MIN_RUNS = 3;
  private static final int MIN_ROUNDS = 3;
  private static final int MAX_ROUNDS = 12;
  private static final int MIN_SAMPLES = 5;
  private static final int MAX_SAMPLES = 25;
  private static final long SAMPLE_NANOS = 1_000_000;

  private final long roundNanos;

  /** A stopwatch that works in rounds of about this length. */
  Stopwatch(long roundMillis) {
    this.roundNanos = roundMillis * 1_000_000;
  }

  /** The median of several runs after warm-up, in ns; short actions are repeated within a run. */
  double medianNanos(Runnable action) {
    int repetitions = (int) Math.max(1, SAMPLE_NANOS / warmUp(action));
    double[] samples = new double[MAX_SAMPLES];
    int taken = 0;
    long start = System.nanoTime();
    while (taken < MIN_SAMPLES || (taken < MAX_SAMPLES && System.nanoTime() - start < roundNanos)) {
      long before = System.nanoTime();
      for (int i = 0; i < repetitions; i++) {
        action.run();
      }
      samples[taken++] = (System.nanoTime() - before) / (double) repetitions;
    }
    Arrays.sort(samples, 0, taken);
    return (samples[(taken - 1) / 2] + samples[taken / 2]) / 2;
  }

  /** Runs until a round is hardly faster than the best before it; returns the best time in ns. */
  private double warmUp(Runnable action) {
    double best = Double.POSITIVE_INFINITY;
    for (int round = 0; round < MAX_ROUNDS; round++) {
      double time = meanOfRound(action);
      boolean settled = time > 0.95 * best;
      best = Math.min(best, time);
      if (settled && round + 1 >= MIN_ROUNDS) {
        break;
      }
    }
    return Math.max(1, best);
  }

  private double meanOfRound(Runnable action) {
    long start = System.nanoTime();
    long elapsed = 0;
    int runs = 0;
    while (runs < MIN_RUNS || elapsed < roundNanos) {
      action.run();
      runs++;
      elapsed = System.nanoTime() - start;
    }
    return elapsed / (double) runs;
  }
}
