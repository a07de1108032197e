package io.ember4j.cli;

import java.nio.file.Path;

/**
 * The numbers that {@code compare} feeds to the activations.
 *
 * @param title where they come from, for the head of the table
 * @param array the numbers
 */
record CompareData(String title, NumericArray array) {
  /** The bundled digits as a network would see them: every column with mean 0 and variance 1. */
  static CompareData bundled() {
    float[] features = Digits.load().features();
    return new CompareData(
        "the bundled handwritten digits, each column standardised to mean 0 and variance 1"
            + " (constant columns: 0)",
        new NumericArray.Floats(
            new long[] {Digits.ROWS, Digits.COLUMNS}, standardise(features, Digits.COLUMNS)));
  }

  /**
   * The numbers of a file, as they are.
   *
   * @throws InputException if it cannot be read or is empty
   */
  static CompareData of(Path file) {
    NumericArray array = ArrayFiles.read(file);
    if (array.size() == 0) {
      throw new InputException(
          file,
          "it has no elements, shape " + NumericArray.describe(array.shape()),
          "name a file with numbers");
    }
    return new CompareData(InputException.oneLine(file.toString()), array);
  }

  /** Shifts and scales each column to mean 0 and (population) variance 1, in double. */
  static float[] standardise(float[] values, int columns) {
    int rows = values.length / columns;
    float[] result = new float[values.length];
    for (int column = 0; column < columns; column++) {
      double mean = 0;
      for (int i = column; i < values.length; i += columns) {
        mean += values[i];
      }
      mean /= rows;
      double variance = 0;
      for (int i = column; i < values.length; i += columns) {
        variance += (values[i] - mean) * (values[i] - mean);
      }
      double deviation = Math.sqrt(variance / rows);
      for (int i = column; i < values.length; i += columns) {
        result[i] = deviation == 0 ? 0 : (float) ((values[i] - mean) / deviation);
      }
    }
    return result;
  }
}
