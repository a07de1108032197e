package io.ember4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.testkit.engine.EventConditions.event;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.EventConditions.test;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import io.ember4j.spi.BackendProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

/**
 * What docs/writing-a-backend.md shows is the example that the build runs against the artifacts, as
 * its author would.
 */
class WritingABackendTest {
  private static final Path GUIDE = Path.of("..", "docs", "writing-a-backend.md");
  private static final Path EXAMPLE = Path.of("..", "examples", "toy-backend", "src");
  private static final Pattern JAVA_BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
  private static final Pattern CLASS_NAME =
      Pattern.compile("(?m)^(?:public )?(?:final )?class (\\w+)");

  @TempDir static Path module;

  @Test
  void theGuideShowsTheCodeOfTheExample() throws IOException {
    Map<String, String> shown = new TreeMap<>();
    Matcher block = JAVA_BLOCK.matcher(read(GUIDE));
    while (block.find()) {
      Matcher name = CLASS_NAME.matcher(block.group(1));
      assertTrue(name.find(), () -> "a class in " + block.group(1));
      shown.put(name.group(1), block.group(1));
    }
    Map<String, String> built = new TreeMap<>();
    for (String file : List.of("main/java/toy/ToyProvider", "main/java/toy/ToyBackend")) {
      built.put(file.substring(file.lastIndexOf('/') + 1), read(EXAMPLE.resolve(file + ".java")));
    }
    String test = "ToyConformanceTest";
    built.put(test, read(EXAMPLE.resolve("test/java/toy/" + test + ".java")));
    assertEquals(built, shown);
  }

  @Test
  void theGuideShowsTheDependenciesOfTheExample() throws IOException {
    String pom = read(EXAMPLE.resolveSibling("pom.xml"));
    int end = pom.indexOf("</project>");
    String expected = pom.substring(pom.indexOf("  <dependencies>"), end);
    assertTrue(read(GUIDE).contains("```xml\n" + expected + "```"), expected);
  }

  @Test
  void theProfileOfTheGuideNamesRulesThatExist() throws IOException {
    String guide = read(GUIDE);
    String block = guide.substring(guide.indexOf("```\n# a rule that fails") + 4);
    List<String> lines = block.substring(0, block.indexOf("```")).lines().toList();
    ConformanceProfile profile = ConformanceProfile.parse(lines, "the guide");
    assertEquals(1, profile.deviations().size());
    String id = profile.deviations().get(0).ruleId();
    assertTrue(Conformance.rules().stream().anyMatch(rule -> rule.id().equals(id)), id);
  }

  /** A first run of the kit: one test for each rule, one for the run, and one that fails. */
  @Test
  @DisabledIfSystemProperty(named = BackendConformance.REPORT, matches = "write")
  void theFirstRunAsksForTheReport() {
    EngineExecutionResults run =
        EngineTestKit.engine("junit-jupiter").selectors(selectClass(FirstRun.class)).execute();
    run.testEvents().assertStatistics(all -> all.succeeded(Conformance.rules().size() + 1));
    run.testEvents()
        .failed()
        .assertEventsMatchExactly(
            event(
                test("reportIsAsCheckedIn"),
                finishedWithFailure(
                    message(text -> text.contains("write it with -Dconformance.report=write")))));
  }

  static class FirstRun extends BackendConformance {
    @Override
    protected BackendProvider provider() {
      return new TestProvider("first-run", NaiveBackend::new);
    }

    @Override
    protected boolean isOnClassPath() {
      return false;
    }

    @Override
    protected Path module() {
      return module;
    }
  }

  private static String read(Path file) throws IOException {
    return Files.readString(file).replace("\r\n", "\n");
  }
}
