package io.ember4j.backend.pure;

import io.ember4j.DType;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * A float64 kernel, and what it states about itself.
 *
 * @param routine the function by a routine that shares nothing with the kernel, within 1 ULP
 * @param ulp the bound of the kernel's error
 * @param floor the absolute error that it may have all the same for |x| &lt; 2, where its zero is
 * @param limits the results at -inf, -0.0, 0.0 and inf
 */
record DoubleKernel(
    String name,
    UnaryOperator<Value> kernel,
    DoubleUnaryOperator routine,
    double ulp,
    double floor,
    List<Double> limits) {

  private static final double ROUTINE_ULP = 1;

  /** Returns the inputs that {@link #limits} are the results of. */
  static double[] special() {
    return new double[] {Double.NEGATIVE_INFINITY, -0.0, 0, Double.POSITIVE_INFINITY};
  }

  /** Returns doubles of all sizes, then evenly spaced ones where most functions are of interest. */
  static double[] sample() {
    DoubleStream all =
        LongStream.range(0, 100_000)
            .mapToDouble(i -> Double.longBitsToDouble(i * 0x9E3779B97F4A7C15L));
    DoubleStream sizes =
        LongStream.range(0, 200_000)
            .mapToDouble(i -> Math.pow(2, -60 + i % 1999 * 0x1.1p-5) * (i % 2 == 0 ? 1.1 : -1.3));
    return Stream.of(
            all, sizes, DoubleStream.of(steps(-45, 45, 7e-4)), DoubleStream.of(steps(-2, 2, 3e-5)))
        .flatMapToDouble(values -> values)
        .toArray();
  }

  static double[] steps(double low, double high, double step) {
    return LongStream.range(0, (long) ((high - low) / step))
        .mapToDouble(i -> low + i * step)
        .toArray();
  }

  /** Returns the results of the scalar loop. */
  double[] results(double... x) {
    return run(x, new ScalarWriter(DType.FLOAT64));
  }

  /** Returns the results of the SIMD loop; there has to be SIMD. */
  double[] vectorResults(double... x) {
    VectorWriter writer = VectorWriter.preferred(DType.FLOAT64);
    int whole = (x.length + writer.width() - 1) / writer.width() * writer.width();
    return Arrays.copyOf(run(Arrays.copyOf(x, whole), writer), x.length);
  }

  private double[] run(double[] x, InstructionWriter writer) {
    Value root = kernel.apply(new Code(DType.FLOAT64).input(0));
    double[] result = new double[x.length];
    LoopWriter.write(LoopShape.map(root, 1, 0), writer)
        .run(result, 0, new Object[] {x}, new int[] {0}, x.length);
    return result;
  }

  /** Returns why a result is wrong; empty if it is within the bound of a value of the routine. */
  String complaint(double x, double actual) {
    double expected = routine.applyAsDouble(x);
    if (Double.compare(actual, expected) == 0) {
      return "";
    }
    double difference = Math.abs(actual - expected);
    double spacing = Math.ulp(Math.min(Math.abs(expected), Double.MAX_VALUE));
    boolean nearZero = Math.abs(x) < 2 && difference <= floor;
    boolean right = difference / spacing <= ulp + ROUTINE_ULP || nearZero;
    return right ? "" : name + "(" + x + ") is " + actual + ", by the routine " + expected;
  }

  @Override
  public String toString() {
    return name;
  }
}
