package io.ember4j.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A page that shows one training on several backends: curves, differences, results. */
final class TrainingReport {
  /** How many steps count for the difference between the backends: rounding grows with each. */
  static final int COMPARED_STEPS = 20;

  private static final int FIRST_STEPS = 100;
  private static final int SMOOTHED_STEPS = 25;
  private static final String FRAME = "training-report.html";

  private final TrainingPlan plan;
  private final List<BackendTraining> runs;

  TrainingReport(TrainingPlan plan, List<BackendTraining> runs) {
    this.plan = plan;
    this.runs = List.copyOf(runs);
  }

  /** The largest relative difference of the losses of the first steps, over all pairs. */
  double difference() {
    double largest = 0;
    for (BackendTraining a : runs) {
      for (BackendTraining b : runs) {
        largest = Math.max(largest, a.curve().difference(b.curve(), COMPARED_STEPS));
      }
    }
    return largest;
  }

  /**
   * Writes the page; it appears whole or not at all.
   *
   * @throws InputException if it cannot be written or drawn
   */
  void write(Path file) {
    String page = page();
    WholeFile.write(file, out -> out.write(page.getBytes(StandardCharsets.UTF_8)));
  }

  private String page() {
    String names = runs.stream().map(BackendTraining::backend).collect(Collectors.joining(", "));
    return Html.frame(FRAME)
        .replace("{activation}", Html.escape(plan.activation()))
        .replace("{backends}", Html.escape(names))
        .replace(
            "{setting}",
            String.format(
                Locale.ROOT,
                "%s, %s, seed %d, %d epochs; %,d images train, %,d are held out",
                Html.escape(plan.activation()),
                plan.dtype(),
                plan.seed(),
                plan.epochs(),
                Samples.TRAINING,
                Digits.ROWS - Samples.TRAINING))
        .replace("{rows}", runs.stream().map(this::row).collect(Collectors.joining()))
        .replace("{compared}", Integer.toString(COMPARED_STEPS))
        .replace("{difference}", runs.size() > 1 ? scientific(difference()) : "-")
        .replace("{first}", losses(1, FIRST_STEPS, "Loss of the first steps"))
        .replace("{losses}", losses(SMOOTHED_STEPS, Integer.MAX_VALUE, "Loss of all steps"))
        .replace("{smoothed}", Integer.toString(SMOOTHED_STEPS))
        .replace("{accuracy}", accuracy());
  }

  private String row(BackendTraining run) {
    return String.format(
        Locale.ROOT,
        "<tr><th scope=\"row\">%s</th><td>%.4f</td><td>%.1f%%</td><td>%.1f%%</td>"
            + "<td>%.1f s</td></tr>%n",
        Html.escape(run.backend()),
        run.curve().last().loss(),
        run.curve().last().accuracy(),
        run.heldOut().accuracy(),
        run.curve().seconds());
  }

  /** The loss of each step, or the mean of that many steps up to it. */
  private String losses(int window, int limit, String title) {
    var chart = CurveChart.titled(title, "step", "loss", true);
    for (BackendTraining run : runs) {
      double[] means = runningMean(run.curve().losses(), window);
      int count = Math.min(limit, means.length);
      double[] steps = IntStream.rangeClosed(1, count).asDoubleStream().toArray();
      chart.add(run.backend(), steps, java.util.Arrays.copyOf(means, count));
    }
    return chart.svg();
  }

  /** The mean of each element and those before it, that many at most. */
  static double[] runningMean(List<Double> values, int window) {
    double[] means = new double[values.size()];
    for (int i = 0; i < means.length; i++) {
      means[i] =
          values.subList(Math.max(0, i + 1 - window), i + 1).stream()
              .mapToDouble(v -> v)
              .average()
              .orElseThrow();
    }
    return means;
  }

  private String accuracy() {
    var chart = CurveChart.titled("Training accuracy", "epoch", "training accuracy, %", false);
    for (BackendTraining run : runs) {
      List<TrainingCurve.Epoch> epochs = run.curve().epochs();
      chart.add(
          run.backend(),
          epochs.stream().mapToDouble(TrainingCurve.Epoch::number).toArray(),
          epochs.stream().mapToDouble(epoch -> epoch.training().accuracy()).toArray());
    }
    return chart.svg();
  }

  static String scientific(double value) {
    return value == 0 ? "0" : String.format(Locale.ROOT, "%.1e", value);
  }
}
