package io.ember4j.benchmarks;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Measures how long a process of its own takes from its start to the first gelu of 1,000,000
 * elements.
 *
 * <p>The libraries take turns, and the first round, in which natives are unpacked to the disk, does
 * not count. Times include the JVM; threads are the libraries' defaults.
 */
final class ColdStart {
  static final List<String> LIBRARIES = List.of("ember4j", "nd4j", "pytorch");

  private ColdStart() {}

  static String key(String library) {
    return "ColdStart library=" + library;
  }

  /**
   * Returns for each library a sample of ms to the first result, and one of the longest later call.
   */
  static List<Sample> measure(String build, int rounds) throws IOException, InterruptedException {
    List<Sample> samples = new ArrayList<>();
    double[][] first = new double[LIBRARIES.size()][rounds];
    double[][] longest = new double[LIBRARIES.size()][rounds];
    for (int round = -1; round < rounds; round++) {
      for (int i = 0; i < LIBRARIES.size(); i++) {
        double[] times = run(LIBRARIES.get(i));
        if (round >= 0) {
          first[i][round] = times[0];
          longest[i][round] = times[1];
        }
      }
    }
    for (int i = 0; i < LIBRARIES.size(); i++) {
      samples.add(Sample.of(build, key(LIBRARIES.get(i)), "first", 0, first[i]));
      samples.add(Sample.of(build, key(LIBRARIES.get(i)), "longest", 0, longest[i]));
    }
    return samples;
  }

  private static double[] run(String library) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--add-modules=jdk.incubator.vector");
    if (Runtime.version().feature() >= 24) {
      command.add("--enable-native-access=ALL-UNNAMED");
      command.add("--sun-misc-unsafe-memory-access=allow");
    }
    command.addAll(List.of("-cp", classPath(library), FirstGelu.class.getName(), library));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().keySet().removeIf(name -> name.matches("(OPENBLAS|OMP)_.*"));
    long start = System.nanoTime();
    Process process = builder.start();
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      String element = lines.readLine();
      double millis = (System.nanoTime() - start) / 1e6;
      String later = lines.readLine();
      if (process.waitFor() != 0 || element == null || later == null) {
        throw new IOException(
            library + " failed in " + String.join(" ", command) + "; run it to see why");
      }
      return new double[] {millis, Double.parseDouble(later)};
    }
  }

  /**
   * Returns the class path that a user of Ember4j's default backend has; all of it for the others.
   */
  private static String classPath(String library) {
    String all = System.getProperty("java.class.path");
    if (!library.equals("ember4j")) {
      return all;
    }
    return Arrays.stream(all.split(File.pathSeparator))
        .filter(
            entry ->
                Path.of(entry)
                    .getFileName()
                    .toString()
                    .matches(
                        "(ember4j-(api|backend-pure|benchmarks)|slf4j-api|logback-).*|classes"))
        .collect(Collectors.joining(File.pathSeparator));
  }
}
