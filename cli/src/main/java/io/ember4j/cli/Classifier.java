package io.ember4j.cli;

import io.ember4j.activation.Activation;
import io.ember4j.activation.Activations;
import io.ember4j.nn.AlphaDropout;
import io.ember4j.nn.Dense;
import io.ember4j.nn.Dropout;
import io.ember4j.nn.Initializer;
import io.ember4j.nn.Layer;
import io.ember4j.nn.Layers;
import io.ember4j.nn.Sequential;
import java.util.Map;
import java.util.TreeSet;

/** The network that {@code train} trains: two hidden layers. */
final class Classifier {
  private static final int FIRST = 256;
  private static final int SECOND = 64;
  private static final double DROPOUT = 0.05;

  private Classifier() {}

  /**
   * The activation's full name.
   *
   * @throws InputException if it cannot stand between the layers
   */
  static String checkedName(String name) {
    Map<String, Object> needed = Activations.exampleParameters(name);
    Activation activation = Activations.get(name, needed);
    if (!needed.isEmpty()) {
      throw new InputException(
          "--activation " + name,
          "it has parameters without defaults: "
              + String.join(", ", new TreeSet<>(needed.keySet())),
          "choose such as relu, gelu or selu");
    }
    // prelu works element by element too, but has a weight, which its layer holds.
    boolean elementwise = activation.expression().isPresent() || activation.name().equals("prelu");
    if (!elementwise) {
      throw new InputException(
          "--activation " + name,
          "it works along an axis, and a hidden layer needs one that works element by element",
          "choose such as relu, gelu or selu");
    }
    return activation.name();
  }

  /** A new network, its weights from the plan's seed. */
  static Sequential of(TrainingPlan plan) {
    Initializer initializer = initializer(plan.activation());
    return new Sequential(
        dense(Samples.COLUMNS, FIRST, initializer, plan, 0),
        activation(plan, 1),
        dropout(plan, 2),
        dense(FIRST, SECOND, initializer, plan, 3),
        activation(plan, 4),
        dropout(plan, 5),
        dense(SECOND, Samples.CLASSES, Initializer.LECUN_NORMAL, plan, 6));
  }

  /** The one under which the variance stays about the same from layer to layer. */
  private static Initializer initializer(String activation) {
    return switch (activation) {
      case "selu" -> Initializer.LECUN_NORMAL;
      case "tanh", "lecun_tanh", "hardtanh", "softsign", "sigmoid", "hardsigmoid" ->
          Initializer.GLOROT_NORMAL;
      default -> Initializer.HE_NORMAL;
    };
  }

  private static Layer dense(
      int in, int out, Initializer initializer, TrainingPlan plan, int position) {
    return new Dense(in, out, true, initializer, plan.layerSeed(position), plan.dtype());
  }

  private static Layer activation(TrainingPlan plan, int position) {
    Map<String, Object> settings =
        switch (plan.activation()) {
          case "prelu" -> Map.of("dtype", plan.dtype().toString());
          case "rrelu" -> Map.of("seed", plan.layerSeed(position));
          default -> Map.of();
        };
    return Layers.activation(plan.activation(), settings);
  }

  /** Plain dropout would move what selu keeps: mean 0 and variance 1. */
  private static Layer dropout(TrainingPlan plan, int position) {
    long seed = plan.layerSeed(position);
    return plan.activation().equals("selu")
        ? new AlphaDropout(DROPOUT, false, seed)
        : new Dropout(DROPOUT, false, seed);
  }
}
