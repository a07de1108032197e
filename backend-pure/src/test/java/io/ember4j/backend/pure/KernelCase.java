package io.ember4j.backend.pure;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;

/**
 * A float32 kernel, and what it states about itself.
 *
 * @param exact the function in double precision, by a routine that shares nothing with the kernel
 * @param ulp the bound of its error
 * @param floor the absolute error that it may have all the same for |x| &lt; 2, where its zero is
 * @param limits the results at -inf, -0.0, 0.0 and inf
 */
record KernelCase(
    String name,
    UnaryOperator<Value> kernel,
    DoubleUnaryOperator exact,
    double ulp,
    double floor,
    List<Float> limits) {

  /** Returns the inputs that {@link #limits} are the results of. */
  static float[] special() {
    return new float[] {Float.NEGATIVE_INFINITY, -0f, 0, Float.POSITIVE_INFINITY};
  }

  /** Returns why a result is wrong; empty if it is within the bound. */
  String complaint(float x, float actual) {
    double expected = exact.applyAsDouble(x);
    double error = KernelRun.errorInUlp(actual, expected);
    boolean nearZero = Math.abs(x) < 2 && Math.abs(actual - expected) <= floor;
    boolean right = error <= ulp || nearZero;
    return right ? "" : name + "(" + x + ") is " + actual + ", " + error + " ULP off";
  }

  float[] results(float... x) {
    return KernelRun.scalar(kernel, x);
  }

  @Override
  public String toString() {
    return name;
  }
}
