package io.ember4j.conformance;

import io.ember4j.DType;
import io.ember4j.GradientTape;
import io.ember4j.Ops;
import io.ember4j.Tensor;
import io.ember4j.nn.Parameter;
import io.ember4j.train.Adam;
import io.ember4j.train.Optimizer;
import io.ember4j.train.SGD;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** TP-12: optimisers, step by step. */
final class TapeOptimizerRules {
  private static final int STEPS = 5;
  private static final int SIZE = 17;

  private TapeOptimizerRules() {}

  static List<Rule> rules() {
    return List.of(
        new Rule(
            "TP-12.sgd",
            "Five steps of SGD, plain, with momentum, Nesterov's and weight decay, are PyTorch's,"
                + " within the running error; a parameter without a gradient stays as it is.",
            "mul, add and sub with a scalar operand",
            subject -> sgd()),
        new Rule(
            "TP-12.adam",
            "Five steps of Adam, also with other betas and weight decay, are PyTorch's, within the"
                + " running error; the learning rate may change between steps.",
            "sqrt and div with a scalar operand",
            subject -> adam()));
  }

  /** How one parameter changes, a method that keeps its state. */
  private interface Update {
    Rounded next(double rate, Rounded value, Rounded gradient);
  }

  private static void sgd() {
    double[][] settings = {{0, 0, 0}, {0.9, 0, 0}, {0.9, 0.01, 0}, {0.9, 0.01, 1}, {0, 0.1, 0}};
    for (double[] s : settings) {
      boolean nesterov = s[2] != 0;
      check(
          "SGD " + Arrays.toString(s),
          p -> new SGD(p, 0.1, s[0], s[1], nesterov),
          () -> sgd(s[0], s[1], nesterov));
    }
  }

  private static Update sgd(double momentum, double decay, boolean nesterov) {
    Rounded[] velocity = new Rounded[1];
    return (rate, value, gradient) -> {
      Rounded g = decay == 0 ? gradient : gradient.plus(value.times(decay));
      if (momentum != 0) {
        velocity[0] = velocity[0] == null ? g : velocity[0].times(momentum).plus(g);
        g = nesterov ? g.plus(velocity[0].times(momentum)) : velocity[0];
      }
      return value.minus(g.times(rate));
    };
  }

  private static void adam() {
    double[][] settings = {{0.9, 0.999, 1e-8, 0}, {0.5, 0.75, 0.01, 0.1}, {0, 0, 1e-3, 0}};
    for (double[] s : settings) {
      check(
          "Adam " + Arrays.toString(s),
          p -> new Adam(p, 0.1, s[0], s[1], s[2], s[3]),
          () -> adam(s[0], s[1], s[2], s[3]));
    }
  }

  private static Update adam(double beta1, double beta2, double epsilon, double decay) {
    Rounded[] state = {Rounded.of(0), Rounded.of(0)};
    int[] step = {0};
    return (rate, value, gradient) -> {
      step[0]++;
      Rounded g = decay == 0 ? gradient : gradient.plus(value.times(decay));
      state[0] = state[0].plus(g.minus(state[0]).times(1 - beta1));
      state[1] = state[1].times(beta2).plus(g.times(g).times(1 - beta2));
      Rounded correction = Rounded.constant(Math.sqrt(1 - Math.pow(beta2, step[0])));
      Rounded denominator = state[1].sqrt().dividedBy(correction).plus(Rounded.constant(epsilon));
      double stepSize = rate / (1 - Math.pow(beta1, step[0]));
      return value.minus(state[0].dividedBy(denominator).times(stepSize));
    };
  }

  private static void check(
      String what,
      Function<List<Parameter>, Optimizer> make,
      java.util.function.Supplier<Update> update) {
    for (DType dtype : DType.values()) {
      double[] start = Naive.random(dtype, SIZE, 2, 111);
      Parameter p = new Parameter("p", Checks.tensor(dtype, start, SIZE));
      Parameter idle = new Parameter("idle", Checks.tensor(dtype, start, SIZE));
      Optimizer optimizer = make.apply(List.of(idle, p));
      Rounded[] expected = Rounded.of(start);
      Update[] updates = new Update[SIZE];
      Arrays.setAll(updates, i -> update.get());
      for (int step = 0; step < STEPS; step++) {
        double rate = step < 3 ? 0.1 : 0.03;
        optimizer.setLearningRate(rate);
        optimizer.zeroGrad();
        double[] gradient = Naive.random(dtype, SIZE, 2, 112 + step);
        try (GradientTape tape = GradientTape.record();
            Tensor factor = Checks.tensor(dtype, gradient, SIZE)) {
          tape.backward(Ops.sum(Ops.mul(p.value(), factor)));
          optimizer.step();
        }
        for (int i = 0; i < SIZE; i++) {
          expected[i] = updates[i].next(rate, expected[i], Rounded.of(gradient[i]));
        }
        String when = what + " after step " + (step + 1);
        long[] shape = {SIZE};
        Rounded.check(when, dtype, shape, expected, p.value().toDoubleArray());
        Checks.same("without a gradient", dtype, shape, start, idle.value());
      }
    }
  }
}
