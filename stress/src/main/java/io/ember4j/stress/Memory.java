package io.ember4j.stress;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What the process occupies after a garbage collection, while no computation runs.
 *
 * @param seconds when, since the start
 * @param heap the heap in use, in MB
 * @param resident the resident memory in MB; NaN where the system does not tell (it is not Linux)
 */
record Memory(double seconds, double heap, double resident) {
  private static final double MEGABYTE = 1 << 20;

  /** By how much the last third may be above the middle third: 5% and this many MB. */
  private static final double HEAP_NOISE = 4;

  private static final double RESIDENT_NOISE = 32;

  private static final int ENOUGH = 9;

  /** Collects garbage twice, as what a cleaner frees is free only then, and measures. */
  static Memory measure(long startNanos) throws IOException, InterruptedException {
    for (int i = 0; i < 2; i++) {
      System.gc();
      Thread.sleep(200);
    }
    double heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / MEGABYTE;
    return new Memory((System.nanoTime() - startNanos) / 1e9, heap, residentMegabytes());
  }

  private static double residentMegabytes() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return Double.NaN;
    }
    return Files.readAllLines(status, StandardCharsets.UTF_8).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D+", "")) / 1024)
        .findFirst()
        .orElse(Double.NaN);
  }

  /**
   * Returns what grows or cannot be judged, or an empty text: the median of the last third of the
   * samples is compared with that of the middle third. The first third is for caches, pools and the
   * JIT compiler.
   */
  static String growth(List<Memory> samples) {
    if (samples.size() < ENOUGH) {
      return samples.size() + " samples of memory are too few to judge; ";
    }
    return growth("heap", samples, Memory::heap, HEAP_NOISE)
        + growth("resident memory", samples, Memory::resident, RESIDENT_NOISE);
  }

  private static String growth(
      String what, List<Memory> samples, ToDoubleFunction<Memory> value, double noise) {
    int third = samples.size() / 3;
    double middle = median(samples.subList(third, samples.size() - third), value);
    double last = median(samples.subList(samples.size() - third, samples.size()), value);
    return last > 1.05 * middle + noise
        ? String.format("%s grew from %.1f to %.1f MB; ", what, middle, last)
        : "";
  }

  private static double median(List<Memory> samples, ToDoubleFunction<Memory> value) {
    double[] sorted = samples.stream().mapToDouble(value).sorted().toArray();
    return sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2];
  }
}
