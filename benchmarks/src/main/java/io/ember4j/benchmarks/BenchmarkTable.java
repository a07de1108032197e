package io.ember4j.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openjdk.jmh.runner.RunnerException;

/**
 * The command that measures every cell of the table and writes it, {@code benchmarks/run}.
 *
 * <p>A cell that is finished is kept: started again, the command goes on where it was.
 */
final class BenchmarkTable {
  private static final int COLD_ROUNDS = 7;

  private final Arguments arguments;
  private final Plan plan;
  private final Results results;
  private final Path scratch;

  private BenchmarkTable(Arguments arguments) throws IOException {
    this.arguments = arguments;
    this.plan = new Plan(arguments.quick());
    this.scratch = Files.createDirectories(arguments.folder()).toAbsolutePath();
    this.results =
        Results.open(file(Runtime.version().feature()), Build.id(plan, arguments.forks()));
  }

  /** Measures what is missing and writes the report. */
  public static void main(String[] args) throws Exception {
    Optional<Arguments> arguments = Arguments.parse(args);
    if (arguments.isEmpty()) {
      System.err.println(Arguments.USAGE);
      System.exit(2);
    }
    new BenchmarkTable(arguments.get()).run();
  }

  private void run() throws IOException, InterruptedException {
    int failures = 0;
    if (!arguments.reportOnly()) {
      failures = measureCells();
      if (arguments.wants("ErrorSample")) {
        measureErrors();
      }
      if (arguments.wants("ColdStart")
          && results.sample(ColdStart.key("ember4j"), "first").isEmpty()) {
        System.out.println("ColdStart: " + (COLD_ROUNDS + 1) + " rounds of processes");
        results.add(ColdStart.measure(results.build(), COLD_ROUNDS));
      }
    }
    Files.createDirectories(arguments.output().toAbsolutePath().getParent());
    Files.writeString(arguments.output(), new Report(plan, runs(), Machine.processor()).write());
    System.out.println("wrote " + arguments.output());
    if (failures > 0) {
      System.err.println(failures + " cell(s) failed; see above");
      System.exit(1);
    }
  }

  private Path file(int jdk) {
    return scratch.resolve("results-" + jdk + (arguments.quick() ? "-quick" : "") + ".jsonl");
  }

  /** Returns these results, and those of the other JDK if there are any; 17 comes first. */
  private List<Results> runs() throws IOException {
    List<Results> runs = new ArrayList<>();
    for (int jdk : new int[] {17, 25}) {
      if (jdk == Runtime.version().feature()) {
        runs.add(results);
      } else {
        Results.openLast(file(jdk)).ifPresent(runs::add);
      }
    }
    return runs.isEmpty() ? List.of(results) : runs;
  }

  private int measureCells() throws IOException {
    List<Cell> missing =
        plan.cells().stream()
            .filter(cell -> arguments.wants(cell.key()) && !results.has(cell))
            .toList();
    System.out.println(missing.size() + " cell(s) to measure, results in " + scratch);
    CellRun run = new CellRun(plan, arguments.forks(), scratch, results.build());
    Machine.warnIfBusy(System.out);
    Progress progress = new Progress(System.out, missing.size());
    int failures = 0;
    for (Cell cell : missing) {
      try {
        results.add(run.measure(cell));
      } catch (RunnerException e) {
        failures++;
        // The others are still worth measuring; the report shows this one as missing.
        System.err.println(e.getMessage());
      }
      progress.finished(cell, results);
    }
    return failures;
  }

  private void measureErrors() throws IOException, InterruptedException {
    List<String> missing =
        plan.activations().stream()
            .filter(name -> results.sample(ErrorSample.key(name, "value"), "pytorch").isEmpty())
            .toList();
    if (missing.isEmpty()) {
      return;
    }
    System.out.println("ErrorSample: " + missing.size() + " activation(s)");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(CellRun.jvmFlags(1));
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), ErrorSample.class.getName()));
    command.addAll(missing);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectError(scratch.resolve("errors.log").toFile());
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("OPENBLAS_"));
    environment.put("OPENBLAS_NUM_THREADS", "1");
    environment.put("OMP_NUM_THREADS", "1");
    Process process = builder.start();
    List<Sample> samples = new ArrayList<>();
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] words = line.split(" ", -1);
        double[] values = {Double.parseDouble(words[3]), Double.parseDouble(words[4])};
        samples.add(
            Sample.of(results.build(), ErrorSample.key(words[0], words[1]), words[2], 0, values));
      }
    }
    if (process.waitFor() != 0) {
      throw new IOException("ErrorSample failed; see " + scratch.resolve("errors.log"));
    }
    results.add(samples);
  }
}
