package io.ember4j.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Prints a comparison: head, table, what went wrong, notes, and which backend to choose. */
final class ComparisonReport {
  private final Comparison comparison;
  private final PrintWriter out;

  ComparisonReport(Comparison comparison, PrintWriter out) {
    this.comparison = comparison;
    this.out = out;
  }

  void print() {
    paragraph("Data: " + describeData());
    paragraph(
        "Run by Java "
            + Runtime.version().feature()
            + " on "
            + System.getProperty("os.name")
            + " "
            + System.getProperty("os.arch")
            + " with "
            + Runtime.getRuntime().availableProcessors()
            + " processors.");
    if (comparison.load() > Runtime.getRuntime().availableProcessors()) {
      paragraph(
          String.format(
              Locale.ROOT,
              "The machine was busy when this began (load %.1f): do not trust the times.",
              comparison.load()));
    }
    out.println();
    table().print(out);
    out.println();
    problems().forEach(this::paragraph);
    notes().forEach(this::paragraph);
    out.println();
    paragraph(Recommendation.of(comparison));
    out.flush();
  }

  private String describeData() {
    NumericArray array = comparison.data().array();
    return String.format(
        Locale.ROOT,
        "%s; shape %s, %s, %,d elements.",
        comparison.data().title(),
        NumericArray.describe(array.shape()),
        Tensors.dtype(array),
        array.size());
  }

  private TextTable table() {
    var table =
        new TextTable(
            "ACTIVATION",
            "BACKEND",
            "RUNS",
            ">NS/ELEMENT",
            ">ULP TO EXACT",
            ">TO OTHERS",
            ">ZEROS",
            "RANGE");
    for (CompareRow row : comparison.rows()) {
      BackendRun run = row.run();
      if (run.failed()) {
        table.row(row.activation(), run.backend(), "failed", "-", "-", "-", "-", "");
      } else {
        table.row(
            row.activation(),
            run.backend(),
            run.execution().name().toLowerCase(Locale.ROOT),
            time(run.nanosPerElement()),
            ulps(row.worst()) + (row.excess().isEmpty() ? "" : "!"),
            Double.isNaN(row.others()) ? "-" : steps(row.others()),
            String.format(Locale.ROOT, "%.1f%%", 100 * row.zeros()),
            range(row));
      }
    }
    return table;
  }

  private List<String> problems() {
    List<String> problems = new ArrayList<>();
    for (CompareRow row : comparison.rows()) {
      String where = row.activation() + " on " + row.run().backend();
      if (row.run().failed()) {
        problems.add("! " + where + " failed: " + row.run().failure());
      } else if (!row.excess().isEmpty()) {
        problems.add(
            "! "
                + where
                + " is "
                + ulps(row.worst())
                + " ULP off, beyond its bound of "
                + row.excess()
                + ".");
      }
    }
    return problems;
  }

  private List<String> notes() {
    List<String> notes = new ArrayList<>();
    notes.add(
        "ULP TO EXACT: largest difference to an evaluation with 60 digits, in units in the last"
            + " place, over "
            + comparison.points().describe()
            + ". TO OTHERS: largest difference to the other backends, in steps from number to"
            + " number.");
    notes.add(
        "RUNS: native, in one operation of the backend; composed, in several; default, with a"
            + " routine of the api. NS/ELEMENT: median, results in fresh memory.");
    if (comparison.rows().stream().anyMatch(row -> row.excess().isEmpty() && row.worst() > 100)) {
      notes.add(
          "A large number without ! is within the bound: that of softmax and its kin is norm-wise,"
              + " so a result near 0 may be many of its own units off, and the row as a whole by"
              + " little.");
    }
    notes.addAll(comparison.notes());
    return notes;
  }

  private void paragraph(String text) {
    TextTable.wrap(text, 0, 2).forEach(out::println);
  }

  /** A time with three significant digits at most. */
  static String time(double nanos) {
    return String.format(Locale.ROOT, nanos < 10 ? "%.2f" : nanos < 100 ? "%.1f" : "%.0f", nanos);
  }

  static String ulps(double ulps) {
    if (Double.isNaN(ulps)) {
      return "-";
    }
    return Double.isInfinite(ulps)
        ? "inf"
        : String.format(Locale.ROOT, ulps < 1e5 ? "%.2f" : "%.1e", ulps);
  }

  private static String steps(double steps) {
    return Double.isInfinite(steps)
        ? "inf"
        : String.format(Locale.ROOT, steps < 1e6 ? "%.0f" : "%.1e", steps);
  }

  private static String range(CompareRow row) {
    String nans = row.nans() == 0 ? "" : String.format(Locale.ROOT, "%,d NaN", row.nans());
    if (row.low() > row.high()) {
      return nans;
    }
    String range = "[" + number(row.low()) + ", " + number(row.high()) + "]";
    return nans.isEmpty() ? range : range + ", " + nans;
  }

  /** A number to four digits, without trailing zeros. */
  private static String number(double value) {
    double magnitude = Math.abs(value);
    if (value == 0) {
      return "0";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "inf" : "-inf";
    }
    if (magnitude < 1e-4 || magnitude >= 1e5) {
      return String.format(Locale.ROOT, "%.3e", value);
    }
    String text = String.format(Locale.ROOT, "%.4f", value);
    return text.replaceFirst("\\.?0+$", "");
  }
}
