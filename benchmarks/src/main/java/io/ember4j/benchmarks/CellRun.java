package io.ember4j.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Measures cells, each in a JVM of its own, through JMH. */
record CellRun(Plan plan, int forks, Path scratch, String build) {
  /** What JMH and the libraries print goes there, the last cell's only. */
  private static final String LOG = "last-cell.log";

  /**
   * The flags of the measured JVMs. The heap is touched before, since a process that has run for a
   * while has touched its own; else the first gigabytes of fresh outputs measure page faults.
   */
  static List<String> jvmFlags(int threads) {
    List<String> flags =
        new ArrayList<>(
            List.of(
                "--add-modules=jdk.incubator.vector",
                "-Xms2g",
                "-Xmx2g",
                "-XX:+UseG1GC",
                "-XX:+AlwaysPreTouch"));
    if (Runtime.version().feature() >= 24) {
      flags.add("--enable-native-access=ALL-UNNAMED");
      flags.add("--sun-misc-unsafe-memory-access=allow");
    }
    flags.add("-Dember4j.threads=" + threads);
    return flags;
  }

  /** Returns one sample for each contender. */
  List<Sample> measure(Cell cell) throws IOException, RunnerException {
    int turns = cell.contenders().size();
    Path log = scratch.resolve(LOG);
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include("\\." + cell.question() + "\\.call$")
            .param("contenders", String.join(AlternatingBenchmark.SEPARATOR, cell.contenders()))
            .param("threads", String.valueOf(cell.threads()))
            .forks(forks)
            .warmupIterations(plan.warmUpRounds() * turns)
            .warmupTime(TimeValue.milliseconds(plan.roundMillis()))
            .measurementIterations(plan.rounds() * turns)
            .measurementTime(TimeValue.milliseconds(plan.roundMillis()))
            .jvm(jvm(cell.threads()).toString())
            .jvmArgsAppend(jvmFlags(cell.threads()).toArray(String[]::new))
            .addProfiler(GCProfiler.class)
            .shouldFailOnError(true)
            .verbosity(VerboseMode.NORMAL)
            .output(log.toString());
    cell.parameters().forEach((name, value) -> options.param(name, value));
    Collection<RunResult> runs;
    try {
      runs = new Runner(options.build()).run();
    } catch (RunnerException e) {
      throw new RunnerException(cell.key() + " failed: " + keep(log, cell), e);
    }
    List<Sample> samples = new ArrayList<>();
    for (int turn = 0; turn < turns; turn++) {
      samples.add(sample(cell, turn, runs.iterator().next()));
    }
    return samples;
  }

  /** Keeps the log of a cell that failed; returns the reason in it and where it is. */
  private String keep(Path log, Cell cell) throws IOException {
    Path kept =
        Files.move(
            log,
            scratch.resolve("failed-" + cell.key().replaceAll("[^A-Za-z0-9]+", "-") + ".log"),
            StandardCopyOption.REPLACE_EXISTING);
    try (Stream<String> lines = Files.lines(kept)) {
      return lines
              .filter(line -> line.matches("[\\w.]+(Exception|Error)\\b.*"))
              .findFirst()
              .orElse("")
          + " (see "
          + kept
          + ")";
    }
  }

  /** Iteration i is the turn of contender i modulo their number. */
  private Sample sample(Cell cell, int turn, RunResult run) {
    int turns = cell.contenders().size();
    List<Double> nanos = new ArrayList<>();
    List<Double> bytes = new ArrayList<>();
    for (BenchmarkResult fork : run.getBenchmarkResults()) {
      int i = 0;
      for (IterationResult iteration : fork.getIterationResults()) {
        if (i++ % turns == turn) {
          nanos.add(iteration.getPrimaryResult().getScore());
          bytes.add(iteration.getSecondaryResults().get("gc.alloc.rate.norm").getScore());
        }
      }
    }
    return Sample.of(
        build,
        cell.key(),
        cell.contenders().get(turn),
        Statistics.median(array(bytes)),
        array(nanos));
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /**
   * Returns a launcher of the present JDK that sets the environment, which JMH cannot: native
   * libraries read their number of threads from there when they are loaded.
   */
  private Path jvm(int threads) throws IOException {
    Path launcher = scratch.resolve("java-" + threads);
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Files.writeString(
        launcher,
        "#!/bin/sh\nunset OPENBLAS_CORETYPE OPENBLAS_L2_SIZE\n"
            + "export OPENBLAS_NUM_THREADS=%1$d OMP_NUM_THREADS=%1$d\n".formatted(threads)
            // Idle threads spin for less than a millisecond: else those of the contender before
            // take a core from the one whose turn it is.
            + "export OPENBLAS_THREAD_TIMEOUT=20 GOMP_SPINCOUNT=100000 KMP_BLOCKTIME=1\n"
            + "exec '%s' \"$@\"\n".formatted(java));
    Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
    return launcher;
  }
}
