package io.ember4j.benchmarks;

import java.io.PrintStream;
import java.util.Locale;

/** Tells how far the table is, and about how long the rest will take. */
final class Progress {
  private final PrintStream out;
  private final int total;
  private final long start = System.nanoTime();
  private int done;

  Progress(PrintStream out, int total) {
    this.out = out;
    this.total = total;
  }

  /** Prints the line of a finished cell. */
  void finished(Cell cell, Results results) {
    done++;
    StringBuilder line = new StringBuilder();
    line.append(String.format(Locale.ROOT, "[%d/%d] %s:", done, total, cell.key()));
    results
        .sample(cell.key(), cell.contenders().get(0))
        .ifPresent(ours -> line.append(' ').append(duration(ours.median())));
    for (String peer : cell.contenders().subList(1, cell.contenders().size())) {
      results
          .ratio(cell, peer)
          .ifPresent(
              ratio ->
                  line.append(
                      String.format(Locale.ROOT, ", %s takes %.2fx", peer, ratio.median())));
    }
    double secondsPerCell = (System.nanoTime() - start) / 1e9 / done;
    out.println(line + "; left: " + left(secondsPerCell * (total - done)));
  }

  static String left(double seconds) {
    return seconds < 90
        ? Math.round(seconds) + " s"
        : String.format(Locale.ROOT, "%d min", Math.round(seconds / 60));
  }

  /** Returns a time with three digits and its unit. */
  static String duration(double nanos) {
    if (nanos < 1e3) {
      return String.format(Locale.ROOT, "%.3g ns", nanos);
    }
    return nanos < 1e6
        ? String.format(Locale.ROOT, "%.3g us", nanos / 1e3)
        : String.format(Locale.ROOT, "%.4g ms", nanos / 1e6);
  }
}
