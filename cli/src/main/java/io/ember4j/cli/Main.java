package io.ember4j.cli;

import java.io.PrintWriter;
import java.nio.charset.Charset;

/** The entry point of the {@code ember4j} command. */
public final class Main {
  private Main() {}

  /**
   * Runs the command and exits: 0 fine, 1 a check found a difference, 2 bad usage or input, 3 an
   * internal error.
   *
   * @param args the command line
   */
  public static void main(String[] args) {
    // Charts are drawn into files: whether there is a display must not matter.
    System.setProperty("java.awt.headless", "true");
    // A PrintWriter keeps an error of its stream to itself: of a closed pipe or a full disk, the
    // exit code tells.
    var out = new PrintWriter(System.out, false, Charset.defaultCharset());
    var err = new PrintWriter(System.err, true, Charset.defaultCharset());
    int code = EmberCommand.run(out, err, args);
    boolean lost = out.checkError(); // also flushes
    err.flush();
    System.exit(lost && code == ExitCode.FINE ? ExitCode.BAD_INPUT : code);
  }
}
