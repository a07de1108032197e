package io.ember4j.cli;

import java.io.PrintWriter;

/** Tells on standard error how far a long command is. */
final class Progress implements AutoCloseable {
  /** Set by the launcher when standard error is a terminal. */
  static final String TERMINAL = "ember4j.terminal";

  private final PrintWriter err;
  private final boolean quiet;
  private final boolean rewrites = Boolean.getBoolean(TERMINAL);
  private int shown;

  Progress(PrintWriter err, boolean quiet) {
    this.err = err;
    this.quiet = quiet;
  }

  /** Shows the step: over the one before on a terminal, on a line of its own elsewhere. */
  void step(int number, int count, String what) {
    if (quiet) {
      return;
    }
    String line = "[" + number + "/" + count + "] " + what;
    if (rewrites) {
      err.print("\r" + line + " ".repeat(Math.max(0, shown - line.length())));
      shown = line.length();
    } else {
      err.println(line);
    }
    err.flush();
  }

  /** Removes what is left on a terminal's line. */
  @Override
  public void close() {
    if (shown > 0) {
      err.print("\r" + " ".repeat(shown) + "\r");
      err.flush();
      shown = 0;
    }
  }
}
