package io.ember4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compiles and runs the examples of README.md as they stand there, each in a JVM of its own. */
class ReadmeTest {
  private static final Path README = Path.of("..", "README.md");
  private static final Pattern JAVA_BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

  @TempDir Path folder;

  @Test
  void theFirstExampleComputes() throws Exception {
    List<String> lines = compileAndRun("Example");
    assertEquals(2, lines.size(), lines.toString());
    // gelu(-2) is -0.0455003 and 0.2 times -2 is -0.4.
    assertTrue(lines.get(0).matches("\\[-0\\.045500.*] \\[-0\\.4, -0\\.2, .*]"), lines.get(0));
    // squareplus(-2) is sqrt(2) - 1, and the model maps 3 features to 2.
    assertTrue(lines.get(1).matches("\\[0\\.41421.*] \\[2, 2]"), lines.get(1));
  }

  @Test
  void theSecondExampleTrains() throws Exception {
    List<String> lines = compileAndRun("Training");
    assertEquals(2, lines.size(), lines.toString());
    assertEquals("[0, 1, 1, 0]", lines.get(0));
    // The derivative of x + log(1 + x^2) is 1 at 0 and 1 + 2x / (1 + x^2) = 2 at 1.
    assertEquals("[1.0, 1.0, 1.0, 2.0, 2.0, 1.0, 2.0, 2.0]", lines.get(1));
    assertTrue(Files.size(folder.resolve("xor.safetensors")) > 0);
  }

  private List<String> compileAndRun(String mainClass) throws Exception {
    Matcher block = JAVA_BLOCK.matcher(Files.readString(README));
    while (block.find()) {
      if (block.group(1).contains("public class " + mainClass + " ")) {
        Path source = folder.resolve(mainClass + ".java");
        Files.writeString(source, block.group(1));
        compile(source);
        return run(mainClass).lines().toList();
      }
    }
    throw new AssertionError("README.md has no example " + mainClass);
  }

  @Test
  void theTablesAreUpToDate() throws Exception {
    String readme = Files.readString(README);
    assertEquals(
        readme,
        ReadmeTables.replace(readme, "execution", ReadmeTables.execution()),
        "write it anew with ./ember4j readme");
    // The last column was measured on one machine.
    Map<String, Double> noCost = new HashMap<>();
    ReadmeTables.catalogue().forEach(name -> noCost.put(name, 1.0));
    String fresh = ReadmeTables.replace(readme, "activations", ReadmeTables.activations(noCost));
    assertEquals(
        withoutLastColumn(readme), withoutLastColumn(fresh), "write it anew with ./ember4j readme");
  }

  @Test
  void theWorkflowRunsTheCommandForCi() throws Exception {
    String command = "./ember4j conformance --ci --report target/conformance";
    assertTrue(Files.readString(README).contains("\n" + command + "\n"));
    Path workflow = Path.of("..", ".github", "workflows", "ci.yml");
    assertTrue(Files.readString(workflow).contains(" " + command + " "));
  }

  private static String withoutLastColumn(String text) {
    return text.replaceAll("\\| [0-9.]+ \\|\n", "|\n");
  }

  private void compile(Path source) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter diagnostics = new StringWriter();
    boolean compiled =
        compiler
            .getTask(
                diagnostics,
                null,
                null,
                List.of("-d", folder.toString(), "-cp", System.getProperty("java.class.path")),
                null,
                compiler.getStandardFileManager(null, null, null).getJavaFileObjects(source))
            .call();
    assertTrue(compiled, diagnostics::toString);
  }

  private String run(String mainClass) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-cp");
    command.add(
        folder + System.getProperty("path.separator") + System.getProperty("java.class.path"));
    command.add(mainClass);
    Path out = folder.resolve("out.txt");
    Path err = folder.resolve("err.txt");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    assertTrue(process.waitFor(2, TimeUnit.MINUTES), "the example ends");
    assertEquals(0, process.exitValue(), () -> read(err));
    return read(out);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
