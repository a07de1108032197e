package io.ember4j.benchmarks;

import java.util.SplittableRandom;

/** Input data: the same numbers for every contender and in every run. */
final class Inputs {
  private Inputs() {}

  /**
   * Returns normal numbers of mean 0 and standard deviation 2: what activations meet in networks,
   * and both sides of every kink and branch.
   */
  static float[] normal(int size, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) (2 * random.nextGaussian());
    }
    return values;
  }
}
