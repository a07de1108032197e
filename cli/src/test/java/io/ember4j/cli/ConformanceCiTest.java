package io.ember4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code conformance --ci} tells a build of backends with something wrong, by JVM. */
class ConformanceCiTest {
  private static final String EASY = "EW-7.max-nan";
  private static final String MATMUL = "MM-1.bound";

  @TempDir Path folder;

  @BeforeEach
  void provide() throws IOException {
    services(BentProvider.class.getName(), BentProvider.Gone.class.getName());
  }

  private void services(String... classes) throws IOException {
    Path file = folder.resolve("META-INF/services/io.ember4j.spi.BackendProvider");
    Files.createDirectories(file.getParent());
    Files.write(file, List.of(classes));
  }

  private void declare(String... lines) throws IOException {
    Path file = folder.resolve("META-INF/ember4j/bent.conformance");
    Files.createDirectories(file.getParent());
    Files.write(file, List.of(lines));
  }

  private CommandRun run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:TieredStopAtLevel=1");
    // As the launcher does: else newer JDKs warn of what the natives of ND4J and jblas do.
    if (Runtime.version().feature() >= 24) {
      command.add("--enable-native-access=ALL-UNNAMED");
      command.add("--sun-misc-unsafe-memory-access=allow");
    }
    command.add("-cp");
    command.add(folder + File.pathSeparator + System.getProperty("java.class.path"));
    command.addAll(List.of(Main.class.getName(), "conformance", "--ci"));
    command.addAll(List.of(arguments));
    Path out = folder.resolve("out.txt");
    Path err = folder.resolve("err.txt");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    try {
      assertTrue(process.waitFor(2, TimeUnit.MINUTES), "the command does not end");
    } finally {
      process.destroyForcibly();
    }
    return new CommandRun(process.exitValue(), read(out), read(err));
  }

  private static String read(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.UTF_8).replace("\r\n", "\n");
  }

  private static void assertFailed(CommandRun run, String... fragments) {
    assertEquals(ExitCode.DIFFERENCE, run.code(), run.err());
    run.assertPrinted(fragments);
  }

  @Test
  void allIsWellInOneLineForEachBackend() throws Exception {
    CommandRun run = run("--backend", "bent", "--backend", "pure", "--rule", EASY).assertFine();
    assertEquals(
        """
        bent: passed: 1 rules, 1 pass, 0 deviate as declared, 0 fail
        pure: passed: 1 rules, 1 pass, 0 deviate as declared, 0 fail
        """,
        run.out());
  }

  @Test
  void aRuleThatFailsIsToldInFull() throws Exception {
    CommandRun run = run("--backend", "bent", "--rule", EASY, "--rule", MATMUL);
    assertFailed(run, "bent: FAILED: 2 rules, 1 pass,", "FAIL " + MATMUL, "bent has no matmul");
    assertTrue(!run.out().contains(EASY), run.out());
  }

  @Test
  void aDeviationThatIsDeclaredAndLastsIsNone() throws Exception {
    declare("deviation " + MATMUL + " it has no matrix products");
    CommandRun run = run("--backend", "bent", "--rule", MATMUL).assertFine();
    assertEquals("bent: passed: 1 rules, 0 pass, 1 deviate as declared, 0 fail\n", run.out());
  }

  @Test
  void aDeviationThatIsFixedFails() throws Exception {
    declare("deviation " + EASY + " its max dropped NaN");
    CommandRun run = run("--backend", "bent", "--rule", EASY);
    assertFailed(run, "bent: FAILED:", "FIXED " + EASY, "its max dropped NaN", "remove it");
  }

  @Test
  void aDeviationFromNoRuleFails() throws Exception {
    declare("deviation EW-7.max-nam its max drops NaN");
    CommandRun run = run("--backend", "bent", "--rule", EASY);
    assertFailed(run, "bent: FAILED: 1 rules, 1 pass", "EW-7.max-nam", "no such rule");
  }

  @Test
  void aBackendThatCannotRunFailsUnlessThatIsAllowed() throws Exception {
    CommandRun refused = run("--backend", "gone", "--backend", "pure", "--rule", EASY);
    assertFailed(
        refused, "gone: FAILED:", "libgone.so", "--allow-unavailable gone", "pure: passed");
    CommandRun allowed =
        run("--backend", "gone", "--backend", "pure", "--rule", EASY, "--allow-unavailable", "gone")
            .assertFine();
    allowed.assertPrinted("gone: not run:", "libgone.so", "pure: passed");
  }

  @Test
  void noRuleAtAllFails() throws Exception {
    assertFailed(
        run("--backend", "gone", "--allow-unavailable", "gone"),
        "gone: not run:",
        "no rule ran on any backend");
  }

  @Test
  void aProviderThatCannotBeLoadedFails() throws Exception {
    services("no.such.Provider");
    assertFailed(run("--rule", EASY), "pure: passed", "could not be loaded", "no.such.Provider");
    run("--rule", EASY, "--backend", "pure").assertFine();
  }
}
