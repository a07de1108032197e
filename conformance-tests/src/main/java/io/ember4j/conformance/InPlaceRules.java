package io.ember4j.conformance;

import io.ember4j.BackendScope;
import io.ember4j.Backends;
import io.ember4j.DType;
import io.ember4j.InPlaceException;
import io.ember4j.Ops;
import io.ember4j.Tensor;
import io.ember4j.activation.Activation;
import io.ember4j.activation.Activations;
import java.util.List;
import java.util.Optional;

/** LC, second part: changing values in place, and not otherwise. */
final class InPlaceRules {
  private InPlaceRules() {}

  static List<Rule> rules() {
    return List.of(
        new Rule(
            "LC-3.in-place",
            "Every activation with an in-place form computes the same bits in place, at every size"
                + " around SIMD widths.",
            "apply or evaluate when the result is one of its operands",
            subject -> inPlace()),
        new Rule(
            "LC-4.in-place-refused",
            "A change in place is refused while another tensor shares the values, or where it"
                + " would change shape or dtype; nothing has changed then.",
            "checked by the api: nothing a backend does should change it",
            subject -> inPlaceRefused()),
        new Rule(
            "LC-5.operands-stay",
            "No operation changes its operands.",
            "a kernel writes into an operand's memory",
            subject -> operandsStay()),
        new Rule(
            "LC-6.stale-copies",
            "After a change in place, a copy that was prefetched to another backend is not used"
                + " again.",
            "download or upload, or memory that two buffers share",
            InPlaceRules::staleCopies));
  }

  private static double[] samples(DType dtype, int size) {
    double[] special = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -0.0, 0};
    double[] values = Naive.random(dtype, size, 8, size);
    for (int i = 1; i < size; i += 3) {
      values[i] = special[i / 3 % special.length];
    }
    return values;
  }

  private static void inPlace() {
    for (String name : Activations.names()) {
      Activation activation = Activations.get(name, Activations.exampleParameters(name));
      if (activation.supportsInPlace()) {
        for (DType dtype : DType.values()) {
          for (int size : new int[] {1, 16, 17, 1000}) {
            inPlace(activation, dtype, size);
          }
        }
      }
    }
  }

  private static void inPlace(Activation activation, DType dtype, int size) {
    try (Tensor x = Checks.tensor(dtype, samples(dtype, size), size);
        Tensor same = Checks.tensor(dtype, samples(dtype, size), size);
        Tensor expected = activation.apply(x)) {
      Tensor result = activation.apply_(same);
      String what = activation.name() + " in place";
      Checks.isTrue(result == same, "%s does not return its argument", what);
      Checks.same(what, dtype, new long[] {size}, expected.toDoubleArray(), same);
    }
  }

  private static void inPlaceRefused() {
    for (DType dtype : DType.values()) {
      double[] values = {-1, 2};
      long[] shape = {2};
      try (Tensor x = Checks.tensor(dtype, values, 2)) {
        try (Tensor view = x.reshape(1, 2)) {
          Checks.refuses(
              InPlaceException.class, "relu_ of a base", () -> Activations.relu_(x), "share");
          Checks.refuses(
              InPlaceException.class, "relu_ of a view", () -> Activations.relu_(view), "share");
        }
        Checks.refuses(
            RuntimeException.class,
            "add_ of a larger operand",
            () -> Ops.evaluate_(NaiveProduct.BIASED, x, Tensor.zeros(3, 1)),
            "[2]",
            "[3, 1]");
        if (dtype == DType.FLOAT32) {
          Checks.refuses(
              InPlaceException.class,
              "add_ of float64 to float32",
              () -> Ops.evaluate_(NaiveProduct.BIASED, x, Tensor.scalar(1.0)),
              "float64");
        }
        Checks.same("refused in place", dtype, shape, values, x);
        Activations.relu_(x);
        Checks.same("relu_", dtype, shape, new double[] {0, 2}, x);
        Ops.evaluate_(NaiveProduct.BIASED, x, x);
        Checks.same("x plus itself in place", dtype, shape, new double[] {0, 4}, x);
      }
    }
  }

  private static void operandsStay() {
    for (DType dtype : DType.values()) {
      long[] shape = {2, 17, 2};
      double[] values = samples(dtype, 68);
      try (Tensor x = Checks.tensor(dtype, values, shape)) {
        for (String name : Activations.names()) {
          Activation activation = Activations.get(name, Activations.exampleParameters(name));
          activation.apply(x).close();
          Checks.same("the operand of " + name, dtype, shape, values, x);
        }
        List<Checks.Action> operations =
            List.of(
                () -> Ops.sum(x, 1).close(),
                () -> Ops.max(x, 0, 2).close(),
                () -> Ops.var(x, 1).close(),
                () -> Ops.softmax(x, 1).close(),
                () -> Ops.logSoftmax(x, 0).close(),
                () -> Ops.matmul(x, x, true, false).close(),
                () -> Ops.transpose(x).close(),
                () -> Ops.sub(x, x).close(),
                () -> Ops.where(x, x, x).close());
        for (int i = 0; i < operations.size(); i++) {
          run(operations.get(i));
          Checks.same("the operand of operation " + i, dtype, shape, values, x);
        }
      }
    }
  }

  private static void run(Checks.Action action) {
    try {
      action.run();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static void staleCopies(Subject subject) throws InterruptedException {
    Optional<String> other = Checks.other(subject);
    for (DType dtype : DType.values()) {
      long[] shape = {17};
      try (Tensor x = Tensor.full(-1, dtype, 17)) {
        other.ifPresent(x::prefetch);
        Activations.leakyRelu_(x, 2);
        Checks.same("change after a prefetch", dtype, shape, Naive.count(17, -2, 0), x);
        if (other.isPresent()) {
          try (BackendScope scope = Backends.use(other.get());
              Tensor there = Ops.mul(x, 1)) {
            Checks.same("read elsewhere", dtype, shape, Naive.count(17, -2, 0), there);
            Activations.leakyRelu_(x, 2);
          }
          Checks.same("changed elsewhere", dtype, shape, Naive.count(17, -4, 0), x);
          try (Tensor here = Ops.mul(x, 1)) {
            Checks.same("brought back", dtype, shape, Naive.count(17, -4, 0), here);
          }
        }
      }
    }
  }
}
