package io.ember4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * One run of the command within this process.
 *
 * @param code the exit code
 * @param out what it printed to standard output
 * @param err what it printed to standard error
 */
record CommandRun(int code, String out, String err) {
  static CommandRun of(Object... args) {
    var out = new StringWriter();
    var err = new StringWriter();
    String[] words = Arrays.stream(args).map(CommandRun::word).toArray(String[]::new);
    int code = EmberCommand.run(new PrintWriter(out), new PrintWriter(err, true), words);
    return new CommandRun(code, out.toString(), err.toString());
  }

  private static String word(Object argument) {
    return argument instanceof Path path ? path.toString() : (String) argument;
  }

  /** It ended well and had nothing to complain about. */
  CommandRun assertFine() {
    assertEquals("", err);
    assertEquals(ExitCode.FINE, code);
    return this;
  }

  /** It ended with 2, printed nothing but one line, and that has all fragments. */
  void assertRefused(String... fragments) {
    assertEquals(ExitCode.BAD_INPUT, code, err);
    assertEquals("", out);
    assertEquals(1, err.lines().count(), err);
    assertTrue(err.startsWith("ember4j: "), err);
    for (String fragment : fragments) {
      assertTrue(err.contains(fragment), () -> "'" + fragment + "' is not in: " + err);
    }
  }

  /** What it printed has all fragments, wherever lines were broken. */
  CommandRun assertPrinted(String... fragments) {
    String words = out.replaceAll("\\s+", " ");
    for (String fragment : fragments) {
      assertTrue(words.contains(fragment), () -> "'" + fragment + "' is not in:\n" + out);
    }
    return this;
  }
}
