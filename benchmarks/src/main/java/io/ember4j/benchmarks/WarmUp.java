package io.ember4j.benchmarks;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;

/**
 * Calls contenders in turns until none gets faster and the JIT compiler is quiet, before JMH's own
 * warm-up: how long a kernel takes to compile differs by seconds, and on a busy machine by more.
 */
final class WarmUp {
  private static final long TURN_NANOS = 40_000_000;
  private static final long LIMIT_NANOS = 15_000_000_000L;

  /** So many rounds without a gain are enough. */
  private static final int PATIENCE = 8;

  /** Less than this is no gain. */
  private static final double GAIN = 0.95;

  private static final long QUIET_MILLIS = 10;

  private WarmUp() {}

  static void settle(List<? extends Contender> contenders) {
    long start = System.nanoTime();
    double[] best = new double[contenders.size()];
    Arrays.fill(best, Double.POSITIVE_INFINITY);
    long compiled = compilationMillis();
    for (int idle = 0; idle < PATIENCE && System.nanoTime() - start < LIMIT_NANOS; idle++) {
      for (int i = 0; i < best.length; i++) {
        double nanos = turn(contenders.get(i));
        if (nanos < best[i] * GAIN) {
          best[i] = nanos;
          idle = -1;
        }
      }
      if (compilationMillis() - compiled > QUIET_MILLIS) {
        compiled = compilationMillis();
        idle = -1;
      }
    }
  }

  /** Returns ns per call. */
  private static double turn(Contender contender) {
    long start = System.nanoTime();
    long calls = 0;
    do {
      contender.call();
      calls++;
    } while (System.nanoTime() - start < TURN_NANOS);
    return (double) (System.nanoTime() - start) / calls;
  }

  private static long compilationMillis() {
    return ManagementFactory.getCompilationMXBean().getTotalCompilationTime();
  }
}
