package io.ember4j.conformance;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** The float32 inputs of a survey. */
final class SurveyInputs {
  /** Where e^-x is below the smallest number, and every activation has reached its limit. */
  static final double END = SurveyScale.place(125);

  private SurveyInputs() {}

  /** Returns so many numbers spread evenly over {@link SurveyScale}, without 0. */
  static double[] spread(int count) {
    return IntStream.range(0, count)
        .mapToDouble(i -> (float) SurveyScale.number(END * (2 * (i + 0.5) / count - 1)))
        .toArray();
  }

  /** Returns numbers of both signs and of every magnitude below those that are spread. */
  static double[] tiny() {
    return IntStream.range(Float.MIN_EXPONENT - 23, -9)
        .boxed()
        .flatMapToDouble(exponent -> DoubleStream.of(1, 1.3, 1.7).map(m -> scaled(m, exponent)))
        .flatMap(v -> DoubleStream.of(v, -v))
        .toArray();
  }

  private static double scaled(double m, int exponent) {
    return (float) Math.scalb(m, exponent);
  }

  /** Returns the numbers of both. */
  static double[] join(double[] a, double[] b) {
    double[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }
}
