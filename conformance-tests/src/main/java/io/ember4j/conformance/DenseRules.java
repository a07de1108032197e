package io.ember4j.conformance;

import io.ember4j.DType;
import io.ember4j.Tensor;
import io.ember4j.activation.Activations;
import io.ember4j.nn.Dense;
import io.ember4j.nn.Initializer;
import io.ember4j.nn.Layer;
import io.ember4j.nn.Sequential;
import java.util.List;

/** NN, second part: Dense, alone and with an activation. */
final class DenseRules {
  private DenseRules() {}

  static List<Rule> rules() {
    return List.of(
        new Rule(
            "NN-3.dense",
            "Dense is x W^T + b over the last axis for inputs of any rank, within the product's"
                + " bound; the same seed gives the same weights.",
            "matmul with the right operand transposed, and its epilogue",
            subject -> dense()),
        new Rule(
            "NN-4.fused",
            "Dense followed by an elementwise activation in Sequential equals the two computed"
                + " apart, within the product's bound.",
            "the epilogue of matmul, or the plan of bias and activation together",
            subject -> fused()));
  }

  private static void dense() {
    for (DType dtype : DType.values()) {
      for (Initializer initializer : Initializer.values()) {
        Dense layer = new Dense(17, 5, true, initializer, 3, dtype);
        Dense again = new Dense(17, 5, true, initializer, 3, dtype);
        double[] weight = layer.parameters().get("weight").value().toDoubleArray();
        Tensor same = again.parameters().get("weight").value();
        Checks.same("weight of the same seed", dtype, new long[] {5, 17}, weight, same);
        double[] bias = Naive.count(5, -1, 0.5);
        layer.parameters().get("bias").set(Checks.tensor(dtype, bias, 5));
        for (long[] lead :
            List.of(new long[] {}, new long[] {1}, new long[] {3}, new long[] {2, 4})) {
          dense(layer, dtype, weight, bias, lead);
        }
      }
    }
  }

  private static void dense(
      Dense layer, DType dtype, double[] weight, double[] bias, long... lead) {
    long[] in = java.util.Arrays.copyOf(lead, lead.length + 1);
    in[lead.length] = 17;
    long[] out = in.clone();
    out[lead.length] = 5;
    double[] values = Naive.random(dtype, Naive.size(in), 1, 2);
    double[] expected = new double[Naive.size(out)];
    double[] bounds = new double[expected.length];
    for (int i = 0; i < expected.length; i++) {
      expected[i] = bias[i % 5];
      bounds[i] = Math.abs(bias[i % 5]);
      for (int j = 0; j < 17; j++) {
        double product = values[i / 5 * 17 + j] * weight[i % 5 * 17 + j];
        expected[i] += product;
        bounds[i] += Math.abs(product);
      }
      bounds[i] *= 20 * Naive.unit(dtype);
    }
    try (Tensor x = Checks.tensor(dtype, values, in);
        Tensor y = layer.forward(x)) {
      Checks.form("Dense", dtype, out, y);
      Checks.within("Dense", dtype, out, expected, bounds, y.toDoubleArray());
    }
  }

  private static void fused() {
    for (DType dtype : DType.values()) {
      for (LayerTable.Row row : LayerTable.ROWS) {
        Layer activation = row.layer().get();
        if (Activations.get(row.name(), row.parameters()).expression().isPresent()) {
          fused(
              dtype,
              row.type(),
              new Dense(16, 33, true, Initializer.HE_NORMAL, 1, dtype),
              activation);
          fused(
              dtype,
              row.type(),
              new Dense(3, 4, false, Initializer.HE_NORMAL, 1, dtype),
              activation);
        }
      }
    }
  }

  private static void fused(DType dtype, String type, Dense dense, Layer activation) {
    long in = dense.parameters().get("weight").value().shape().extent(1);
    double[] values = Naive.random(dtype, 5 * (int) in, 1, 8);
    try (Tensor x = Checks.tensor(dtype, values, 5, in);
        Tensor actual = new Sequential(dense, activation).forward(x);
        Tensor linear = dense.forward(x);
        Tensor expected = activation.forward(linear)) {
      double[] wanted = expected.toDoubleArray();
      double[] bounds = new double[wanted.length];
      for (int i = 0; i < bounds.length; i++) {
        // |a| |b| is below 20 here, and the slopes of the activations below 2.
        bounds[i] = Naive.unit(dtype) * (80 * (in + 2) + 16 * Math.abs(wanted[i]));
      }
      long[] shape = expected.shape().toArray();
      Checks.form("Dense and " + type, dtype, shape, actual);
      Checks.within("Dense and " + type, dtype, shape, wanted, bounds, actual.toDoubleArray());
    }
  }
}
