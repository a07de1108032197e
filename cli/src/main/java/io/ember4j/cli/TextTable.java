package io.ember4j.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** A table in plain text: columns as wide as their widest cell, two spaces between them. */
final class TextTable {
  /** The longest line that this program prints on its own account. */
  static final int WIDTH = 110;

  private final List<String[]> rows = new ArrayList<>();
  private final boolean[] right;

  /** A table with these column titles; a leading {@code >} aligns the column to the right. */
  TextTable(String... titles) {
    right = new boolean[titles.length];
    String[] header = new String[titles.length];
    for (int i = 0; i < titles.length; i++) {
      right[i] = titles[i].startsWith(">");
      header[i] = right[i] ? titles[i].substring(1) : titles[i];
    }
    rows.add(header);
  }

  /** Adds a row of as many cells as there are columns. */
  void row(String... cells) {
    if (cells.length != right.length) {
      throw new IllegalArgumentException(cells.length + " cells for " + right.length + " columns");
    }
    rows.add(cells.clone());
  }

  /** Prints the header and the rows. */
  void print(PrintWriter out) {
    int[] widths = new int[right.length];
    for (String[] row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row[i].length());
      }
    }
    for (String[] row : rows) {
      var line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        String padding = " ".repeat(widths[i] - row[i].length());
        line.append(i == 0 ? "" : "  ").append(right[i] ? padding + row[i] : row[i] + padding);
      }
      out.println(line.toString().stripTrailing());
    }
  }

  /**
   * Breaks text at spaces into lines of at most {@link #WIDTH}; a longer word stays whole.
   *
   * @param first the indentation of the first line
   * @param others the indentation of the other lines
   */
  static List<String> wrap(String text, int first, int others) {
    List<String> lines = new ArrayList<>();
    var line = new StringBuilder(" ".repeat(first));
    int start = first;
    for (String word : InputException.oneLine(text).strip().split(" +", -1)) {
      if (line.length() > start && line.length() + 1 + word.length() > WIDTH) {
        lines.add(line.toString());
        line = new StringBuilder(" ".repeat(others));
        start = others;
      }
      line.append(line.length() > start ? " " : "").append(word);
    }
    lines.add(line.toString());
    return lines;
  }
}
