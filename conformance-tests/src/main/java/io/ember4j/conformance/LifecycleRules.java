package io.ember4j.conformance;

import io.ember4j.ClosedTensorException;
import io.ember4j.DType;
import io.ember4j.Ops;
import io.ember4j.Tensor;
import io.ember4j.activation.Activations;
import java.util.Arrays;
import java.util.List;

/** LC: when a tensor's values live and who shares them; {@link InPlaceRules} has the rest. */
final class LifecycleRules {
  private LifecycleRules() {}

  static List<Rule> rules() {
    return List.of(
        new Rule(
            "LC-1.use-after-close",
            "Using a closed tensor, empty or not, is a ClosedTensorException that names its shape;"
                + " closing twice does nothing.",
            "checked by the api: nothing a backend does should change it",
            subject -> useAfterClose()),
        new Rule(
            "LC-2.shared",
            "A reshape outlives its closed base, and a base its closed reshapes, while other"
                + " tensors take and return memory.",
            "release frees a buffer twice, or recycles one that is held",
            subject -> shared()),
        new Rule(
            "LC-7.closed-meanwhile",
            "A tensor that one thread closes while others compute with it gives the right result or"
                + " a ClosedTensorException, never other values.",
            "release recycles memory that a running operation reads",
            subject -> closedMeanwhile()));
  }

  private static void useAfterClose() {
    for (long[] shape : List.of(new long[] {2, 3}, new long[] {0, 3}, new long[] {})) {
      Tensor x = Tensor.ones(shape);
      x.close();
      x.close();
      List<Checks.Action> uses =
          List.of(
              x::toFloatArray,
              x::toDoubleArray,
              () -> Ops.add(x, 1),
              () -> Ops.add(Tensor.scalar(1f), x),
              () -> Ops.sum(x),
              () -> Ops.argmax(x, 0),
              () -> Ops.softmax(x, 0),
              () -> Ops.reshape(x, -1),
              () -> Ops.transpose(x),
              () -> Ops.slice(x, 0, 0, 0),
              () -> Ops.concat(0, x),
              () -> Ops.matmul(x, x),
              () -> Ops.cast(x, DType.FLOAT64),
              () -> Ops.cast(x, DType.FLOAT32),
              () -> Activations.relu(x),
              () -> Activations.relu_(x),
              () -> Activations.gelu(x),
              () -> Activations.softmax(x, 0, 2.0));
      for (int i = 0; i < uses.size(); i++) {
        String what = "use " + i + " of a closed tensor";
        Checks.refuses(ClosedTensorException.class, what, uses.get(i), Arrays.toString(shape));
      }
    }
  }

  private static void shared() {
    for (DType dtype : DType.values()) {
      double[] values = Naive.count(68, 1, 1);
      long[] shape = {4, 17};
      Tensor base = Checks.tensor(dtype, values, 68);
      Tensor first = base.reshape(4, 17);
      Tensor second = first.reshape(17, 4);
      base.close();
      second.close();
      churn(dtype);
      Checks.same("reshape of a closed base", dtype, shape, values, first);
      try (Tensor sum = Ops.add(first, 0)) {
        first.close();
        churn(dtype);
        Checks.same("sum of a closed tensor", dtype, shape, values, sum);
      }
      Tensor scalar = Tensor.full(2, dtype);
      Ops.softmax(scalar, 0).close();
      Tensor changed = Activations.threshold_(scalar, 3, 0);
      Checks.same("after softmax of it", dtype, new long[0], new double[] {0}, changed);
      scalar.close();
    }
  }

  /** Takes, fills and returns memory of the size that was just returned. */
  private static void churn(DType dtype) {
    for (int i = 0; i < 20; i++) {
      try (Tensor junk = Tensor.full(-7, dtype, 68);
          Tensor more = Ops.mul(junk, 3)) {
        Checks.same("mul", dtype, new long[] {68}, Naive.count(68, -21, 0), more);
      }
    }
  }

  private static void closedMeanwhile() throws InterruptedException {
    for (DType dtype : DType.values()) {
      for (int round = 0; round < 50; round++) {
        int size = 1000;
        Tensor x = Tensor.full(3, dtype, size);
        double[] expected = Naive.count(size, 4, 0);
        Threads.run(
            3,
            i -> {
              if (i == 0) {
                x.close();
                for (int j = 0; j < 5; j++) {
                  Tensor.full(-100, dtype, size).close();
                }
                return;
              }
              for (int j = 0; j < 5; j++) {
                try (Tensor sum = Ops.add(x, 1)) {
                  Checks.same("add", dtype, new long[] {size}, expected, sum);
                } catch (ClosedTensorException e) {
                  return;
                }
              }
            });
      }
    }
  }
}
