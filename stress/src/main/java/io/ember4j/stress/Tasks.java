package io.ember4j.stress;

import io.ember4j.BackendScope;
import io.ember4j.Backends;
import io.ember4j.ClosedTensorException;
import io.ember4j.DType;
import io.ember4j.GradientTape;
import io.ember4j.Ops;
import io.ember4j.Tensor;
import io.ember4j.activation.Activations;
import io.ember4j.expr.Expr;
import java.util.List;
import java.util.Random;

/**
 * Computations whose results are known without any backend: whole numbers, which every order of a
 * sum gives exactly, and values of softmax that add up to 1.
 */
final class Tasks {
  private static final int[] SIZES = {1, 17, 64, 255, 1000, 4096, 20_000};

  private Tasks() {}

  /** A computation, which throws an {@link AssertionError} if its result is wrong. */
  interface Task {
    void run(Random random, String other);
  }

  /** Those that close everything that they make. */
  static final List<Task> CLOSING =
      List.of(
          (random, other) -> elementwise(random),
          (random, other) -> matmul(random),
          (random, other) -> softmax(random),
          (random, other) -> inPlace(random),
          (random, other) -> freshExpression(random),
          (random, other) -> layout(random));

  /** Those that leave something to the garbage collector, or use another backend too. */
  static final List<Task> OTHERS =
      List.of(
          (random, other) -> gradient(random), Tasks::transfer, (random, other) -> closed(random));

  private static float[] count(Random random, int size) {
    int start = random.nextInt(100) - 50;
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = start + i % 13;
    }
    return values;
  }

  private static int size(Random random) {
    return SIZES[random.nextInt(SIZES.length)];
  }

  private static void same(String what, float expected, float actual) {
    if (Float.compare(expected, actual) != 0) {
      throw new AssertionError(
          what + " on " + Backends.current().name() + ": expected " + expected + ", got " + actual);
    }
  }

  private static void elementwise(Random random) {
    float[] values = count(random, size(random));
    try (Tensor x = Tensor.of(values);
        Tensor relu = Activations.relu(x);
        Tensor product = Ops.mul(relu, x);
        Tensor sum = Ops.sum(product);
        Tensor max = Ops.max(product)) {
      double total = 0;
      float most = 0;
      float[] products = product.toFloatArray();
      for (int i = 0; i < values.length; i++) {
        float expected = values[i] > 0 ? values[i] * values[i] : 0;
        same("relu(x) x", expected, products[i] + 0f);
        total += expected;
        most = Math.max(most, expected);
      }
      same("max", most, max.toFloatArray()[0] + 0f);
      if (total < 1 << 24) {
        same("sum", (float) total, sum.toFloatArray()[0] + 0f);
      }
    }
  }

  private static void matmul(Random random) {
    int m = 1 + random.nextInt(40);
    int k = 1 + random.nextInt(40);
    int n = 1 + random.nextInt(40);
    float[] a = count(random, m * k);
    float[] b = count(random, k * n);
    try (Tensor x = Tensor.of(a, m, k);
        Tensor y = Tensor.of(b, k, n);
        Tensor product = Ops.matmul(x, y)) {
      float[] values = product.toFloatArray();
      for (int i = 0; i < values.length; i++) {
        double sum = 0;
        for (int p = 0; p < k; p++) {
          sum += (double) a[i / n * k + p] * b[p * n + i % n];
        }
        same("matmul", (float) sum, values[i] + 0f);
      }
    }
  }

  private static void softmax(Random random) {
    int n = 1 + random.nextInt(200);
    try (Tensor x = Tensor.of(count(random, 7 * n), 7, n);
        Tensor y = Ops.softmax(x, 1)) {
      float[] values = y.toFloatArray();
      for (int row = 0; row < 7; row++) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
          sum += values[row * n + i];
        }
        if (!(Math.abs(sum - 1) < 1e-5)) {
          throw new AssertionError(
              "softmax on " + Backends.current().name() + ": a row adds up to " + sum);
        }
      }
    }
  }

  private static void inPlace(Random random) {
    float[] values = count(random, size(random));
    try (Tensor x = Tensor.of(values)) {
      Activations.relu_(x);
      float[] changed = x.toFloatArray();
      for (int i = 0; i < values.length; i++) {
        same("relu_", Math.max(values[i], 0), changed[i] + 0f);
      }
    }
  }

  /** An expression that no cache has seen. */
  private static void freshExpression(Random random) {
    float factor = random.nextInt(1000);
    float summand = random.nextInt(1000);
    Expr expression = Expr.input(0).times(factor).plus(summand);
    float[] values = count(random, size(random));
    try (Tensor x = Tensor.of(values);
        Tensor y = Ops.evaluate(expression, x)) {
      float[] results = y.toFloatArray();
      for (int i = 0; i < values.length; i++) {
        same("a x + b", values[i] * factor + summand, results[i] + 0f);
      }
    }
  }

  private static void layout(Random random) {
    int rows = 1 + random.nextInt(50);
    int columns = 1 + random.nextInt(50);
    float[] values = count(random, rows * columns);
    try (Tensor x = Tensor.of(values, rows, columns);
        Tensor turned = Ops.transpose(x);
        Tensor joined = Ops.concat(1, turned, turned)) {
      float[] twice = joined.toFloatArray();
      for (int i = 0; i < twice.length; i++) {
        int row = i / (2 * rows);
        int column = i % (2 * rows) % rows;
        same("concat of a transpose", values[column * columns + row], twice[i]);
      }
    }
  }

  private static void gradient(Random random) {
    float[] values = count(random, size(random));
    try (Tensor x = Tensor.of(values);
        GradientTape tape = GradientTape.record()) {
      Tensor loss = Ops.sum(Ops.mul(x, x));
      float[] gradient = tape.gradient(loss, x).toFloatArray();
      for (int i = 0; i < values.length; i++) {
        same("gradient of x x", 2 * values[i], gradient[i] + 0f);
      }
    }
  }

  private static void transfer(Random random, String other) {
    float[] values = count(random, size(random));
    try (Tensor x = Tensor.of(values)) {
      if (random.nextBoolean()) {
        x.prefetch(other);
      }
      try (BackendScope scope = Backends.use(other);
          Tensor y = Ops.add(x, 1)) {
        float[] results = y.toFloatArray();
        for (int i = 0; i < values.length; i++) {
          same("x + 1 elsewhere", values[i] + 1, results[i] + 0f);
        }
      }
    }
  }

  /** A tensor that another thread closes gives the right result or an exception. */
  private static void closed(Random random) {
    float[] values = count(random, size(random));
    Tensor x = Tensor.of(values);
    Thread closing = new Thread(x::close, "soak-closing");
    closing.start();
    try (Tensor y = Ops.add(x, 1)) {
      float[] results = y.toFloatArray();
      for (int i = 0; i < values.length; i++) {
        same("x + 1 while x is closed", values[i] + 1, results[i] + 0f);
      }
    } catch (ClosedTensorException e) {
      // As it should.
    } finally {
      join(closing);
    }
    Tensor.full(random.nextInt(), DType.FLOAT32, values.length).close();
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
