package io.ember4j.backend.pure;

import io.ember4j.DType;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/** Runs one-argument float32 kernels, and measures their results. */
final class KernelRun {

  private KernelRun() {}

  /** Returns the results of the scalar loop. */
  static float[] scalar(UnaryOperator<Value> kernel, float[] x) {
    return run(kernel, x, new ScalarWriter(DType.FLOAT32));
  }

  /** Returns the results of the SIMD loop; there has to be SIMD. */
  static float[] vector(UnaryOperator<Value> kernel, float[] x) {
    VectorWriter writer = VectorWriter.preferred(DType.FLOAT32);
    int whole = (x.length + writer.width() - 1) / writer.width() * writer.width();
    return Arrays.copyOf(run(kernel, Arrays.copyOf(x, whole), writer), x.length);
  }

  private static float[] run(UnaryOperator<Value> kernel, float[] x, InstructionWriter writer) {
    Value root = kernel.apply(new Code(DType.FLOAT32).input(0));
    float[] result = new float[x.length];
    LoopWriter.write(LoopShape.map(root, 1, 0), writer)
        .run(result, 0, new Object[] {x}, new int[] {0}, x.length);
    return result;
  }

  /** Returns all floats whose bits are a multiple of step, NaNs and infinities among them. */
  static float[] everyNth(int step) {
    float[] sample = new float[(int) ((1L << 32) / step) + 1];
    for (int i = 0; i < sample.length; i++) {
      sample[i] = Float.intBitsToFloat((int) ((long) i * step));
    }
    return sample;
  }

  /** Returns |actual - exact| in units of the spacing of floats at the exact value. */
  static double errorInUlp(float actual, double exact) {
    if (Double.isNaN(exact)) {
      return Float.isNaN(actual) ? 0 : Double.POSITIVE_INFINITY;
    }
    if (actual == (float) exact) {
      return Math.abs(exact) > Float.MAX_VALUE ? 0 : Math.abs(actual - exact) / ulp(exact);
    }
    double error = Math.abs(actual - exact) / ulp(exact);
    return Double.isNaN(error) ? Double.POSITIVE_INFINITY : error;
  }

  static double ulp(double exact) {
    return Math.scalb(1.0, Math.max(Math.getExponent(exact), Float.MIN_EXPONENT) - 23);
  }
}
