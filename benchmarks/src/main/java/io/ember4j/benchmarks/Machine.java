package io.ember4j.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Describes what the numbers were measured on. */
final class Machine {
  private static final Path CPU = Path.of("/proc/cpuinfo");

  private Machine() {}

  /** Returns the name of the processor and how many there are. */
  static String processor() {
    String name = System.getProperty("os.arch");
    try {
      for (String line : Files.readAllLines(CPU)) {
        if (line.startsWith("model name")) {
          name = line.substring(line.indexOf(':') + 1).strip();
          break;
        }
      }
    } catch (IOException e) {
      // Not Linux: the architecture has to do.
    }
    return name + ", " + Runtime.getRuntime().availableProcessors() + " processors";
  }

  /** Prints a warning if others are using the machine, as far as the system tells. */
  static void warnIfBusy(PrintStream out) {
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    if (load > 0.5) {
      out.printf(
          Locale.ROOT, "the machine is busy (load %.1f): expect noise in the ratios%n", load);
    }
  }
}
