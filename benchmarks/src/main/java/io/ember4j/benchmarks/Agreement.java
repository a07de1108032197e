package io.ember4j.benchmarks;

import java.util.List;

/** Checks that contenders compute the same function of the same input, before they are timed. */
final class Agreement {
  private Agreement() {}

  /**
   * Compares every result with the first contender's.
   *
   * @param tolerance the largest difference, relative to the largest magnitude in the first result
   */
  static void check(List<String> names, List<? extends Contender> contenders, double tolerance) {
    float[] expected = contenders.get(0).result();
    double scale = 0;
    for (float value : expected) {
      scale = Math.max(scale, Math.abs(value));
    }
    for (int k = 1; k < contenders.size(); k++) {
      float[] actual = contenders.get(k).result();
      if (actual.length != expected.length) {
        throw new IllegalStateException(
            names.get(k) + " gives " + actual.length + " elements, not " + expected.length);
      }
      for (int i = 0; i < actual.length; i++) {
        if (!(Math.abs(actual[i] - expected[i]) <= tolerance * scale)) {
          throw new IllegalStateException(
              names.get(k)
                  + " does not compute what "
                  + names.get(0)
                  + " does: element "
                  + i
                  + " is "
                  + actual[i]
                  + ", not "
                  + expected[i]);
        }
      }
    }
  }
}
