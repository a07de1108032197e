package io.ember4j.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A table of a Markdown page. */
final class Markdown {
  private final List<List<String>> rows = new ArrayList<>();

  Markdown(String... header) {
    rows.add(List.of(header));
  }

  void row(List<String> cells) {
    if (cells.size() != rows.get(0).size()) {
      throw new IllegalArgumentException(cells + " does not fit " + rows.get(0));
    }
    rows.add(List.copyOf(cells));
  }

  void row(String... cells) {
    row(List.of(cells));
  }

  /** Returns the table with a line after it. */
  String write() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < rows.size(); i++) {
      text.append("| ").append(String.join(" | ", rows.get(i))).append(" |\n");
      if (i == 0) {
        text.append('|').append("---|".repeat(rows.get(0).size())).append('\n');
      }
    }
    return text.append('\n').toString();
  }

  /** Returns a count with thousands separated. */
  static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
