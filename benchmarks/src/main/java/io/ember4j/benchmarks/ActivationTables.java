package io.ember4j.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The tables of {@link ActivationBenchmark}: ratios, times and allocation of each activation. */
record ActivationTables(Plan plan, Results results) {
  /** Beyond so many ULP PyTorch computes something easier. */
  static final double ACCURATE = 4;

  private static final String NOT_MEASURED = "?";
  private static final String NO_PEER = "";

  /** One for each direction and kind of output. */
  String ratios(String peer) {
    StringBuilder text = new StringBuilder();
    for (String direction : List.of("value", "gradient")) {
      for (Outputs outputs : Outputs.values()) {
        text.append("**").append(direction).append(", ").append(title(outputs)).append("**\n\n");
        text.append(ratios(peer, direction, outputs));
      }
    }
    return text.toString();
  }

  private String ratios(String peer, String direction, Outputs outputs) {
    Markdown table = new Markdown(header(peer.equals("pytorch") ? "PyTorch's error, ULP" : null));
    for (String activation : plan.activations()) {
      List<String> cells = new ArrayList<>(List.of("`" + activation + "`"));
      boolean any = false;
      for (int size : plan.sizes()) {
        Cell cell = Plan.activation(activation, direction, size, outputs);
        any |= cell.contenders().contains(peer);
        cells.add(
            !cell.contenders().contains(peer)
                ? NO_PEER
                : results.ratio(cell, peer).map(Ratio::toMarkdown).orElse(NOT_MEASURED));
      }
      if (peer.equals("pytorch")) {
        cells.add(error(activation, direction));
      }
      if (any) {
        table.row(cells);
      }
    }
    return table.write();
  }

  /** Returns PyTorch's largest error, with a mark if it is beyond {@link #ACCURATE}. */
  private String error(String activation, String direction) {
    Optional<Sample> sample = results.sample(ErrorSample.key(activation, direction), "pytorch");
    if (sample.isEmpty()) {
      return NOT_MEASURED;
    }
    double ulp = sample.get().values().get(0);
    return ulp <= ACCURATE
        ? String.format(Locale.ROOT, "%.2f", ulp)
        : String.format(Locale.ROOT, "%.3g at x = %.4g †", ulp, sample.get().values().get(1));
  }

  /** Returns all cells in which the peer takes part. */
  List<Cell> cells(String peer) {
    return plan.cells().stream()
        .filter(cell -> cell.question().equals("ActivationBenchmark"))
        .filter(cell -> cell.contenders().contains(peer))
        .toList();
  }

  /** Returns whether PyTorch is within {@link #ACCURATE} in the cell, as far as is known. */
  boolean isAccurate(Cell cell) {
    return results
        .sample(
            ErrorSample.key(
                cell.parameters().get("activation"), cell.parameters().get("direction")),
            "pytorch")
        .map(sample -> sample.values().get(0) <= ACCURATE)
        .orElse(true);
  }

  /** ns per element at 100,000 elements, so that the ratios have a scale. */
  String times() {
    List<String> libraries = List.of("ember4j", "pytorch", "nd4j", "jdk", "jblas");
    List<String> header = new ArrayList<>(List.of("value, recycled outputs"));
    header.addAll(libraries);
    Markdown table = new Markdown(header.toArray(String[]::new));
    for (String activation : plan.activations()) {
      Cell cell = Plan.activation(activation, "value", 100_000, Outputs.RECYCLED);
      List<String> cells = new ArrayList<>(List.of("`" + activation + "`"));
      for (String library : libraries) {
        cells.add(
            results
                .sample(cell.key(), library)
                .map(s -> String.format(Locale.ROOT, "%.3f", s.median() / 100_000))
                .orElse(cell.contenders().contains(library) ? NOT_MEASURED : NO_PEER));
      }
      table.row(cells);
    }
    return table.write();
  }

  /** Bytes that Ember4j allocates per call beyond the result itself. */
  String allocation() {
    StringBuilder text = new StringBuilder();
    for (String direction : List.of("value", "gradient")) {
      for (Outputs outputs : Outputs.values()) {
        text.append("**").append(direction).append(", ").append(title(outputs)).append("**\n\n");
        Markdown table = new Markdown(header(null));
        for (String activation : plan.activations()) {
          List<String> cells = new ArrayList<>(List.of("`" + activation + "`"));
          for (int size : plan.sizes()) {
            Cell cell = Plan.activation(activation, direction, size, outputs);
            long payload = outputs == Outputs.FRESH ? 4L * size : 0;
            cells.add(
                results
                    .sample(cell.key(), "ember4j")
                    .map(s -> Markdown.count(Math.round(s.bytes() - payload)))
                    .orElse(NOT_MEASURED));
          }
          table.row(cells);
        }
        text.append(table.write());
      }
    }
    return text.toString();
  }

  private String[] header(String last) {
    List<String> header = new ArrayList<>(List.of(""));
    plan.sizes().forEach(size -> header.add("N = " + Markdown.count(size)));
    if (last != null) {
      header.add(last);
    }
    return header.toArray(String[]::new);
  }

  private static String title(Outputs outputs) {
    return outputs == Outputs.FRESH ? "fresh outputs" : "recycled outputs";
  }
}
