package io.ember4j.doctored;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.core.Context;
import io.ember4j.Backends;
import io.ember4j.naive.NaiveBackend;
import io.ember4j.spi.BackendProvider;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;

/** What is found and chosen on class paths with something wrong, each in a JVM of its own. */
class DoctoredClassPathTest {
  private static final String HINT =
      "add one of the artifacts io.ember4j:ember4j-backend-jblas, io.ember4j:ember4j-backend-nd4j,"
          + " io.ember4j:ember4j-backend-pure";

  @TempDir Path folder;
  private List<String> log = List.of();

  /** A JVM to be: what is on its class path and how it is started. */
  private final class Jvm {
    private final List<String> options = new ArrayList<>();
    private final Map<String, String> environment = new java.util.HashMap<>();

    Jvm(Class<?>... providers) throws IOException {
      copyClasses(folder);
      services(folder, providers);
    }

    Jvm option(String option) {
      options.add(option);
      return this;
    }

    Jvm environment(String name, String value) {
      environment.put(name, value);
      return this;
    }

    /** Returns the lines printed for the commands. */
    List<String> run(String... commands) throws Exception {
      List<String> line = new ArrayList<>();
      line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      line.addAll(List.of("-XX:TieredStopAtLevel=1", "-Xshare:auto"));
      line.addAll(options);
      line.addAll(List.of("-cp", classPath(), Probe.class.getName()));
      line.addAll(List.of(commands));
      Path out = Files.createTempFile("probe", ".out");
      Path err = Files.createTempFile("probe", ".err");
      ProcessBuilder builder =
          new ProcessBuilder(line).redirectOutput(out.toFile()).redirectError(err.toFile());
      builder.environment().remove("EMBER4J_BACKEND");
      builder.environment().putAll(environment);
      Process process = builder.start();
      try {
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), "the JVM does not end");
        log = Files.readAllLines(err);
        assertEquals(0, process.exitValue(), () -> String.join("\n", log));
        return Files.readAllLines(out);
      } finally {
        process.destroyForcibly();
        Files.delete(out);
        Files.delete(err);
      }
    }
  }

  private String classPath() {
    return Stream.concat(
            Stream.of(folder),
            Stream.of(Backends.class, Logger.class, LoggerContext.class, Context.class)
                .map(DoctoredClassPathTest::location))
        .map(Path::toString)
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static Path location(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Copies the classes of this package and of the naive backend, and no services file. */
  private static void copyClasses(Path target) throws IOException {
    Path classes = location(Probe.class);
    for (Class<?> type : List.of(Probe.class, NaiveBackend.class)) {
      String name = type.getPackageName().replace('.', '/');
      Files.createDirectories(target.resolve(name));
      try (Stream<Path> files = Files.list(classes.resolve(name))) {
        for (Path file : files.toList()) {
          Files.copy(file, target.resolve(name).resolve(file.getFileName()));
        }
      }
    }
    Files.writeString(
        target.resolve("logback.xml"),
        "<configuration><appender name='E' class='ch.qos.logback.core.ConsoleAppender'>"
            + "<target>System.err</target><encoder><pattern>%level %msg%n</pattern></encoder>"
            + "</appender><root level='INFO'><appender-ref ref='E'/></root></configuration>");
  }

  private static void services(Path target, Class<?>... providers) throws IOException {
    Path services = target.resolve("META-INF/services");
    Files.createDirectories(services);
    String names = Stream.of(providers).map(Class::getName).collect(Collectors.joining("\n"));
    Files.write(
        services.resolve(BackendProvider.class.getName()), names.getBytes(StandardCharsets.UTF_8));
  }

  private void delete(Class<?> type) throws IOException {
    Files.delete(folder.resolve(type.getName().replace('.', '/') + ".class"));
  }

  private static void assertContains(String part, String whole) {
    assertTrue(whole.contains(part), () -> "\"" + part + "\" is not in: " + whole);
  }

  // ---- what is found

  @Test
  void noneAtAll() throws Exception {
    List<String> lines = new Jvm().run("available", "report", "current", "get pure", "get fast");
    assertEquals("[]", lines.get(0));
    assertContains("BackendException: no backend on the class path can run", lines.get(1));
    assertContains(HINT, lines.get(1));
    assertContains("merge the META-INF/services files", lines.get(1));
    assertEquals(
        "BackendException: unknown backend \"pure\"; found: none; add the artifact"
            + " io.ember4j:ember4j-backend-pure",
        lines.get(2));
    assertEquals("BackendException: unknown backend \"fast\"; found: none", lines.get(3));
  }

  @Test
  void unknownNameListsWhatIsThereAndTheArtifact() throws Exception {
    List<String> lines =
        new Jvm(Providers.Alpha.class, Providers.Throwing.class)
            .run("set jblas", "use jblas", "get jblas", "current");
    for (String line : lines.subList(0, 3)) {
      assertContains("unknown backend \"jblas\"; found: alpha; failed to load: ", line);
      assertContains("no luck today", line);
      assertContains("; add the artifact io.ember4j:ember4j-backend-jblas", line);
    }
    assertEquals("alpha, the highest priority of those available", lines.get(3));
  }

  @Test
  void nameClaimedTwiceIsAnErrorOfThatNameOnly() throws Exception {
    List<String> lines =
        new Jvm(Providers.Alpha.class, Providers.SecondAlpha.class, Providers.Beta.class)
            .run("available", "get alpha", "get beta", "current", "report");
    assertEquals("[beta]", lines.get(0));
    assertContains("\"alpha\" is claimed by", lines.get(1));
    assertContains(Providers.Alpha.class.getName() + " and ", lines.get(1));
    assertContains(Providers.SecondAlpha.class.getName(), lines.get(1));
    assertContains("keep one of their jars", lines.get(1));
    assertEquals("beta", lines.get(2));
    assertContains("beta, the highest", lines.get(3));
    assertContains("\"alpha\" is claimed by", lines.get(5));
  }

  @Test
  void brokenProvidersDoNotHideTheOthers() throws Exception {
    Jvm jvm =
        new Jvm(
            Providers.Throwing.class,
            Providers.Orphan.class,
            Providers.ThrowingInitializer.class,
            Providers.Nameless.class,
            Providers.BadName.class,
            Providers.OldVersion.class,
            Providers.Alpha.class);
    delete(Providers.Vanished.class);
    List<String> lines = jvm.run("current", "available", "report");
    assertContains("alpha, the highest priority", lines.get(0));
    assertEquals("[alpha]", lines.get(1));
    String failures = String.join("\n", lines.subList(3, lines.size()));
    assertEquals(6, lines.size() - 3, failures);
    assertContains("no luck today", failures);
    assertContains("Providers$Vanished", failures);
    assertContains("not a number", failures);
    assertContains("AssertionError: who am I", failures);
    assertContains("its name is \"Bad Name\"; use lower-case letters", failures);
    assertContains("it was made for SPI version 99, this api has version 1", failures);
  }

  @Test
  void serviceFileThatNamesNoClassIsReported() throws Exception {
    Jvm jvm = new Jvm(Providers.Alpha.class);
    Files.writeString(
        folder.resolve("META-INF/services").resolve(BackendProvider.class.getName()),
        "no.such.Provider\nnot a name!\n" + Providers.Alpha.class.getName() + "\n");
    List<String> lines = jvm.run("report");
    assertContains("ServiceConfigurationError", String.join("\n", lines));
  }

  @Test
  void missingNativeLibraryIsAReason() throws Exception {
    List<String> lines =
        new Jvm(
                Providers.NoLibrary.class,
                Providers.Unavailable.class,
                Providers.NoClass.class,
                Providers.Alpha.class)
            .run(
                "current",
                "available",
                "get nolibrary",
                "get unavailable",
                "get noclass",
                "set noclass",
                "current");
    assertContains("alpha, the highest", lines.get(0));
    assertEquals("[alpha, noclass]", lines.get(1), "only creation can tell for noclass");
    assertContains("\"nolibrary\" cannot run here: its availability check threw", lines.get(2));
    assertContains("UnsatisfiedLinkError: no libfast in java.library.path", lines.get(2));
    assertContains("cannot run here: there is no such chip; buy one", lines.get(3));
    assertContains(
        "\"noclass\" failed to start: NoClassDefFoundError: com/vendor/Fast", lines.get(4));
    assertContains("failed to start", lines.get(5));
    assertContains("alpha", lines.get(6));
  }

  @Test
  void nothingThatCanRunListsWhatWasRefused() throws Exception {
    List<String> lines =
        new Jvm(Providers.NoLibrary.class, Providers.Unavailable.class).run("current");
    assertContains("refused: unavailable (there is no such chip), nolibrary (", lines.get(0));
    assertContains(HINT, lines.get(0));
  }

  @Test
  void sameClassThroughTwoLoadersIsOneProvider() throws Exception {
    Jvm jvm = new Jvm(Providers.Alpha.class);
    Path context = Files.createDirectory(folder.resolve("context"));
    copyClasses(context);
    services(context, Providers.Alpha.class, Providers.Beta.class);
    List<String> lines = jvm.run("context " + context, "available", "report");
    assertEquals("[alpha, beta]", lines.get(0), "beta comes through the context loader alone");
    assertEquals(3, lines.size(), lines.toString());
  }

  // ---- what is chosen

  @Test
  void highestPriorityWinsAndTiesGoByName() throws Exception {
    List<String> lines =
        new Jvm(Providers.Beta.class, Providers.Alpha.class).run("current", "available");
    assertContains("alpha, ", lines.get(0));
    assertEquals("[alpha, beta]", lines.get(1));
  }

  @Test
  void higherPriorityComesFirst() throws Exception {
    List<String> lines =
        new Jvm(Providers.Beta.class, Providers.Gamma.class, Providers.Alpha.class)
            .run("available", "current");
    assertEquals("[gamma, alpha, beta]", lines.get(0));
    assertContains("gamma, ", lines.get(1));
  }

  @Test
  void twoClaimsOnTheReservedPriorityAreAnError() throws Exception {
    List<String> lines =
        new Jvm(Providers.Embedded.class, Providers.SecondEmbedded.class, Providers.Alpha.class)
            .run("current", "get alpha", "set second", "current");
    assertContains("embedded (", lines.get(0));
    assertContains("second (", lines.get(0));
    assertContains("both claim the priority reserved for the embedded default", lines.get(0));
    assertContains("-Dember4j.backend or EMBER4J_BACKEND", lines.get(0));
    assertEquals("alpha", lines.get(1));
    assertEquals("second, Backends.set", lines.get(3));
  }

  @Test
  void embeddedDefaultStaysWhenAnotherJarIsAdded() throws Exception {
    List<String> lines = new Jvm(Providers.Gamma.class, Providers.Embedded.class).run("current");
    assertContains("embedded, ", lines.get(0));
  }

  @Test
  void precedenceIsScopeThenSetThenPropertyThenEnvironmentThenPriority() throws Exception {
    Jvm jvm = new Jvm(Providers.Alpha.class, Providers.Beta.class, Providers.Gamma.class);
    String[] commands = {"current", "set gamma", "current", "use beta", "current"};
    List<String> environment = jvm.environment("EMBER4J_BACKEND", "beta").run(commands);
    assertEquals(
        List.of(
            "beta, environment variable EMBER4J_BACKEND",
            "set",
            "gamma, Backends.set",
            "beta, a scope of this thread (Backends.use)",
            "gamma, Backends.set"),
        environment);
    List<String> property = jvm.option("-Dember4j.backend= alpha ").run("current");
    assertEquals("alpha, system property ember4j.backend", property.get(0));
  }

  @Test
  void missingNameInPropertyOrEnvironmentIsNeverReplaced() throws Exception {
    Jvm jvm = new Jvm(Providers.Alpha.class).environment("EMBER4J_BACKEND", "nd4j");
    List<String> lines = jvm.run("current", "current", "set alpha", "current");
    assertContains("unknown backend \"nd4j\"; found: alpha", lines.get(0));
    assertEquals(lines.get(0), lines.get(1), "again and again, not once");
    assertEquals("alpha, Backends.set", lines.get(3), "another choice mends it");
    assertContains(
        "unknown backend \"pur\"", jvm.option("-Dember4j.backend=pur").run("current").get(0));
  }

  @Test
  void blankSettingsAreNone() throws Exception {
    Jvm jvm =
        new Jvm(Providers.Alpha.class)
            .option("-Dember4j.backend=")
            .environment("EMBER4J_BACKEND", " ");
    assertContains("alpha, the highest", jvm.run("current").get(0));
  }

  @Test
  void choiceIsLoggedOnceWithItsReason() throws Exception {
    Jvm jvm = new Jvm(Providers.Alpha.class, Providers.Beta.class);
    jvm.run("current", "current", "use beta", "current", "set alpha", "current");
    assertEquals(
        List.of("INFO backend alpha: chosen by the highest priority of those available"), log);
    jvm.run("set beta", "set beta", "current");
    assertEquals(List.of("INFO backend beta: chosen by Backends.set"), log);
  }

  @Test
  void hiddenTransferIsAnErrorWhereItIsSwitchedOff() throws Exception {
    Jvm jvm = new Jvm(Providers.Alpha.class, Providers.Beta.class);
    assertEquals(List.of("2.0"), jvm.run("transfer beta"));
    List<String> lines =
        jvm.option("-Dember4j.transfers=fail").run("transfer beta", "transfer alpha");
    assertContains(
        "TransferException: a tensor of 2 elements is on backend alpha and the current",
        lines.get(0));
    assertContains("call prefetch(\"beta\")", lines.get(0));
    assertEquals("2.0", lines.get(1), "creation and what needs no transfer are fine");
    assertFalse(lines.get(0).contains("null"));
  }
}
