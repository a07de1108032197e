package io.ember4j.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * The course of a training run.
 *
 * @param losses the loss of each step, on its batch
 * @param epochs what was measured after each epoch
 */
record TrainingCurve(List<Double> losses, List<Epoch> epochs) {
  /**
   * The state after an epoch.
   *
   * @param number from 1
   * @param training how well the network does on all training samples, without dropout
   * @param seconds how long the epoch took
   */
  record Epoch(int number, Evaluation training, double seconds) {}

  TrainingCurve() {
    this(new ArrayList<>(), new ArrayList<>());
  }

  /** What was measured last. */
  Evaluation last() {
    return epochs.get(epochs.size() - 1).training();
  }

  double seconds() {
    return epochs.stream().mapToDouble(Epoch::seconds).sum();
  }

  /** The largest relative difference of the losses of the first steps. */
  double difference(TrainingCurve other, int steps) {
    double largest = 0;
    for (int i = 0; i < Math.min(steps, Math.min(losses.size(), other.losses.size())); i++) {
      double a = losses.get(i);
      double b = other.losses.get(i);
      largest = Math.max(largest, a == b ? 0 : Math.abs(a - b) / Math.max(a, b));
    }
    return largest;
  }
}
