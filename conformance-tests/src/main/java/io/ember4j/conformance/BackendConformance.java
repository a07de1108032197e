package io.ember4j.conformance;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ember4j.spi.BackendProvider;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * The conformance kit as a JUnit test: extend it, return the provider, and each rule of
 * docs/spec.md is a test named by its id.
 *
 * <pre>{@code
 * class MyConformanceTest extends BackendConformance {
 *   @Override
 *   protected BackendProvider provider() {
 *     return new MyProvider();
 *   }
 * }
 * }</pre>
 *
 * <p>A declared deviation shows as aborted, with its reason. The report is compared with the file
 * {@code src/test/resources/conformance/NAME.txt} of the module under test; run once with {@code
 * -Dconformance.report=write} to write it, and check it in. The measured errors go to {@code
 * target/conformance/NAME-measured.txt}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class BackendConformance {
  /** The system property that makes the checked-in report be written instead of compared. */
  public static final String REPORT = "conformance.report";

  private ConformanceReport report;

  /** For subclasses. */
  protected BackendConformance() {}

  /** Returns the provider of the backend under test. */
  protected abstract BackendProvider provider();

  /** Returns what the backend declares; by default what lies in its jar. */
  protected ConformanceProfile profile() {
    return ConformanceProfile.of(provider());
  }

  /** Returns the folder of the module under test. */
  protected Path module() {
    return Path.of(System.getProperty("basedir", ""));
  }

  /**
   * Returns whether users get the provider by having its jar on the class path; a subclass whose
   * provider is only handed to {@code Backends.register} says no.
   */
  protected boolean isOnClassPath() {
    return true;
  }

  /** Runs the rules, once for all tests. */
  @BeforeAll
  void run() throws IOException {
    report = Conformance.run(provider(), profile(), ConformanceListener.SILENT);
    Path measured = module().resolve("target/conformance/" + report.backend() + "-measured.txt");
    Files.createDirectories(measured.getParent());
    Files.writeString(measured, report.measuredText(), StandardCharsets.UTF_8);
  }

  /** The backend runs here, rules run, and what is declared exists. */
  @Test
  void runIsSound() {
    abortIfAllowedUnavailable();
    if (!report.problems().isEmpty()) {
      fail(String.join("\n", report.problems()));
    }
  }

  /** Whoever has the jar has the backend. */
  @Test
  void providerIsRegistered() {
    assumeTrue(isOnClassPath(), "the provider is registered by its users");
    Class<?> type = provider().getClass();
    boolean found =
        ServiceLoader.load(BackendProvider.class, type.getClassLoader()).stream()
            .anyMatch(candidate -> candidate.type() == type);
    if (!found) {
      fail(
          "ServiceLoader does not find "
              + type.getName()
              + "; put its name into src/main/resources/META-INF/services/"
              + BackendProvider.class.getName());
    }
  }

  /** One test for each rule. */
  @TestFactory
  Stream<DynamicTest> rules() {
    return report.results().stream()
        .map(
            result ->
                DynamicTest.dynamicTest(
                    result.rule().id() + ": " + result.rule().statement(), () -> judge(result)));
  }

  private static void judge(RuleResult result) {
    switch (result.outcome()) {
      case PASS -> {}
      case DEVIATES -> abort(result.rule().id() + " deviates: " + result.message());
      case FAIL, FIXED -> fail(result.message());
    }
  }

  /** The report is the one that is checked in. */
  @Test
  void reportIsAsCheckedIn() throws IOException {
    abortIfAllowedUnavailable();
    Path file = module().resolve("src/test/resources/conformance/" + report.backend() + ".txt");
    if ("write".equals(System.getProperty(REPORT))) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, report.text(), StandardCharsets.UTF_8);
      return;
    }
    long failures = report.results().stream().filter(RuleResult::isFailure).count();
    if (failures > 0) {
      fail("the report is not compared, since " + failures + " rule(s) fail; first mend those");
    }
    if (!Files.exists(file)) {
      fail(
          "there is no "
              + file
              + " to compare the report with; write it with -D"
              + REPORT
              + "=write, look at it, and check it in");
    }
    List<String> differences =
        differences(
            Files.readString(file, StandardCharsets.UTF_8).lines().toList(),
            report.text().lines().toList());
    if (!differences.isEmpty()) {
      fail(
          "the report differs from "
              + file
              + " (- there, + now); if the change is wanted, write it with -D"
              + REPORT
              + "=write and check it in\n"
              + String.join("\n", differences));
    }
  }

  /** Returns the lines that only one side has. */
  static List<String> differences(List<String> checkedIn, List<String> now) {
    List<String> differences = new ArrayList<>();
    checkedIn.stream().filter(line -> !now.contains(line)).forEach(l -> differences.add("-" + l));
    now.stream().filter(line -> !checkedIn.contains(line)).forEach(l -> differences.add("+" + l));
    return differences;
  }

  private void abortIfAllowedUnavailable() {
    if (report.allowedUnavailable()) {
      abort("unavailable here, which is allowed: " + report.unavailable());
    }
  }
}
