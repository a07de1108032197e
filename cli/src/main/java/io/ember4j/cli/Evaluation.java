package io.ember4j.cli;

import io.ember4j.DType;
import io.ember4j.Ops;
import io.ember4j.Tensor;
import io.ember4j.nn.Layer;
import io.ember4j.train.Losses;

/**
 * How well a network does on samples, at inference.
 *
 * @param loss the mean cross entropy
 * @param accuracy the share of samples whose class it finds, in percent
 */
record Evaluation(double loss, double accuracy) {
  static Evaluation of(Layer network, Samples samples, DType dtype) {
    try (Tensor x = samples.inputs(dtype);
        Tensor logits = network.forward(x);
        Tensor loss = Losses.crossEntropy(logits, samples.labels())) {
      long[] found = Ops.argmax(logits, 1);
      int right = 0;
      for (int i = 0; i < found.length; i++) {
        right += found[i] == samples.labels()[i] ? 1 : 0;
      }
      return new Evaluation(loss.item(), 100.0 * right / found.length);
    }
  }
}
