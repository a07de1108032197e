package io.ember4j.backend.jblas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the native library and without it, each in a JVM of its own. */
class NativeLibraryTest {
  private static final String FALLBACK =
      "matrix products run in Java, because jblas' native library is not in use: ";

  @TempDir Path folder;

  @Test
  void whereverItRunsItIsRightAndQuiet() throws Exception {
    List<String> output = run();
    assertEquals("right", output.get(0));
    // On a machine without libgfortran the note names it and the package that brings it.
    NativeLibrary here = NativeLibrary.probe();
    assertEquals(here.works(), output.get(1).equals("[]"), output.get(1));
    if (here.note().contains("cannot open shared object file")) {
      assertTrue(here.note().endsWith("(Debian, Ubuntu: apt-get install libgfortran5)"));
    }
  }

  @Test
  void propertyKeepsItOut() throws Exception {
    List<String> output = run("-Dember4j.jblas.native=false");
    assertEquals(
        List.of("right", "[" + FALLBACK + "the system property ember4j.jblas.native is false]"),
        output);
  }

  @Test
  void libraryThatCannotBeUnpackedIsReplacedAndTheNoteSaysWhy() throws Exception {
    Path missing = folder.resolve("missing");
    List<String> output = run("-Djava.io.tmpdir=" + missing);
    assertEquals(
        List.of("right", "[" + FALLBACK + "it cannot be unpacked into " + missing + "]"), output);
  }

  /** Runs {@link NativeLibraryProgram}, which must write nothing to standard error. */
  private List<String> run(String... options) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    if (Runtime.version().feature() >= 24) {
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(NativeLibraryProgram.class.getName());
    File output = folder.resolve("output").toFile();
    File errors = folder.resolve("errors").toFile();
    Process process =
        new ProcessBuilder(command).redirectOutput(output).redirectError(errors).start();
    assertTrue(process.waitFor(60, TimeUnit.SECONDS), "it did not end");
    // Newer JDKs say this themselves, before anything of ours runs.
    String missing = "WARNING: java.io.tmpdir directory does not exist";
    assertEquals(
        "", Files.readString(errors.toPath(), StandardCharsets.UTF_8).replace(missing, "").strip());
    assertEquals(0, process.exitValue());
    return Files.readAllLines(output.toPath(), StandardCharsets.UTF_8);
  }
}
