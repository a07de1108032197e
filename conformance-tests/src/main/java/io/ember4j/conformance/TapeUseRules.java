package io.ember4j.conformance;

import io.ember4j.BackendScope;
import io.ember4j.Backends;
import io.ember4j.DType;
import io.ember4j.GradientTape;
import io.ember4j.Ops;
import io.ember4j.Tensor;
import io.ember4j.nn.Parameter;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** TP-7 and TP-9: how gradients add up, and what a tape survives. */
final class TapeUseRules {
  private TapeUseRules() {}

  static List<Rule> rules() {
    return List.of(
        new Rule(
            "TP-7.several-uses",
            "The gradient of a tensor that was used several times is the sum over its uses; a result"
                + " on the way has a gradient too.",
            "ADD, by which gradients are summed",
            subject -> uses(Taped::of)),
        new Rule(
            "TP-7.accumulation",
            "Each backward adds to the gradients of the parameters, from one tape or several, until"
                + " zeroGrad; a parameter that took no part has none.",
            "ADD, or release of a buffer that is still in use",
            subject -> accumulation((tape, loss, p) -> tape.backward(loss))),
        new Rule(
            "TP-9.closed",
            "Gradients have the same bits if every tensor but the result was closed before.",
            "release returns memory that another tensor still holds",
            subject -> closed()),
        new Rule(
            "TP-9.backends",
            "What was recorded on one backend can be gone back on another, within the running"
                + " error; a gradient is computed by the backend in effect then, and lies there.",
            "upload or download",
            TapeUseRules::backends));
  }

  /** How rules go back; what a test of the rules replaces by something wrong. */
  @FunctionalInterface
  interface Backward {
    void run(GradientTape tape, Tensor loss, Parameter parameter);
  }

  private static final double[] X = {1, -2, 3, 4, 0.5, -1.5, 2, 6, -3};
  private static final long[] SHAPE = {3, 3};

  static void uses(Taped.Asking asking) {
    for (DType dtype : DType.values()) {
      double[] x = X;
      check(asking, dtype, "x + x", t -> Ops.add(t[0], t[0]), (i, u) -> 2 * u[i]);
      check(asking, dtype, "x * x", t -> Ops.mul(t[0], t[0]), (i, u) -> 2 * x[i] * u[i]);
      check(asking, dtype, "x - x", t -> Ops.sub(t[0], t[0]), (i, u) -> 0);
      check(
          asking,
          dtype,
          "x^4 + x^2 + 3 x",
          t -> {
            Tensor y = t[0].times(t[0]);
            return y.times(y).plus(y).plus(t[0].times(3));
          },
          (i, u) -> (4 * x[i] * x[i] * x[i] + 2 * x[i] + 3) * u[i]);
      check(
          asking,
          dtype,
          "x x^T",
          t -> Ops.matmul(t[0], t[0], false, true),
          (i, u) -> {
            double sum = 0;
            for (int k = 0; k < 3; k++) {
              sum += (u[i / 3 * 3 + k] + u[k * 3 + i / 3]) * x[k * 3 + i % 3];
            }
            return sum;
          });
      onTheWay(dtype);
    }
  }

  /** The gradient of element i, from the upstream. */
  private interface Expected {
    double of(int i, double... upstream);
  }

  private static void check(
      Taped.Asking asking,
      DType dtype,
      String what,
      Function<Tensor[], Tensor> function,
      Expected expected) {
    try (Tensor tensor = Checks.tensor(dtype, X, SHAPE)) {
      Taped taped = asking.of(Taped.Upstream.WHOLE, function, tensor);
      double[] wanted = new double[X.length];
      Arrays.setAll(wanted, i -> expected.of(i, taped.upstream()));
      // All numbers here are halves, so the sums are exact; zeros of both signs count as one.
      Checks.within(
          what, dtype, SHAPE, wanted, new double[wanted.length], taped.gradients().get(0));
    }
  }

  private static void onTheWay(DType dtype) {
    try (Tensor x = Checks.tensor(dtype, X, SHAPE);
        GradientTape tape = GradientTape.record()) {
      Tensor y = x.times(x);
      Tensor loss = Ops.sum(y.times(y));
      List<Tensor> gradients = tape.gradient(loss, List.of(y, x, y));
      double[] ofY = Arrays.stream(X).map(v -> 2 * v * v).toArray();
      double[] ofX = Arrays.stream(X).map(v -> 4 * v * v * v).toArray();
      Checks.same("a result on the way", dtype, SHAPE, ofY, gradients.get(0));
      Checks.same("the source before it", dtype, SHAPE, ofX, gradients.get(1));
      gradients.get(0).close();
      Checks.same("a source named twice", dtype, SHAPE, ofY, gradients.get(2));
      Tensor self = tape.gradient(loss, loss);
      Checks.same("the target itself", dtype, new long[0], new double[] {1}, self);
    }
  }

