package io.ember4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ember4j.conformance.SweepException;
import io.ember4j.conformance.SweepFunction;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepCommandTest {
  private static final String STRIDE = "1000003";

  @TempDir Path folder;

  private CommandRun sweep(Object... more) {
    Object[] args = new Object[more.length + 4];
    args[0] = "sweep";
    args[1] = "--stride";
    args[2] = STRIDE;
    args[3] = "--quiet";
    System.arraycopy(more, 0, args, 4, more.length);
    return CommandRun.of(args);
  }

  @Test
  void printsALineForEachFunction() {
    CommandRun run = sweep("--function", "relu", "--function", "gelu'").assertFine();
    assertEquals(3, run.out().lines().count(), run.out());
    run.assertPrinted("relu 4,313 0.00 0.000 100.00 % 0.00", "gelu' 4,313 ");
  }

  @Test
  void gradientChoosesGradientsOnly() {
    CommandRun named = sweep("--function", "gelu", "--gradient").assertFine();
    assertEquals(2, named.out().lines().count(), named.out());
    named.assertPrinted("gelu' ");
    long gradients = SweepFunction.values().stream().filter(SweepFunction::isGradient).count();
    assertEquals(1 + gradients, sweep("--gradient").out().lines().count());
  }

  @Test
  void theReportHasEveryBackendOfTheStateAndSaysWhatHasNotRun() throws IOException {
    Path state = folder.resolve("state");
    Path report = folder.resolve("accuracy.md");
    sweep("--function", "relu", "--backend", "jblas", "--state", state).assertFine();
    sweep("--function", "relu", "--state", state, "--report", report).assertFine();
    String text = Files.readString(report);
    assertTrue(text.contains("| `relu` | 4,313 | 0.00 |"), text);
    assertTrue(text.contains("| wrong | jblas |"), text);
    for (SweepFunction function : SweepFunction.values()) {
      boolean ran = function.toString().equals("relu");
      assertEquals(!ran, text.contains("| `" + function + "` | not run |"), function.toString());
    }
  }

  @Test
  void theExitCodeIsOneIfAnErrorIsBeyondTheBoundOrASpecialCaseDiffers() throws IOException {
    sweep("--function", "relu", "--state", folder).assertFine();
    forge("worst=0x0.0p0", "worst=0x1.0p-1");
    CommandRun beyond = sweep("--function", "relu", "--state", folder);
    assertEquals(ExitCode.DIFFERENCE, beyond.code());
    beyond.assertPrinted("relu 4,313 0.50", "FAIL");
    forge("worst=0x1.0p-1", "worst=0x0.0p0");
    forge("differences=0 first=0", "differences=1 first=80000000");
    CommandRun differs = sweep("--function", "relu", "--state", folder);
    assertEquals(ExitCode.DIFFERENCE, differs.code());
    differs.assertPrinted("FAIL differs at -0.0");
  }

  /** Changes the state of relu, with a checksum that is right. */
  private void forge(String old, String replacement) throws IOException {
    Path file = folder.resolve("pure.relu.value." + STRIDE + ".sweep");
    StringBuilder text = new StringBuilder();
    for (String line : Files.readAllLines(file)) {
      String content = line.substring(0, line.lastIndexOf(" checksum=")).replace(old, replacement);
      CRC32 crc = new CRC32();
      crc.update(content.getBytes(StandardCharsets.UTF_8));
      text.append(content)
          .append(" checksum=")
          .append(Long.toHexString(crc.getValue()))
          .append('\n');
    }
    assertFalse(text.toString().equals(Files.readString(file)));
    Files.writeString(file, text);
  }

  @Test
  void badUsageIsRefused() throws IOException {
    sweep("--function", "rellu").assertRefused("'rellu'", "relu", "gelu");
    sweep("--backend", "cuda").assertRefused("cuda", "pure");
    CommandRun.of("sweep", "--stride", "4096").assertRefused("4096", "odd");
    sweep("--report", folder.resolve("no/accuracy.md")).assertRefused("accuracy.md", "mkdir");
    Files.writeString(folder.resolve("thesis.txt"), "text");
    sweep("--state", folder).assertRefused("thesis.txt", "empty folder");
  }

  @Test
  void theNumberOfThreadsIsAPositiveNumber() {
    assertEquals(3, SweepCommand.threads(" 3 "));
    assertEquals(Runtime.getRuntime().availableProcessors(), SweepCommand.threads(null));
    for (String bad : new String[] {"0", "-1", "two", "99999999999"}) {
      String message =
          assertThrows(SweepException.class, () -> SweepCommand.threads(bad)).getMessage();
      assertTrue(message.contains(bad), message);
    }
  }

  @Test
  void theRemainingTimeIsInTheUnitThatFits() {
    assertEquals("about 119 s", RemainingTime.time(119));
    assertEquals("about 2 min", RemainingTime.time(120));
    assertEquals("about 119 min", RemainingTime.time(119 * 60));
    assertEquals("about 16 h", RemainingTime.time(16 * 3600));
  }

  @Test
  void errorsAreRoundedUpAndSharesDown() {
    assertEquals("0.51", SweepRow.ulps(0.5001));
    assertEquals("0.50", SweepRow.ulps(0.5));
    assertEquals("1.2e+06", SweepRow.ulps(1.2e6));
  }
}
