package io.ember4j.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;

/**
 * Something about the program, the JVM or the machine that a report was made on.
 *
 * @param name what it is, in a word
 * @param value its value
 */
record Fact(String name, String value) {
  private static final Path LINUX_CPU = Path.of("/proc/cpuinfo");

  /** Everything that a reader of a report should know. */
  static List<Fact> all() {
    return List.of(
        new Fact("time", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString()),
        new Fact("ember4j", Version.number()),
        new Fact("java", Runtime.version() + ", " + property("java.vendor")),
        new Fact("vm", property("java.vm.name")),
        new Fact("os", property("os.name") + " " + property("os.version")),
        new Fact("architecture", property("os.arch")),
        new Fact("cpu", cpu()),
        new Fact("processors", Integer.toString(Runtime.getRuntime().availableProcessors())));
  }

  private static String property(String name) {
    return System.getProperty(name, "unknown");
  }

  /** The name of the processor, as Linux and Windows tell it; elsewhere the architecture. */
  private static String cpu() {
    try (Stream<String> lines = Files.lines(LINUX_CPU)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(property("os.arch"));
    } catch (IOException e) {
      String windows = System.getenv("PROCESSOR_IDENTIFIER");
      return windows == null ? property("os.arch") : windows;
    }
  }
}
