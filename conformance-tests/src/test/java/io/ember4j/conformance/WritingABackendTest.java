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
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

/**
 * The backend that docs/writing-a-backend.md builds compiles as it stands there and keeps every
 * rule.
 */
class WritingABackendTest {
  private static final Path GUIDE = Path.of("..", "docs", "writing-a-backend.md");
  private static final Pattern JAVA_BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
  private static final Pattern CLASS_NAME =
      Pattern.compile("(?m)^(?:public )?(?:final )?class (\\w+)");

  @TempDir Path folder;

  @Test
  void theBackendOfTheGuideKeepsEveryRule() throws Exception {
    compile(writeSources());
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {folder.toUri().toURL()}, getClass().getClassLoader())) {
      BackendProvider provider =
          (BackendProvider)
              loader.loadClass("toy.ToyProvider").getDeclaredConstructor().newInstance();
      ConformanceReport report = Conformance.run(provider, ConformanceListener.SILENT);
      String failures =
          report.results().stream()
              .filter(RuleResult::isFailure)
              .map(RuleResult::message)
              .collect(Collectors.joining("\n"));
      assertEquals("", failures);
      assertTrue(report.passed(), () -> report.problems().toString());
    }
  }

  @Test
  void theTestOfTheGuideAsksForItsReport() throws Exception {
    compile(writeSources());
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {folder.toUri().toURL()}, getClass().getClassLoader())) {
      EngineExecutionResults run =
          EngineTestKit.engine("junit-jupiter")
              .selectors(selectClass(loader.loadClass("toy.ToyConformanceTest")))
              .execute();
      // One test for each rule, one for the run; the report is not checked in yet.
      run.testEvents().assertStatistics(all -> all.succeeded(Conformance.rules().size() + 1));
      run.testEvents()
          .failed()
          .assertEventsMatchExactly(
              event(
                  test("reportIsAsCheckedIn"),
                  finishedWithFailure(
                      message(text -> text.contains("write it with -Dconformance.report=write")))));
    }
  }

  @Test
  void theProfileOfTheGuideNamesRulesThatExist() throws Exception {
    String guide = Files.readString(GUIDE);
    String block = guide.substring(guide.indexOf("```\n# a rule that fails") + 4);
    List<String> lines = block.substring(0, block.indexOf("```")).lines().toList();
    ConformanceProfile profile = ConformanceProfile.parse(lines, "the guide");
    assertEquals(1, profile.deviations().size());
    String id = profile.deviations().get(0).ruleId();
    assertTrue(Conformance.rules().stream().anyMatch(rule -> rule.id().equals(id)), id);
  }

  private List<Path> writeSources() throws IOException {
    List<Path> sources = new ArrayList<>();
    Matcher block = JAVA_BLOCK.matcher(Files.readString(GUIDE));
    while (block.find()) {
      Matcher name = CLASS_NAME.matcher(block.group(1));
      assertTrue(name.find(), () -> "a class in " + block.group(1));
      Path source = folder.resolve(name.group(1) + ".java");
      Files.writeString(source, block.group(1));
      sources.add(source);
    }
    assertEquals(3, sources.size(), "provider, backend and test");
    return sources;
  }

  private void compile(List<Path> sources) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter diagnostics = new StringWriter();
    List<String> options =
        List.of("-d", folder.toString(), "-cp", System.getProperty("java.class.path"));
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      boolean compiled =
          compiler
              .getTask(
                  diagnostics,
                  files,
                  null,
                  options,
                  null,
                  files.getJavaFileObjectsFromPaths(sources))
              .call();
      assertTrue(compiled, diagnostics::toString);
    }
  }
}
