package io.ember4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmberCommandTest {
  @Test
  void aloneItPrintsTheUsageAndExitsWith2() {
    CommandRun run = CommandRun.of();
    assertEquals(ExitCode.BAD_INPUT, run.code());
    assertEquals("", run.out());
    assertTrue(run.err().startsWith("Usage: ember4j"), run.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "backends", "apply", "compare", "train", "predict", "conformance"})
  void everyCommandHasHelp(String command) {
    CommandRun run = command.isEmpty() ? CommandRun.of("--help") : CommandRun.of(command, "--help");
    run.assertFine().assertPrinted("Usage: ember4j", command, "--debug");
    assertTrue(run.out().lines().allMatch(line -> line.length() <= TextTable.WIDTH), run.out());
  }

  @Test
  void saysItsVersion() {
    CommandRun.of("--version").assertFine().assertPrinted("ember4j ", "Java ");
  }

  @Test
  void refusesAnUnknownCommand() {
    CommandRun.of("aply", "gelu").assertRefused("aply", "ember4j --help");
  }

  @Test
  void refusesAnUnknownOption() {
    CommandRun.of("apply", "gelu", "--gradeint", "a.npy", "b.npy")
        .assertRefused("--gradeint", "ember4j apply --help");
  }

  @Test
  void refusesAMissingArgument() {
    CommandRun.of("apply", "gelu", "a.npy").assertRefused("OUT");
  }

  @Test
  void printsAStackTraceOnlyOnRequest() {
    String[] args = {"apply", "gelu", "no-such.npy", "out.npy"};
    assertFalse(CommandRun.of((Object[]) args).err().contains("\tat "));
    CommandRun run = CommandRun.of("apply", "gelu", "no-such.npy", "out.npy", "--debug");
    assertTrue(run.err().contains("\tat "), run.err());
    assertEquals(ExitCode.BAD_INPUT, run.code());
  }

  @Test
  void anUnexpectedErrorIsOneLineAndExits3() {
    var err = new StringWriter();
    var report = new ErrorReport(new PrintWriter(err), () -> false);
    assertEquals(ExitCode.INTERNAL, report.report(new IllegalStateException("two\nlines")));
    assertEquals(1, err.toString().lines().count());
    assertTrue(err.toString().contains("--debug"), err.toString());
  }

  @Test
  void tooSmallAHeapIsTold() {
    var err = new StringWriter();
    var report = new ErrorReport(new PrintWriter(err), () -> false);
    assertEquals(ExitCode.BAD_INPUT, report.report(new OutOfMemoryError("Java heap space")));
    assertTrue(err.toString().contains("-Xmx"), err.toString());
  }

  @Test
  void aClosedPipeIsNoError() {
    var pipe =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("Broken pipe");
          }
        };
    var err = new StringWriter();
    var out = new PrintWriter(pipe, true, StandardCharsets.UTF_8);
    assertEquals(ExitCode.FINE, EmberCommand.run(out, new PrintWriter(err), "backends"));
    assertEquals("", err.toString());
  }
}
