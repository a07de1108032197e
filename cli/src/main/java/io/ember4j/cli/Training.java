package io.ember4j.cli;

import io.ember4j.GradientTape;
import io.ember4j.RandomKey;
import io.ember4j.Tensor;
import io.ember4j.nn.Sequential;
import io.ember4j.train.Losses;
import io.ember4j.train.Optimizer;
import io.ember4j.train.SGD;
import java.util.Arrays;
import java.util.function.Consumer;

/** Trains a network by a plan, on the backend in effect. */
final class Training {
  /** The samples of a step, at most. */
  private static final int BATCH = 32;

  private static final double LEARNING_RATE = 0.1;
  private static final double LAST_LEARNING_RATE = 0.001;
  private static final double MOMENTUM = 0.9;
  private static final double WEIGHT_DECAY = 0.001;

  private final TrainingPlan plan;
  private final Samples samples;
  private final Sequential network;
  private final Optimizer optimizer;
  private final TrainingCurve curve = new TrainingCurve();

  Training(TrainingPlan plan, Samples samples) {
    this.plan = plan;
    this.samples = samples;
    this.network = Classifier.of(plan);
    this.optimizer =
        new SGD(network.parameters().values(), LEARNING_RATE, MOMENTUM, WEIGHT_DECAY, false);
  }

  Sequential network() {
    return network;
  }

  /**
   * Trains for all epochs.
   *
   * @param listener is told of each epoch when it is over
   * @throws InputException if the loss is no longer finite
   */
  TrainingCurve run(Consumer<TrainingCurve.Epoch> listener) {
    for (int epoch = 0; epoch < plan.epochs(); epoch++) {
      long start = System.nanoTime();
      int[] order = shuffled(samples.size(), plan.order(epoch));
      for (int batch = 0; batch < batches(); batch++) {
        step(batch(order, batch));
      }
      Evaluation state = Evaluation.of(network, samples, plan.dtype());
      double seconds = (System.nanoTime() - start) / 1e9;
      var entry = new TrainingCurve.Epoch(epoch + 1, state, seconds);
      curve.epochs().add(entry);
      listener.accept(entry);
    }
    return curve;
  }

  /** Takes the first steps of the first epoch and no more. */
  TrainingCurve firstSteps(int steps) {
    int[] order = shuffled(samples.size(), plan.order(0));
    for (int batch = 0; batch < steps; batch++) {
      step(batch(order, batch));
    }
    return curve;
  }

  private int batches() {
    return (samples.size() + BATCH - 1) / BATCH;
  }

  /**
   * The rows of a batch: all are of about the same size, as the gradient of a small one is wild.
   */
  private int[] batch(int[] order, int number) {
    return Arrays.copyOfRange(
        order, order.length * number / batches(), order.length * (number + 1) / batches());
  }

  private void step(int... rows) {
    int number = curve.losses().size();
    double done = (double) number / (plan.epochs() * batches());
    optimizer.setLearningRate((1 - done) * LEARNING_RATE + done * LAST_LEARNING_RATE);
    Samples batch = Jitter.of(samples.rows(rows), plan, number);
    try (Tensor x = batch.inputs(plan.dtype());
        GradientTape tape = GradientTape.record();
        Tensor logits = network.forward(x, true);
        Tensor loss = Losses.crossEntropy(logits, batch.labels())) {
      optimizer.zeroGrad();
      tape.backward(loss);
      optimizer.step();
      curve.losses().add(checked(loss.item(), number));
    }
  }

  private double checked(double loss, int step) {
    if (!Double.isFinite(loss)) {
      throw new InputException(
          "train " + plan.activation(),
          "the loss is " + loss + " in step " + (step + 1) + ", the weights ran away",
          "choose another activation or seed");
    }
    return loss;
  }

  /** The numbers below n in the order that the key draws, by Fisher and Yates. */
  static int[] shuffled(int n, RandomKey key) {
    double[] uniform = new double[n];
    key.fillUniform(uniform);
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      order[i] = i;
    }
    for (int i = n - 1; i > 0; i--) {
      int other = (int) (uniform[i] * (i + 1));
      int moved = order[i];
      order[i] = order[other];
      order[other] = moved;
    }
    return order;
  }
}
