package io.ember4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ember4j.BackendInfo;
import io.ember4j.BackendScope;
import io.ember4j.Backends;
import io.ember4j.DType;
import io.ember4j.Execution;
import io.ember4j.Ops;
import io.ember4j.RandomKey;
import io.ember4j.Tensor;
import io.ember4j.activation.Activation;
import io.ember4j.activation.Activations;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The three backends against each other: two that keep their bounds are at most the sum of both
 * apart. What the exact values cannot show, that two of them answer different questions, shows
 * here.
 */
class CrossCheckTest {
  private static final List<String> BACKENDS = List.of("jblas", "nd4j", "pure");

  @Test
  void allThreeAreHere() {
    List<String> available = Backends.available().stream().map(BackendInfo::name).sorted().toList();
    assertEquals(BACKENDS, available);
  }

  @ParameterizedTest
  @EnumSource
  void activationsAgree(DType dtype) {
    int compared = 0;
    for (ActivationCase activation : ActivationCase.ELEMENTWISE) {
      for (String table : activation.tables()) {
        ReferenceTable reference = ReferenceTable.get(table, dtype);
        Activation function = Activations.get(activation.activation(), reference.parameters());
        double[][] results = new double[BACKENDS.size()][];
        double[] bounds = new double[BACKENDS.size()];
        for (int i = 0; i < results.length; i++) {
          results[i] = on(BACKENDS.get(i), () -> function.apply(Data.tensor(dtype, reference.x())));
          boolean whole = function.execution(BACKENDS.get(i), dtype) == Execution.NATIVE;
          bounds[i] = Bounds.of(whole ? table : Bounds.COMPOSED + table, dtype);
        }
        for (int i = 0; i < results.length; i++) {
          for (int j = i + 1; j < results.length; j++) {
            compare(table, reference.x(), dtype, i, j, results, bounds[i] + bounds[j]);
            compared++;
          }
        }
      }
    }
    assertTrue(compared >= 3 * ActivationCase.ELEMENTWISE.size(), "pairs compared: " + compared);
  }

  private static void compare(
      String table, double[] x, DType dtype, int i, int j, double[][] results, double bound) {
    for (int k = 0; k < x.length; k++) {
      double a = results[i][k];
      double b = results[j][k];
      if ((Double.isNaN(a) && Double.isNaN(b)) || a == b) {
        continue;
      }
      double spacing = Ulp.spacing(Math.max(Math.abs(a), Math.abs(b)), dtype);
      double limit = Ulp.largest(dtype);
      double distance = Math.abs(finite(a, limit) - finite(b, limit)) / spacing;
      String where =
          table
              + " at "
              + x[k]
              + ": "
              + BACKENDS.get(i)
              + " "
              + a
              + ", "
              + BACKENDS.get(j)
              + " "
              + b;
      assertTrue(distance <= bound, () -> where + ", " + distance + " ULP apart, bound " + bound);
    }
  }

  /** An infinity counts as the number that would come next, which is near the largest one. */
  private static double finite(double value, double limit) {
    return Math.max(-limit, Math.min(limit, value));
  }

  @ParameterizedTest
  @EnumSource
  void sumsProductsAndSoftmaxAgree(DType dtype) {
    double[] values = new double[37 * 53];
    RandomKey.of(1).fillNormal(values);
    Supplier<Tensor> product =
        () ->
            Ops.matmul(
                Data.tensor(dtype, values).reshape(37, 53),
                Data.tensor(dtype, values).reshape(53, 37));
    Supplier<Tensor> sums = () -> Ops.sum(Data.tensor(dtype, values).reshape(37, 53), 0);
    Supplier<Tensor> softmax = () -> Ops.softmax(Data.tensor(dtype, values).reshape(37, 53), 1);
    // Normal numbers: a row of 53 products or addends of size 4 at most 16.
    double tolerance = 2 * 53 * 16 * 53 * Ulp.epsilon(dtype);
    for (Supplier<Tensor> work : List.of(product, sums, softmax)) {
      double[] first = on(BACKENDS.get(0), work);
      for (String other : BACKENDS.subList(1, BACKENDS.size())) {
        double[] second = on(other, work);
        assertEquals(first.length, second.length);
        for (int k = 0; k < first.length; k++) {
          assertEquals(first[k], second[k], tolerance, other + " at " + k);
        }
      }
    }
  }

  private static double[] on(String backend, Supplier<Tensor> work) {
    try (BackendScope scope = Backends.use(backend);
        Tensor result = work.get()) {
      return result.toDoubleArray();
    }
  }
}
