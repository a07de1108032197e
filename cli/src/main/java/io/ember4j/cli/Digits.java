package io.ember4j.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/**
 * The bundled data: 1,797 handwritten digits as images of 8 x 8 counts from 0 to 16.
 *
 * <p>E. Alpaydin, C. Kaynak, "Optical Recognition of Handwritten Digits", UCI Machine Learning
 * Repository, 1998, CC BY 4.0, doi 10.24432/C50P49 (see {@code digits-LICENSE.txt}).
 *
 * @param features the counts, shape ({@value #ROWS}, {@value #COLUMNS}), row by row
 * @param labels the digit of each row, 0 to 9
 */
@SuppressWarnings("ArrayRecordComponent") // data, never compared
record Digits(float[] features, int[] labels) {
  /** The number of images. */
  static final int ROWS = 1797;

  /** The number of pixels of an image. */
  static final int COLUMNS = 64;

  private static final String FILE = "digits.csv.gz";
  private static final String REMEDY = "the program is damaged, build it again";

  /**
   * Loads the data from the class path.
   *
   * @throws InputException if it is missing or damaged
   */
  static Digits load() {
    try (InputStream in = Digits.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new InputException(FILE, "the bundled data is missing", REMEDY);
      }
      return read(in);
    } catch (IOException e) {
      throw new InputException(FILE, "the bundled data cannot be read (" + e + ")", REMEDY, e);
    }
  }

  /** Reads the compressed csv: 64 counts and the label per line. */
  static Digits read(InputStream compressed) throws IOException {
    NumericArray.Floats table = CsvFormat.read(FILE, new GZIPInputStream(compressed));
    long[] shape = table.shape();
    if (shape[0] != ROWS || shape[1] != COLUMNS + 1) {
      throw new InputException(
          FILE,
          "expected shape "
              + NumericArray.describe(ROWS, COLUMNS + 1)
              + ", found "
              + NumericArray.describe(shape),
          REMEDY);
    }
    float[] features = new float[ROWS * COLUMNS];
    int[] labels = new int[ROWS];
    for (int row = 0; row < ROWS; row++) {
      int start = row * (COLUMNS + 1);
      System.arraycopy(table.values(), start, features, row * COLUMNS, COLUMNS);
      labels[row] = (int) table.values()[start + COLUMNS];
    }
    return new Digits(features, labels);
  }
}
