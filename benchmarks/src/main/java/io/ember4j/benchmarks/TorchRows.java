package io.ember4j.benchmarks;

import io.ember4j.activation.Activation;
import io.ember4j.activation.Activations;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * An activation that works on rows, in both libraries and in double precision.
 *
 * @param activation ours, along the last axis
 * @param theirs PyTorch's
 * @param value the exact result of a row
 * @param gradient the exact gradient of a row for an upstream
 */
record TorchRows(
    Activation activation, UnaryOperator<Tensor> theirs, Value value, Gradient gradient) {
  /** Computes a row from a row. */
  interface Value {
    double[] of(double[] x);
  }

  /** Computes the gradient of a row. */
  interface Gradient {
    double[] of(double[] x, double[] upstream);
  }

  static final List<TorchRows> ALL =
      List.of(
          new TorchRows(
              Activations.get("softmax"),
              x -> torch.softmax(x, -1),
              TorchRows::softmax,
              TorchRows::softmaxGradient),
          new TorchRows(
              Activations.get("log_softmax"),
              x -> torch.log_softmax(x, -1),
              TorchRows::logSoftmax,
              TorchRows::logSoftmaxGradient),
          new TorchRows(
              Activations.get("softmin"),
              x -> torch.softmax(x.neg(), -1),
              x -> softmax(negated(x)),
              (x, u) -> negated(softmaxGradient(negated(x), u))),
          new TorchRows(
              Activations.get("glu"),
              x -> torch.glu(x, -1),
              TorchRows::glu,
              TorchRows::gluGradient));

  private static double[] softmax(double[] x) {
    double max = Arrays.stream(x).max().orElseThrow();
    double[] terms = Arrays.stream(x).map(v -> Math.exp(v - max)).toArray();
    double sum = Arrays.stream(terms).sum();
    return Arrays.stream(terms).map(t -> t / sum).toArray();
  }

  private static double[] softmaxGradient(double[] x, double[] u) {
    double[] y = softmax(x);
    double sum = 0;
    for (int i = 0; i < y.length; i++) {
      sum += u[i] * y[i];
    }
    double[] gradient = new double[y.length];
    for (int i = 0; i < y.length; i++) {
      gradient[i] = y[i] * (u[i] - sum);
    }
    return gradient;
  }

  /** x - log(sum), where the largest is taken out of the sum to keep its digits. */
  private static double[] logSoftmax(double[] x) {
    double max = Arrays.stream(x).max().orElseThrow();
    double others = Arrays.stream(x).map(v -> Math.exp(v - max)).sum() - 1;
    return Arrays.stream(x).map(v -> v - max - Math.log1p(others)).toArray();
  }

  private static double[] logSoftmaxGradient(double[] x, double[] u) {
    double[] y = softmax(x);
    double sum = Arrays.stream(u).sum();
    double[] gradient = new double[y.length];
    for (int i = 0; i < y.length; i++) {
      gradient[i] = u[i] - y[i] * sum;
    }
    return gradient;
  }

  private static double[] glu(double[] x) {
    int half = x.length / 2;
    double[] result = new double[half];
    for (int i = 0; i < half; i++) {
      result[i] = x[i] * sigmoid(x[half + i]);
    }
    return result;
  }

  private static double[] gluGradient(double[] x, double[] u) {
    int half = x.length / 2;
    double[] gradient = new double[x.length];
    for (int i = 0; i < half; i++) {
      double gate = sigmoid(x[half + i]);
      gradient[i] = u[i] * gate;
      gradient[half + i] = u[i] * x[i] * gate * sigmoid(-x[half + i]);
    }
    return gradient;
  }

  private static double sigmoid(double x) {
    return x < 0 ? Math.exp(x) / (1 + Math.exp(x)) : 1 / (1 + Math.exp(-x));
  }

  private static double[] negated(double[] x) {
    return Arrays.stream(x).map(v -> -v).toArray();
  }
}
