package io.ember4j.cli;

import io.ember4j.DType;
import io.ember4j.Ops;
import io.ember4j.Tensor;
import java.util.Arrays;

/**
 * Images with their classes.
 *
 * @param pixels the counts, row by row
 * @param labels the class of each row
 */
@SuppressWarnings("ArrayRecordComponent") // data, never compared
record Samples(float[] pixels, int[] labels) {
  /** How many of the bundled digits train, from the first on; the others are held out. */
  static final int TRAINING = Digits.ROWS / 2;

  /** The classes are the digits. */
  static final int CLASSES = 10;

  /** The number of pixels of an image. */
  static final int COLUMNS = Digits.COLUMNS;

  /** The greatest count of a pixel, by which the counts are divided for the network. */
  static final int LARGEST_COUNT = 16;

  /** The digits that train: the first half, unshuffled, as in scikit-learn's example. */
  static Samples training(Digits digits) {
    return rows(digits, 0, TRAINING);
  }

  /** The digits that are held out: the rest. */
  static Samples heldOut(Digits digits) {
    return rows(digits, TRAINING, Digits.ROWS);
  }

  private static Samples rows(Digits digits, int from, int to) {
    return new Samples(
        Arrays.copyOfRange(digits.features(), from * COLUMNS, to * COLUMNS),
        Arrays.copyOfRange(digits.labels(), from, to));
  }

  /** The samples of these rows, in this order. */
  Samples rows(int... chosen) {
    float[] chosenPixels = new float[chosen.length * COLUMNS];
    int[] chosenLabels = new int[chosen.length];
    for (int i = 0; i < chosen.length; i++) {
      System.arraycopy(pixels, chosen[i] * COLUMNS, chosenPixels, i * COLUMNS, COLUMNS);
      chosenLabels[i] = labels[chosen[i]];
    }
    return new Samples(chosenPixels, chosenLabels);
  }

  int size() {
    return labels.length;
  }

  /** What the network sees: the counts divided by the largest one, of shape [rows, columns]. */
  Tensor inputs(DType dtype) {
    try (Tensor counts = Tensor.of(pixels, size(), COLUMNS)) {
      return scaled(counts, dtype, LARGEST_COUNT);
    }
  }

  /** Counts divided by a number, in the dtype. */
  static Tensor scaled(Tensor counts, DType dtype, double divisor) {
    try (Tensor cast = Ops.cast(counts, dtype)) {
      return Ops.div(cast, divisor);
    }
  }
}
