package io.ember4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.function.Executable;

/** Assertions about refused input. */
final class Refusal {
  private Refusal() {}

  /** The message is one line, and contains every fragment. */
  static void assertRefused(Executable action, String... fragments) {
    String message = assertThrows(InputException.class, action).getMessage();
    assertEquals(1, message.lines().count(), message);
    for (String fragment : fragments) {
      assertTrue(message.contains(fragment), () -> "'" + fragment + "' is not in: " + message);
    }
  }

  /** The folder holds exactly these files: no temporary file is left. */
  static void assertFiles(Path folder, String... names) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(
          List.of(names), files.map(file -> file.getFileName().toString()).sorted().toList());
    }
  }
}
