package io.ember4j.cli;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Numbers separated by commas, one row per line, in UTF-8. Rows have equal length; comment lines
 * ({@code #}) may stand above the first row; {@code nan}, {@code inf} and {@code -inf} are numbers.
 */
final class CsvFormat {
  private CsvFormat() {}

  /**
   * Reads a file as float32 of shape (rows, columns).
   *
   * @throws InputException naming line and column, if it holds anything but numbers in equal rows
   * @throws IOException if the system cannot read it
   */
  static NumericArray.Floats read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return read(file, in);
    }
  }

  /** As above, from a stream; {@code source} is named in messages. */
  static NumericArray.Floats read(Object source, InputStream in) throws IOException {
    return new CsvReader(source).read(new InputStreamReader(in, StandardCharsets.UTF_8));
  }

  /**
   * Writes an array: rank 2 row by row, rank 0 and 1 as one row; each value as the shortest decimal
   * that reads back as the same number.
   *
   * @param name the file being written, for messages
   * @throws InputException if the rank is above 2, or there are no elements: a csv cannot say so
   */
  static void write(Object name, OutputStream out, NumericArray array) throws IOException {
    long[] shape = array.shape();
    if (shape.length > 2 || array.size() == 0) {
      String what = shape.length > 2 ? "rank " + shape.length : "an array without elements";
      throw new InputException(
          name,
          what + ", shape " + NumericArray.describe(shape) + ", cannot be written as csv",
          "use .npy");
    }
    int columns = shape.length == 0 ? 1 : (int) shape[shape.length - 1];
    Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    for (int i = 0; i < array.size(); i++) {
      writer.write(text(array, i));
      writer.write((i + 1) % columns == 0 ? '\n' : ',');
    }
    writer.flush();
  }

  private static String text(NumericArray array, int index) {
    if (array instanceof NumericArray.Floats floats) {
      return ShortestDecimal.of(floats.values()[index]);
    }
    return ShortestDecimal.of(((NumericArray.Doubles) array).values()[index]);
  }
}
