package io.ember4j.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.Arrays;
import java.util.Locale;

/** Reads one csv, line by line, into rows of float32; see {@link CsvFormat}. */
final class CsvReader {
  private static final int MAX_ARRAY = Integer.MAX_VALUE - 8;
  private static final char BYTE_ORDER_MARK = '\ufeff';

  private final Object source;
  private float[] values = new float[1024];
  private int count;
  private long line;
  private long firstRowLine;
  private long rows;
  private int columns;

  /** A reader whose messages name {@code source}. */
  CsvReader(Object source) {
    this.source = source;
  }

  /**
   * Reads to the end.
   *
   * @throws InputException naming line and column of the first problem
   */
  NumericArray.Floats read(Reader in) throws IOException {
    var lines = new BufferedReader(in);
    long blankLine = 0;
    for (String text = lines.readLine(); text != null; text = lines.readLine()) {
      line++;
      if (line == 1 && !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK) {
        text = text.substring(1);
      }
      if (text.isBlank()) {
        blankLine = blankLine == 0 ? line : blankLine;
      } else if (rows > 0 || !text.stripLeading().startsWith("#")) {
        if (rows > 0 && blankLine > 0) {
          throw new InputException(source, "line " + blankLine + " is empty", "remove the line");
        }
        blankLine = 0;
        row(text);
      }
    }
    if (rows == 0) {
      throw new InputException(
          source, "no numbers in " + line + " lines", "write numbers separated by commas");
    }
    return new NumericArray.Floats(new long[] {rows, columns}, Arrays.copyOf(values, count));
  }

  private void row(String text) {
    int column = 0;
    for (int start = 0; start <= text.length(); ) {
      int comma = text.indexOf(',', start);
      int end = comma < 0 ? text.length() : comma;
      column++;
      append(number(text.substring(start, end).strip(), column));
      start = end + 1;
    }
    if (rows == 0) {
      columns = column;
      firstRowLine = line;
    } else if (column != columns) {
      throw new InputException(
          source,
          "line " + line + " has " + column + " values, line " + firstRowLine + " has " + columns,
          "give every line the same number of values");
    }
    rows++;
  }

  private float number(String word, int column) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "nan" -> Float.NaN;
      case "inf", "+inf" -> Float.POSITIVE_INFINITY;
      case "-inf" -> Float.NEGATIVE_INFINITY;
      case "" -> throw bad(column, "the value is empty", "write a number, or nan");
      default -> decimal(word, column);
    };
  }

  private float decimal(String word, int column) {
    float value;
    try {
      // parseFloat also takes 1f, 0x1p3 and Infinity; the characters below leave decimals only.
      if (!word.chars().allMatch(c -> "0123456789+-.eE".indexOf(c) >= 0)) {
        throw new NumberFormatException(word);
      }
      value = Float.parseFloat(word);
    } catch (NumberFormatException e) {
      throw bad(
          column,
          InputException.quote(word) + " is not a number",
          word.startsWith("#")
              ? "move comments above the first row"
              : "write numbers, nan, inf or -inf, separated by commas; titles go behind a '#'");
    }
    if (Float.isInfinite(value)) {
      throw bad(
          column,
          InputException.quote(word) + " overflows float32 (at most " + Float.MAX_VALUE + ")",
          "scale the data, or use a float64 .npy");
    }
    return value;
  }

  private void append(float value) {
    if (count == values.length) {
      if (count == MAX_ARRAY) {
        throw new InputException(source, "it has more than " + count + " values", "split the file");
      }
      values = Arrays.copyOf(values, (int) Math.min(2L * count, MAX_ARRAY));
    }
    values[count++] = value;
  }

  private InputException bad(int column, String problem, String remedy) {
    return new InputException(
        source, "line " + line + ", column " + column + ": " + problem, remedy);
  }
}
