package io.ember4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A command loads what it uses and no more. */
class StartUpTest {
  @TempDir Path folder;

  @Test
  void applyOnPureLoadsNeitherNd4jNorJblas() throws IOException, InterruptedException {
    Path in = folder.resolve("in.npy");
    Path out = folder.resolve("out.npy");
    Path log = folder.resolve("classes.txt");
    ArrayFiles.write(in, new NumericArray.Floats(new long[] {1}, new float[] {1}));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:class+load:file=" + log,
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "apply",
                "gelu",
                "--backend",
                "pure",
                in.toString(),
                out.toString())
            .redirectErrorStream(true)
            .start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), printed);
    assertEquals("", printed);
    assertTrue(Files.exists(out));
    String classes = Files.readString(log);
    assertTrue(classes.contains("io.ember4j.backend.pure."));
    assertFalse(classes.contains(" org.nd4j."));
    assertFalse(classes.contains(" org.jblas."));
  }
}
