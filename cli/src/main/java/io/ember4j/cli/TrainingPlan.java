package io.ember4j.cli;

import io.ember4j.DType;
import io.ember4j.RandomKey;

/**
 * What determines a training run, but for the backend.
 *
 * @param activation the activation's name
 * @param dtype the dtype of the weights and of what is computed
 * @param seed everything random comes from it
 * @param epochs how often every sample is seen
 */
record TrainingPlan(String activation, DType dtype, long seed, int epochs) {
  /** Each use of the seed gets numbers of its own. */
  private static final int USES = 16;

  private static final int ORDER = USES - 1;
  private static final int SHIFTS = USES - 2;
  private static final int NOISE = USES - 3;

  /** The seed of the layer at this position. */
  long layerSeed(int position) {
    return use(position);
  }

  /** The key of the order in which an epoch sees the samples. */
  RandomKey order(int epoch) {
    return new RandomKey(use(ORDER), epoch);
  }

  /** The key of how far the images of a step are shifted. */
  RandomKey shifts(int step) {
    return new RandomKey(use(SHIFTS), step);
  }

  /** The key of the noise on the images of a step. */
  RandomKey noise(int step) {
    return new RandomKey(use(NOISE), step);
  }

  /** The settings in words, such as {@code relu, float32, seed 1, 60 epochs}. */
  String describe() {
    return activation + ", " + dtype + ", seed " + seed + ", " + epochs + " epochs";
  }

  private long use(int number) {
    return seed * USES + number;
  }
}
