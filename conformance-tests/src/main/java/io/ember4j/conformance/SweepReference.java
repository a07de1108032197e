package io.ember4j.conformance;

import static java.util.Map.entry;

import io.ember4j.expr.SpecialFunctions;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/**
 * What a swept function should be, in double precision: plain formulas, and the routines of {@link
 * SpecialFunctions} where a plain formula would cancel.
 *
 * <p>No backend computes any of it. The error is below 2^-20 ULP of float32, as a test finds
 * against {@link Oracle} and the reference tables; parameters are rounded to float32, as a backend
 * is given them.
 *
 * @param value the function
 * @param gradient its derivative: the gradient for upstream 1
 * @param domain where the derivative is defined: at NaN and from here on, and -0 is below 0
 * @param cost the rough time of one input, the cheapest being 1
 */
record SweepReference(
    DoubleUnaryOperator value, DoubleUnaryOperator gradient, double domain, int cost) {
  private static final double SLOPE = 0.01f;
  private static final double MEAN_SLOPE = (float) ((1.0 / 8 + 1.0 / 3) / 2);
  private static final double THRESHOLD = 0.1f;
  private static final double SELU_SCALE = 1.0507009873554805;
  private static final double SELU_ALPHA = 1.6732632423543772;
  private static final DoubleUnaryOperator ERF_SLOPE = SpecialFunctions::erfDerivative;

  /** By the names of {@link SweepFunction}. */
  static final Map<String, SweepReference> ALL =
      Map.ofEntries(
          entry("relu", cheap(x -> x < 0 ? 0 : x, x -> piece(x, 0, 0, x, 1))),
          entry("leaky_relu", leaky(SLOPE)),
          entry("prelu", leaky(0.25)),
          entry("rrelu", leaky(MEAN_SLOPE)),
          entry("relu6", cheap(x -> clip(x, 0, 6), x -> between(x, 0, 6, 1))),
          entry("threshold", cheap(SweepReference::threshold, x -> piece(x, THRESHOLD, 0, x, 1))),
          entry("hardtanh", cheap(x -> clip(x, -1, 1), x -> between(x, -1, 1, 1))),
          entry("hardsigmoid", cheap(x -> clip(x + 3, 0, 6) / 6, x -> between(x, -3, 3, 1 / 6.0))),
          entry("hardswish", cheap(SweepReference::hardswish, SweepReference::hardswishSlope)),
          entry("hardshrink", cheap(x -> Math.abs(x) <= 0.5 ? 0 : x, SweepReference::beyondHalf)),
          entry("softshrink", cheap(x -> x - clip(x, -0.5, 0.5), SweepReference::beyondHalf)),
          entry("softsign", cheap(SweepReference::softsign, x -> square(1 / (1 + Math.abs(x))))),
          entry("abs", cheap(Math::abs, Math::signum)),
          entry("sqrt", new SweepReference(Math::sqrt, x -> 0.5 / Math.sqrt(x), 0, 1)),
          entry("exp", smooth(Math::exp, Math::exp)),
          entry("log", new SweepReference(Math::log, x -> 1 / x, 0, 2)),
          entry("expm1", smooth(Math::expm1, Math::exp)),
          entry("log1p", new SweepReference(Math::log1p, x -> 1 / (1 + x), -1, 2)),
          entry("elu", smooth(x -> x > 0 ? x : Math.expm1(x), x -> x > 0 ? 1 : Math.exp(x))),
          entry("celu", smooth(x -> x > 0 ? x : Math.expm1(x), x -> x > 0 ? 1 : Math.exp(x))),
          entry("selu", smooth(SweepReference::selu, SweepReference::seluSlope)),
          entry("tanh", smooth(Math::tanh, SpecialFunctions::tanhDerivative)),
          entry("tanhshrink", hard(SpecialFunctions::tanhshrink, x -> square(Math.tanh(x)))),
          entry(
              "lecun_tanh",
              hard(x -> 1.7159 * Math.tanh(2 * x / 3), SpecialFunctions::lecunTanhDerivative)),
          entry("sigmoid", hard(SpecialFunctions::sigmoid, SpecialFunctions::sigmoidDerivative)),
          entry(
              "log_sigmoid", hard(SpecialFunctions::logSigmoid, x -> SpecialFunctions.sigmoid(-x))),
          entry("log1pexp", hard(SpecialFunctions::softplus, SpecialFunctions::sigmoid)),
          entry(
              "softplus",
              hard(
                  x -> x > 20 ? x : SpecialFunctions.softplus(x),
                  x -> x > 20 ? 1 : SpecialFunctions.sigmoid(x))),
          entry("silu", hard(SpecialFunctions::silu, SpecialFunctions::siluDerivative)),
          entry("mish", hard(SpecialFunctions::mish, SpecialFunctions::mishDerivative)),
          entry("gelu", hard(SpecialFunctions::gelu, SpecialFunctions::geluDerivative)),
          entry(
              "gelu_tanh", hard(SpecialFunctions::geluTanh, SpecialFunctions::geluTanhDerivative)),
          entry(
              "gelu_sigmoid",
              hard(SpecialFunctions::geluSigmoid, SpecialFunctions::geluSigmoidDerivative)),
          entry("erf", hard(SpecialFunctions::erf, ERF_SLOPE)),
          entry("erfc", hard(SpecialFunctions::erfc, x -> -ERF_SLOPE.applyAsDouble(x))),
          entry("ndtr", hard(SpecialFunctions::ndtr, SpecialFunctions::normalPdf)));

  private static SweepReference cheap(DoubleUnaryOperator value, DoubleUnaryOperator gradient) {
    return new SweepReference(value, gradient, Double.NEGATIVE_INFINITY, 1);
  }

  /** Of the JDK's functions. */
  private static SweepReference smooth(DoubleUnaryOperator value, DoubleUnaryOperator gradient) {
    return new SweepReference(value, gradient, Double.NEGATIVE_INFINITY, 2);
  }

  /** Of routines in double-double. */
  private static SweepReference hard(DoubleUnaryOperator value, DoubleUnaryOperator gradient) {
    return new SweepReference(value, gradient, Double.NEGATIVE_INFINITY, 3);
  }

  private static SweepReference leaky(double slope) {
    return cheap(x -> x > 0 ? x : x * slope, x -> piece(x, 0, slope, x, 1));
  }

  /** Returns {@code above} for x beyond the limit, else {@code below}; x itself if that is NaN. */
  private static double piece(double x, double limit, double below, double nan, double above) {
    return x > limit ? above : x <= limit ? below : nan;
  }

  /** Returns the slope between the bounds, 0 at and beyond them. */
  private static double between(double x, double low, double high, double slope) {
    return x <= low || x >= high ? 0 : piece(x, low, 0, x, slope);
  }

  /** Returns x at a bound, so that a zero keeps its sign. */
  private static double clip(double x, double low, double high) {
    return x < low ? low : x > high ? high : x;
  }

  private static double square(double x) {
    return x * x;
  }

  private static double threshold(double x) {
    return x <= THRESHOLD ? 20 : x;
  }

  private static double hardswish(double x) {
    return x >= 3 ? x : x <= -3 ? -0.0 : x * (x + 3) / 6;
  }

  private static double hardswishSlope(double x) {
    return x >= 3 ? 1 : x <= -3 ? 0 : (2 * x + 3) / 6;
  }

  private static double beyondHalf(double x) {
    return piece(Math.abs(x), 0.5, 0, x, 1);
  }

  private static double softsign(double x) {
    return Double.isInfinite(x) ? Math.signum(x) : x / (1 + Math.abs(x));
  }

  private static double selu(double x) {
    return x > 0 ? SELU_SCALE * x : SELU_SCALE * SELU_ALPHA * Math.expm1(x);
  }

  private static double seluSlope(double x) {
    return x > 0 ? SELU_SCALE : SELU_SCALE * SELU_ALPHA * Math.exp(x);
  }
}
