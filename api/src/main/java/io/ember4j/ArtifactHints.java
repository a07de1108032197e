package io.ember4j;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeSet;

/** Which artifact brings which backend: data, so that the api knows no backend by name in code. */
final class ArtifactHints {
  private static final String RESOURCE = "backend-artifacts.properties";

  private ArtifactHints() {}

  static Optional<String> forBackend(String name) {
    return Optional.ofNullable(load().getProperty(name));
  }

  static String all() {
    return String.join(
        ", ",
        new TreeSet<>(load().stringPropertyNames()).stream().map(load()::getProperty).toList());
  }

  private static Properties load() {
    Properties hints = new Properties();
    try (InputStream in = ArtifactHints.class.getResourceAsStream(RESOURCE)) {
      if (in != null) {
        hints.load(in);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + RESOURCE, e);
    }
    return hints;
  }
}
