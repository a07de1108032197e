package io.ember4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ember4j.conformance.Conformance;
import io.ember4j.conformance.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConformanceCommandTest {
  @TempDir Path folder;

  @Test
  void printsEveryRuleAndWritesTheReport() throws IOException {
    Path reports = folder.resolve("a/b");
    CommandRun run = CommandRun.of("conformance", "--backend", "pure", "--report", reports);
    assertEquals("", run.err());
    for (Rule rule : Conformance.rules()) {
      assertTrue(run.out().contains(" " + rule.id() + "\n"), rule.id());
    }
    // Whether it passes is for the kit's own run to judge; here, that the exit code says so.
    String verdict = run.code() == ExitCode.FINE ? "passed" : "FAILED";
    run.assertPrinted("pure: " + verdict + ": " + Conformance.rules().size() + " rules");
    Refusal.assertFiles(reports, "pure-measured.txt", "pure.txt");
    assertTrue(Files.readString(reports.resolve("pure.txt")).startsWith("# pure: "));
  }

  @Test
  void refusesAnUnknownBackendAndAReportFolderThatIsAFile() throws IOException {
    CommandRun.of("conformance", "--backend", "cuda").assertRefused("cuda", "pure");
    Path file = Files.createFile(folder.resolve("file"));
    CommandRun.of("conformance", "--backend", "pure", "--report", file).assertRefused("file");
    assertEquals(0, Files.size(file));
  }
}
