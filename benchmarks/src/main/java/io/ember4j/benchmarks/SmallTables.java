package io.ember4j.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The tables of all questions but {@link ActivationBenchmark}'s. */
record SmallTables(Plan plan, Results results) {
  private static final String NOT_MEASURED = "?";

  /**
   * Returns a table of cells of one question: Ember4j's time, and how much longer each peer takes.
   */
  String compare(List<Cell> cells, String... peers) {
    List<String> header = new ArrayList<>(List.of("", "Ember4j"));
    header.addAll(List.of(peers));
    header.add("bytes per call");
    Markdown table = new Markdown(header.toArray(String[]::new));
    for (Cell cell : cells) {
      List<String> row = new ArrayList<>();
      row.add(
          cell.parameters().entrySet().stream()
                  .map(e -> e.getKey() + " " + e.getValue().toLowerCase(Locale.ROOT))
                  .collect(Collectors.joining(", "))
              + (cell.threads() > 1 ? ", " + cell.threads() + " threads" : ""));
      row.add(time(cell, "ember4j"));
      for (String peer : peers) {
        row.add(
            cell.contenders().contains(peer)
                ? results.ratio(cell, peer).map(Ratio::toMarkdown).orElse(NOT_MEASURED)
                : "");
      }
      row.add(
          results
              .sample(cell.key(), "ember4j")
              .map(sample -> Markdown.count(Math.round(sample.bytes())))
              .orElse(NOT_MEASURED));
      table.row(row);
    }
    return table.write();
  }

  private String time(Cell cell, String contender) {
    return results
        .sample(cell.key(), contender)
        .map(sample -> Progress.duration(sample.median()))
        .orElse(NOT_MEASURED);
  }

  /** How many times as fast each library is with two threads. */
  String threads() {
    Markdown table =
        new Markdown(
            "1,000,000 elements", "Ember4j", "PyTorch", "PyTorch's time over Ember4j's, 2 threads");
    for (String activation : activationsWithThreads()) {
      table.row(
          "`" + activation + "`",
          factor(speedUp(activation, "ember4j")),
          factor(speedUp(activation, "pytorch")),
          results
              .ratio(Plan.threads(activation, 2), "pytorch")
              .map(Ratio::toMarkdown)
              .orElse(NOT_MEASURED));
    }
    return table.write();
  }

  List<String> activationsWithThreads() {
    return plan.cells().stream()
        .filter(cell -> cell.question().equals("ThreadsBenchmark") && cell.threads() == 2)
        .map(cell -> cell.parameters().get("activation"))
        .toList();
  }

  /** Returns the time with one thread over that with two; NaN if not measured. */
  double speedUp(String activation, String contender) {
    double one = median(Plan.threads(activation, 1).key(), contender);
    return one / median(Plan.threads(activation, 2).key(), contender);
  }

  /** Returns the median of a sample; NaN if not measured. */
  double median(String key, String contender) {
    return results.sample(key, contender).map(Sample::median).orElse(Double.NaN);
  }

  /** GFLOP/s of square matrix products. */
  String gigaflops() {
    Markdown table = new Markdown("GFLOP/s", "Ember4j", "PyTorch", "ND4J", "jblas");
    for (int threads : new int[] {1, 2}) {
      for (Cell cell : plan.questions().matmul(threads)) {
        double n = Double.parseDouble(cell.parameters().get("size"));
        List<String> row = new ArrayList<>();
        row.add(cell.parameters().get("size") + (threads == 1 ? "" : ", 2 threads"));
        for (String library : List.of("ember4j", "pytorch", "nd4j", "jblas")) {
          double rate = 2 * n * n * n / median(cell.key(), library);
          row.add(Double.isNaN(rate) ? "" : String.format(Locale.ROOT, "%.1f", rate));
        }
        table.row(row);
      }
    }
    return table.write();
  }

  /** Milliseconds from the start of the process. */
  String coldStart() {
    Markdown table =
        new Markdown("ms", "first result, median", "fastest", "slowest", "longest later call");
    for (String library : ColdStart.LIBRARIES) {
      String key = ColdStart.key(library);
      double[] first = results.sample(key, "first").map(Sample::rounds).orElse(new double[0]);
      table.row(
          library,
          millis(Statistics.median(first)),
          millis(Statistics.quantile(0, first)),
          millis(Statistics.quantile(1, first)),
          millis(
              results
                  .sample(key, "longest")
                  .map(s -> Statistics.quantile(1, s.rounds()))
                  .orElse(Double.NaN)));
    }
    return table.write();
  }

  private static String millis(double value) {
    return Double.isNaN(value) ? NOT_MEASURED : String.format(Locale.ROOT, "%.0f", value);
  }

  private static String factor(double value) {
    return Double.isNaN(value) ? NOT_MEASURED : String.format(Locale.ROOT, "%.2fx", value);
  }
}
