package io.ember4j.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.DoubleStream;

/** What was to be reached, and what was: the first table of the report. */
record Goals(Plan plan, List<Results> runs) {
  private static final double ARRAYCOPY = 0.8;
  private static final double DISPATCH_NANOS = 200;
  private static final double OVERHEAD = 1 / 1.05;
  private static final double SPEED_UP = 1.7;

  /**
   * One run's answer: what was measured, and whether it is enough; null if nothing was measured.
   */
  private record Answer(String text, boolean reached) {}

  String write() {
    List<String> header = new ArrayList<>(List.of("Goal"));
    runs.forEach(run -> header.add("JDK " + run.jdk()));
    Markdown table = new Markdown(header.toArray(String[]::new));
    add(
        table,
        "activations against PyTorch, geometric mean, at least 2",
        r -> mean(r, "pytorch", 2));
    add(table, "activations against ND4J, geometric mean, at least 3", r -> mean(r, "nd4j", 3));
    add(table, "no cell lost to PyTorch where it is within 4 ULP", r -> lost(r, true));
    add(table, "cells lost to PyTorch where it is not (for the record)", r -> lost(r, false));
    add(table, "share of `System.arraycopy`'s speed at 10,000,000, at least 0.8", this::arraycopy);
    add(table, "dispatch at N = 1, under 200 ns", this::dispatch);
    add(table, "raw call over backend, at least 0.95", this::overhead);
    add(table, "two threads at 1,000,000, at least 1.7 times as fast", this::speedUp);
    add(table, "matrix product against PyTorch, at least 0.9", this::matmul);
    add(table, "784-512-10 network against PyTorch, above 1", this::mlp);
    return table.write();
  }

  private void add(Markdown table, String goal, Function<Results, Answer> question) {
    List<String> cells = new ArrayList<>(List.of(goal));
    for (Results run : runs) {
      Answer answer = question.apply(run);
      cells.add(
          answer == null ? "?" : answer.reached() ? answer.text() : "**" + answer.text() + "**");
    }
    table.row(cells);
  }

  private Answer mean(Results run, String peer, double goal) {
    List<Double> ratios =
        new ActivationTables(plan, run)
            .cells(peer).stream()
                .map(cell -> run.ratio(cell, peer).map(Ratio::median))
                .flatMap(Optional::stream)
                .toList();
    if (ratios.isEmpty()) {
      return null;
    }
    double mean = Statistics.geometricMean(ratios);
    String text = String.format(Locale.ROOT, "%.2fx over %d cells", mean, ratios.size());
    return new Answer(text, mean >= goal);
  }

  private Answer lost(Results run, boolean accurate) {
    ActivationTables tables = new ActivationTables(plan, run);
    List<Ratio> ratios =
        tables.cells("pytorch").stream()
            .filter(cell -> tables.isAccurate(cell) == accurate)
            .map(cell -> run.ratio(cell, "pytorch"))
            .flatMap(Optional::stream)
            .toList();
    if (ratios.isEmpty()) {
      return null;
    }
    long lost = ratios.stream().filter(Ratio::isLost).count();
    long uncertain = ratios.stream().filter(r -> r.isLost() && r.isUncertain()).count();
    String text = lost + " of " + ratios.size() + " lost, " + uncertain + " of them uncertain";
    return new Answer(text, !accurate || lost == uncertain);
  }

  private Answer arraycopy(Results run) {
    return worst(run, plan.questions().arraycopy(), "arraycopy", ARRAYCOPY);
  }

  private Answer overhead(Results run) {
    DoubleStream ratios =
        plan.questions().overhead().stream()
            .map(cell -> run.ratio(cell, cell.contenders().get(1)))
            .flatMap(Optional::stream)
            .mapToDouble(Ratio::median);
    return worst(ratios, OVERHEAD);
  }

  private Answer dispatch(Results run) {
    double slowest =
        plan.questions().dispatch().stream()
            .map(cell -> run.sample(cell.key(), "ember4j"))
            .flatMap(Optional::stream)
            .mapToDouble(Sample::median)
            .max()
            .orElse(Double.NaN);
    return Double.isNaN(slowest)
        ? null
        : new Answer(
            String.format(Locale.ROOT, "%.0f ns at worst", slowest), slowest < DISPATCH_NANOS);
  }

  private Answer speedUp(Results run) {
    SmallTables tables = new SmallTables(plan, run);
    return worst(
        tables.activationsWithThreads().stream()
            .mapToDouble(activation -> tables.speedUp(activation, "ember4j"))
            .filter(value -> !Double.isNaN(value)),
        SPEED_UP);
  }

  private Answer matmul(Results run) {
    List<Cell> cells = new ArrayList<>(plan.questions().matmul(1));
    cells.addAll(plan.questions().matmul(2));
    return worst(run, cells, "pytorch", 0.9);
  }

  private Answer mlp(Results run) {
    return worst(run, plan.questions().mlp(), "pytorch", 1);
  }

  private static Answer worst(Results run, List<Cell> cells, String peer, double goal) {
    return worst(
        cells.stream()
            .map(cell -> run.ratio(cell, peer))
            .flatMap(Optional::stream)
            .mapToDouble(Ratio::median),
        goal);
  }

  private static Answer worst(DoubleStream ratios, double goal) {
    double worst = ratios.min().orElse(Double.NaN);
    return Double.isNaN(worst)
        ? null
        : new Answer(String.format(Locale.ROOT, "%.2fx at worst", worst), worst >= goal);
  }
}
