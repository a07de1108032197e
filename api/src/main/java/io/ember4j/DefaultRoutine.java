package io.ember4j;

import io.ember4j.expr.NamedFunction;
import io.ember4j.spi.Backend;
import io.ember4j.spi.Buffer;
import io.ember4j.spi.Operand;
import java.util.function.DoubleUnaryOperator;

/**
 * Computes a function that a backend lacks by its double-precision routine on the host: right, but
 * slow, and no evidence about the backend.
 */
final class DefaultRoutine {
  private DefaultRoutine() {}

  static void apply(NamedFunction function, Backend backend, Operand operand, Buffer result) {
    DoubleUnaryOperator routine = function.routine().orElseThrow();
    int size = Transfers.hostLength(result.size());
    if (operand instanceof Operand.View view) {
      int period = Transfers.hostLength(view.period());
      if (result.dtype() == DType.FLOAT32) {
        float[] in = new float[period];
        backend.download(view.buffer(), in);
        float[] out = new float[size];
        for (int i = 0; i < period; i++) {
          in[i] = (float) routine.applyAsDouble(in[i]);
        }
        for (int i = 0; i < size; i++) {
          out[i] = in[(int) (i / view.repeat() % period)];
        }
        backend.upload(out, result);
      } else {
        double[] in = new double[period];
        backend.download(view.buffer(), in);
        double[] out = new double[size];
        for (int i = 0; i < period; i++) {
          in[i] = routine.applyAsDouble(in[i]);
        }
        for (int i = 0; i < size; i++) {
          out[i] = in[(int) (i / view.repeat() % period)];
        }
        backend.upload(out, result);
      }
    } else if (operand instanceof Operand.Constant constant) {
      fill(backend, result, size, routine.applyAsDouble(constant.value()));
    }
  }

  private static void fill(Backend backend, Buffer result, int size, double value) {
    if (result.dtype() == DType.FLOAT32) {
      float[] out = new float[size];
      java.util.Arrays.fill(out, (float) value);
      backend.upload(out, result);
    } else {
      double[] out = new double[size];
      java.util.Arrays.fill(out, value);
      backend.upload(out, result);
    }
  }
}