  static void accumulation(Backward backward) {
    for (DType dtype : DType.values()) {
      Parameter p = new Parameter("p", Checks.tensor(dtype, X, SHAPE));
      Parameter unused = new Parameter("unused", Checks.tensor(dtype, X, SHAPE));
      Checks.isTrue(p.grad() == null, "a gradient before backward: %s", p.grad());
      try (GradientTape tape = GradientTape.record()) {
        Tensor loss = Ops.sum(Ops.mul(p.value(), p.value()));
        unused.value();
        backward.run(tape, loss, p);
        grad("the first backward", dtype, p, 2, 0);
        backward.run(tape, loss, p);
        grad("the second backward", dtype, p, 4, 0);
        Tensor other = Ops.sum(Ops.mul(p.value(), 3));
        backward.run(tape, other, p);
        grad("another loss", dtype, p, 4, 3);
      }
      try (GradientTape tape = GradientTape.record()) {
        backward.run(tape, Ops.sum(Ops.mul(p.value(), 5)), p);
        grad("another tape", dtype, p, 4, 8);
        p.zeroGrad();
        Checks.isTrue(p.grad() == null, "zeroGrad left %s", p.grad());
        backward.run(tape, Ops.sum(p.value()), p);
        grad("after zeroGrad", dtype, p, 0, 1);
      }
      Checks.isTrue(unused.grad() == null, "a parameter that took no part has a gradient");
    }
  }

  private static void grad(String when, DType dtype, Parameter p, double slope, double offset) {
    double[] expected = Arrays.stream(X).map(v -> slope * v + offset).toArray();
    Checks.isTrue(p.grad() != null, "%s: no gradient", when);
    Checks.same("gradient after " + when, dtype, SHAPE, expected, p.grad());
  }

  private static void closed() {
    for (DType dtype : DType.values()) {
      double[] x = Naive.random(dtype, 12, 2, 81);
      double[] w = Naive.random(dtype, 12, 2, 82);
      double[][] open = gradients(dtype, x, w, false);
      double[][] closed = gradients(dtype, x, w, true);
      long[][] shapes = {{3, 4}, {4, 3}};
      for (int i = 0; i < 2; i++) {
        Checks.same("gradient after closing", dtype, shapes[i], open[i], closed[i]);
      }
    }
  }

  private static double[][] gradients(DType dtype, double[] x, double[] w, boolean close) {
    try (GradientTape tape = GradientTape.record()) {
      Tensor a = Checks.tensor(dtype, x, 3, 4);
      Tensor b = Checks.tensor(dtype, w, 4, 3);
      Tensor squares = Ops.mul(a, a);
      Tensor product = Ops.matmul(squares, b);
      Tensor softmax = Ops.softmax(product, 1);
      Tensor part = Ops.slice(softmax, 1, 0, 3, 2);
      Tensor most = Ops.max(part, 0);
      Tensor result = Ops.sum(Ops.exp(most));
      if (close) {
        for (Tensor tensor : List.of(a, b, squares, product, softmax, part, most)) {
          tensor.close();
        }
        // What was given back is used again.
        Checks.tensor(dtype, Naive.count(12, -9, 0), 3, 4);
        Checks.tensor(dtype, Naive.count(9, -9, 0), 3, 3);
      }
      List<Tensor> gradients = tape.gradient(result, List.of(a, b));
      return new double[][] {gradients.get(0).toDoubleArray(), gradients.get(1).toDoubleArray()};
    }
  }

  private static void backends(Subject subject) throws InterruptedException {
    Optional<String> other = Checks.other(subject);
    for (DType dtype : DType.values()) {
      crossing(dtype, subject.backend(), subject.backend());
      if (other.isPresent()) {
        crossing(dtype, subject.backend(), other.get());
        crossing(dtype, other.get(), subject.backend());
      }
    }
  }

  /** Records (x x) w, and goes back on another backend. */
  private static void crossing(DType dtype, String forward, String back) {
    double[] x = Naive.random(dtype, 12, 2, 83);
    double[] w = Naive.random(dtype, 20, 2, 84);
    double[] u = Naive.random(dtype, 15, 2, 85);
    Tensor a;
    Tensor result;
    Tensor upstream;
    Tensor b;
    try (BackendScope start = Backends.use(forward);
        GradientTape tape = GradientTape.record()) {
      a = Checks.tensor(dtype, x, 3, 4);
      b = Checks.tensor(dtype, w, 4, 5);
      upstream = Checks.tensor(dtype, u, 3, 5);
      result = Ops.matmul(Ops.mul(a, a), b);
      try (BackendScope end = Backends.use(back)) {
        long before = Backends.transfers();
        Tensor gradient = tape.gradient(result, upstream, List.of(a)).get(0);
        long brought = Backends.transfers() - before;
        Checks.isTrue(
            (brought > 0) != forward.equals(back),
            "recorded on %s, gone back on %s: %d transfers",
            forward,
            back,
            brought);
        before = Backends.transfers();
        Ops.neg(gradient).close();
        long then = Backends.transfers() - before;
        Checks.isTrue(then == 0, "the gradient of %s on %s was transferred", forward, back);
        Rounded.Sum[] sums = Rounded.Sum.zeros(12);
        for (int i = 0; i < 60; i++) {
          int to = i / 20 * 4 + i / 5 % 4;
          sums[to].add(Rounded.of(u[i / 20 * 5 + i % 5]).times(Rounded.of(w[i % 20])));
        }
        Rounded[] expected = new Rounded[12];
        for (int i = 0; i < 12; i++) {
          Rounded once = sums[i].total().times(Rounded.of(x[i]));
          expected[i] = once.plus(once);
        }
        String what = "recorded on " + forward + ", gone back on " + back;
        Rounded.check(what, dtype, new long[] {3, 4}, expected, gradient.toDoubleArray());
      }
    }
  }
}
