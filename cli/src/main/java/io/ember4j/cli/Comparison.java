package io.ember4j.cli;

import io.ember4j.DType;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Every activation on every backend over the same data.
 *
 * @param data the data
 * @param points its distinct values
 * @param backends the names of the backends, in the order of the lines
 * @param rows the lines
 * @param load the machine's load average before it began; negative where that is not known
 * @param notes what a reader should know about the activations that are not like the others
 */
record Comparison(
    CompareData data,
    DistinctValues points,
    List<String> backends,
    List<CompareRow> rows,
    double load,
    List<String> notes) {
  private static final int MAX_POINTS = 2_000;

  /** Runs the comparison. */
  static Comparison run(
      CompareData data,
      List<String> activations,
      List<String> backends,
      Stopwatch stopwatch,
      Progress progress) {
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    double[] values = Tensors.doubles(data.array());
    DistinctValues points = DistinctValues.of(values, MAX_POINTS);
    DType dtype = Tensors.dtype(data.array());
    List<CompareRow> rows = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    for (int i = 0; i < activations.size(); i++) {
      Workload workload = Workload.of(activations.get(i), data.array().shape());
      if (!workload.skipped().isEmpty()) {
        notes.add(workload.name() + " is left out: " + workload.skipped() + ".");
        continue;
      }
      progress.step(i + 1, activations.size(), workload.name());
      Optional<Expected> expected = Expected.of(workload, values, points, dtype);
      note(workload, data, expected, notes);
      List<BackendRun> runs =
          backends.stream()
              .map(backend -> BackendRun.of(workload, data.array(), backend, stopwatch))
              .toList();
      runs.forEach(run -> rows.add(CompareRow.of(workload, run, runs, expected, dtype)));
    }
    return new Comparison(data, points, backends, rows, load, notes);
  }

  private static void note(
      Workload workload, CompareData data, Optional<Expected> expected, List<String> notes) {
    if (workload.shape().length != data.array().shape().length) {
      notes.add(
          workload.name()
              + " sees the data as "
              + NumericArray.describe(workload.shape())
              + ": the last axis is its channels.");
    }
    if (expected.isEmpty()) {
      notes.add(workload.name() + " has rows too long for the exact evaluation.");
    } else if (expected.get() instanceof ExpectedRows sample && !sample.isComplete()) {
      notes.add(workload.name() + " is compared with the exact values " + sample.describe() + ".");
    }
  }

  boolean isFine() {
    return rows.stream().allMatch(CompareRow::isFine);
  }
}
