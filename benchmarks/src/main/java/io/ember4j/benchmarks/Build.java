package io.ember4j.benchmarks;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Tells results of one build from those of another, so that a resumed table mixes none. */
final class Build {
  /** To be raised when the benchmarks measure something else, or in another way. */
  private static final int METHOD = 2;

  private Build() {}

  /**
   * Returns the JDK, a digest of Ember4j's jars, and the settings, such as {@code
   * 17.0.15/1a2b3c4d/full}.
   */
  static String id(Plan plan, int forks) throws IOException {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
    List<Path> jars =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(Path::of)
            .filter(path -> path.getFileName().toString().matches("ember4j-(api|backend).*\\.jar"))
            .sorted()
            .toList();
    for (Path jar : jars) {
      digest.update(Files.readAllBytes(jar));
    }
    return System.getProperty("java.version")
        + "/"
        + HexFormat.of().formatHex(digest.digest(), 0, 4)
        + "/"
        + "method"
        + METHOD
        + "/"
        + (plan.quick() ? "quick" : "full")
        + (forks == 1 ? "" : "-" + forks + "-forks");
  }
}
