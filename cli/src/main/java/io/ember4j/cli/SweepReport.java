package io.ember4j.cli;

import io.ember4j.conformance.SweepFunction;
import io.ember4j.conformance.SweepProgress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The page docs/accuracy.md: what sweeps of all backends found, a row for each function. */
final class SweepReport {
  private static final String MAIN = "pure";

  private final List<SweepProgress> sweeps;
  private final String main;
  private final List<String> others;

  /**
   * A report of these sweeps; of several of one function, the one that is complete and has the most
   * inputs counts.
   */
  SweepReport(List<SweepProgress> sweeps) {
    this.sweeps = sweeps;
    List<String> subjects =
        sweeps.stream().map(SweepProgress::subject).distinct().sorted().toList();
    this.main = subjects.contains(MAIN) ? MAIN : subjects.get(0);
    this.others = subjects.stream().filter(subject -> !subject.equals(main)).toList();
  }

  String text() {
    StringBuilder text = new StringBuilder();
    text.append(
        """
        # Accuracy in float32

        Made by `./ember4j sweep`; [CONTRIBUTING.md](../CONTRIBUTING.md) tells how. Every elementwise function, with default
        parameters, and its gradient (', for upstream 1) on `%s`, against its value in double precision. 2^32 inputs are all
        there are; fewer are a sample of evenly spaced bit patterns, and then a larger error may be between them.

        The error is in ULP, the spacing of float32 numbers at the exact value (of subnormal ones, 2^-149): 0.5 or less is
        correctly rounded. Beside a zero of a derivative, where |x| < 2, an absolute error of 2^-23 is allowed instead; results
        beyond 4 ULP that need it are counted under "by 2^-23", and neither in the maximum nor in the RMS. "Wrong" counts NaN
        for a number or the reverse, an infinity that is not the limit, and a wrong sign of a zero at 0 or infinity. An error beyond
        the bound of [spec.md](spec.md) is in bold.
        """
            .formatted(main));
    if (!others.isEmpty()) {
      text.append(
          """

          The last columns are the largest errors of others, over a sample, with the input; "wrong" stands where special cases
          differ from docs/spec.md, which for PyTorch may be meant.
          """);
    }
    text.append('\n');
    table(text);
    return text.toString();
  }

  private void table(StringBuilder text) {
    List<String> titles = new ArrayList<>();
    titles.addAll(
        List.of(
            "function",
            "inputs",
            "max ULP",
            "at",
            "RMS",
            "correctly rounded",
            "by 2^-23",
            "wrong"));
    titles.addAll(others);
    row(text, titles);
    List<String> line = new ArrayList<>(List.of("---"));
    while (line.size() < titles.size()) {
      line.add("---:");
    }
    row(text, line);
    for (SweepFunction function : SweepFunction.values()) {
      row(text, cells(function));
    }
  }

  private List<String> cells(SweepFunction function) {
    List<String> cells = new ArrayList<>();
    cells.add("`" + function + "`");
    Optional<SweepProgress> sweep = best(main, function);
    if (sweep.isEmpty()) {
      cells.addAll(List.of("not run", "", "", "", "", "", ""));
    } else {
      SweepRow row = SweepRow.of(sweep.get());
      long floored = sweep.get().tally().floored();
      long wrong = sweep.get().tally().differences();
      boolean within = sweep.get().tally().worst() <= row.bound();
      String worst = within ? row.worst() : "**" + row.worst() + "**";
      cells.addAll(List.of(row.inputs(), worst, row.at(), row.rms(), row.correct()));
      cells.add(floored == 0 ? "" : Long.toString(floored));
      cells.add(wrong == 0 ? "" : wrong + "," + row.difference());
    }
    for (String other : others) {
      cells.add(best(other, function).map(SweepReport::brief).orElse(""));
    }
    return cells;
  }

  private static String brief(SweepProgress sweep) {
    SweepRow row = SweepRow.of(sweep);
    String at = row.at().isEmpty() ? "" : " at " + row.at();
    return row.worst()
        + at
        + (sweep.tally().differences() > 0
            ? ", wrong" + row.difference().replace("differs ", "")
            : "");
  }

  private Optional<SweepProgress> best(String subject, SweepFunction function) {
    return sweeps.stream()
        .filter(s -> s.subject().equals(subject) && s.function() == function)
        .filter(s -> s.tally().inputs() > 0)
        .max(
            Comparator.comparing(SweepProgress::isComplete).thenComparing(s -> s.tally().inputs()));
  }

  private static void row(StringBuilder text, List<String> cells) {
    text.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }
}
