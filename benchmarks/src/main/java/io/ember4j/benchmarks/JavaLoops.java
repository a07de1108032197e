package io.ember4j.benchmarks;

import java.util.Map;
import org.jblas.FloatMatrix;
import org.jblas.MatrixFunctions;

/** Loops of the JDK alone, and the one activation of jblas. */
final class JavaLoops {
  static final Map<String, JavaLoop> JDK =
      Map.of(
          "relu", JavaLoops::relu,
          "leaky_relu", JavaLoops::leakyRelu,
          "elu", JavaLoops::elu,
          "sigmoid", JavaLoops::sigmoid,
          "silu", JavaLoops::silu,
          "softplus", JavaLoops::softplus,
          "tanh", JavaLoops::tanh,
          "gelu_tanh", JavaLoops::geluTanh);

  private JavaLoops() {}

  static Contender jblasTanh(Outputs outputs, float[] x) {
    FloatMatrix input = new FloatMatrix(x.length, 1, x);
    FloatMatrix target = new FloatMatrix(x.length, 1);
    return new Contender() {
      @Override
      public Object call() {
        return outputs == Outputs.RECYCLED
            ? MatrixFunctions.tanhi(target.copy(input))
            : MatrixFunctions.tanh(input);
      }

      @Override
      public float[] result() {
        return MatrixFunctions.tanh(input).data;
      }
    };
  }

  static void relu(float[] x, float[] y) {
    for (int i = 0; i < x.length; i++) {
      y[i] = Math.max(x[i], 0);
    }
  }

  static void leakyRelu(float[] x, float[] y) {
    for (int i = 0; i < x.length; i++) {
      y[i] = x[i] > 0 ? x[i] : 0.01f * x[i];
    }
  }

  static void elu(float[] x, float[] y) {
    for (int i = 0; i < x.length; i++) {
      y[i] = x[i] > 0 ? x[i] : (float) Math.expm1(x[i]);
    }
  }

  static void sigmoid(float[] x, float[] y) {
    for (int i = 0; i < x.length; i++) {
      y[i] = (float) (1 / (1 + Math.exp(-x[i])));
    }
  }

  static void silu(float[] x, float[] y) {
    for (int i = 0; i < x.length; i++) {
      y[i] = (float) (x[i] / (1 + Math.exp(-x[i])));
    }
  }

  static void softplus(float[] x, float[] y) {
    for (int i = 0; i < x.length; i++) {
      y[i] = (float) Math.log1p(Math.exp(x[i]));
    }
  }

  static void tanh(float[] x, float[] y) {
    for (int i = 0; i < x.length; i++) {
      y[i] = (float) Math.tanh(x[i]);
    }
  }

  static void geluTanh(float[] x, float[] y) {
    double scale = Math.sqrt(2 / Math.PI);
    for (int i = 0; i < x.length; i++) {
      double v = x[i];
      y[i] = (float) (0.5 * v * (1 + Math.tanh(scale * (v + 0.044715 * v * v * v))));
    }
  }
}
