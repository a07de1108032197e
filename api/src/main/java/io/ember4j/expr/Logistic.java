package io.ember4j.expr;

/**
 * The functions made of 1 / (1 + e<sup>-x</sup>), log(1 + e<sup>x</sup>) and tanh.
 *
 * <p>Each is one exponential of a non-positive argument in double-double, so nothing overflows, and
 * one rounding at the end. {@link SpecialFunctions} states their special cases and accuracy.
 */
final class Logistic {

  /** From here on 1 + e<sup>-x</sup> is 1 in double, even for the difference x - tanh(x). */
  private static final double SATURATED = 60;

  /** Below -40, log(1 + e<sup>x</sup>) is e<sup>x</sup> in double; above 40 it is x. */
  private static final double SOFTPLUS_SATURATED = 40;

  /** The multiples of 3 to 19 in Lambert's fraction that double precision needs for |x| &lt; 1. */
  private static final int LAMBERT_LAST = 19;

  static final DoubleDouble GELU_SIGMOID_SCALE =
      new DoubleDouble(0x1.b3b645a1cac08p+0, 0x1.89374bc6a7efap-55);

  /** 2 sqrt(2/pi). */
  static final DoubleDouble GELU_TANH_LINEAR =
      new DoubleDouble(0x1.9884533d43651p+0, -0x1.cbc0d30ebfd15p-54);

  /** 2 sqrt(2/pi) 0.044715. */
  static final DoubleDouble GELU_TANH_CUBIC =
      new DoubleDouble(0x1.2444f2a4d8b4bp-4, -0x1.6c843a29d1c70p-61);

  /** (atanh(z)/z - 1) / z² in powers of z², from {@code api/tools/special_functions.py}. */
  private static final double[] ATANH = {
    0x1.5555555555555p-2, 0x1.999999999999cp-3, 0x1.2492492491fe8p-3,
    0x1.c71c71c77e0f7p-4, 0x1.745d1724e5b21p-4, 0x1.3b13b7c41e111p-4,
    0x1.11103f2bddc9fp-4, 0x1.e2046677f3c39p-5, 0x1.ad46f379b316dp-5,
    0x1.9739afdde0110p-5, 0x1.0371f75936f6fp-5, 0x1.37efaea22dc4bp-4,
  };

  private Logistic() {}

  static double sigmoid(double x) {
    return timesSigmoid(1, new DoubleDouble(x, 0));
  }

  static double silu(double x) {
    return timesSigmoid(x, new DoubleDouble(x, 0));
  }

  static double geluSigmoid(double x) {
    double bounded = Math.max(-ScaledExp.LIMIT, Math.min(x, ScaledExp.LIMIT));
    return timesSigmoid(x, GELU_SIGMOID_SCALE.times(bounded));
  }

  static double geluTanh(double x) {
    double bounded = Math.max(-ScaledExp.LIMIT, Math.min(x, ScaledExp.LIMIT));
    DoubleDouble square = DoubleDouble.product(bounded, bounded);
    DoubleDouble slope = GELU_TANH_CUBIC.times(square).plus(GELU_TANH_LINEAR);
    return timesSigmoid(x, slope.times(bounded));
  }

  /** Returns {@code factor / (1 + e^-z)}, where a zero factor keeps its sign. */
  private static double timesSigmoid(double factor, DoubleDouble z) {
    if (factor == 0 || z.high() > SATURATED) {
      return factor;
    }
    if (z.high() < -ScaledExp.LIMIT) {
      return Math.copySign(0.0, factor);
    }
    if (z.high() < 0) {
      ScaledExp e = ScaledExp.of(z);
      return e.scale(factor, e.mantissa().dividedBy(e.unscaled().plus(1)));
    }
    DoubleDouble e = ScaledExp.of(z.negate()).unscaled();
    return DoubleDouble.ONE.dividedBy(e.plus(1)).timesRounded(factor);
  }

  static double mish(double x) {
    if (x == 0 || x > SATURATED) {
      return x;
    }
    if (x < -ScaledExp.LIMIT) {
      return -0.0;
    }
    if (x < 0) {
      // n / (n + 2) with n = e (e + 2), and one factor e left in its scaled form.
      ScaledExp scaled = ScaledExp.of(x);
      DoubleDouble e = scaled.unscaled();
      DoubleDouble shifted = e.plus(2);
      DoubleDouble denominator = e.times(shifted).plus(2);
      return scaled.scale(x, scaled.mantissa().times(shifted).dividedBy(denominator));
    }
    // The same quotient, both sides times e^-2x.
    DoubleDouble e = ScaledExp.of(-x).unscaled();
    DoubleDouble numerator = e.scaledBy(2).plus(1);
    DoubleDouble denominator = e.times(e).scaledBy(2).plus(numerator);
    return numerator.dividedBy(denominator).timesRounded(x);
  }

  static double softplus(double x) {
    if (x > SOFTPLUS_SATURATED) {
      return x;
    }
    if (x < -ScaledExp.LIMIT) {
      return 0;
    }
    ScaledExp e = ScaledExp.of(-Math.abs(x));
    if (x < -SOFTPLUS_SATURATED) {
      return e.scale(1, e.mantissa());
    }
    DoubleDouble logarithm = log1p(e.unscaled());
    return x > 0 ? logarithm.plus(x).value() : logarithm.value();
  }

  /** Returns log(1 + e) = 2 atanh(e / (2 + e)) for e in [0, 1]. */
  private static DoubleDouble log1p(DoubleDouble e) {
    DoubleDouble z = e.dividedBy(e.plus(2)).scaledBy(2);
    double square = 0.25 * z.high() * z.high();
    return z.plus(z.high() * square * Polynomial.evaluate(ATANH, square));
  }

  static double tanhshrink(double x) {
    double size = Math.abs(x);
    if (size < 1) {
      return tanhshrinkNearZero(x);
    }
    double shifted = size - 1;
    if (size < SATURATED) {
      DoubleDouble e = ScaledExp.of(-2 * size).unscaled();
      DoubleDouble rest = e.scaledBy(2).dividedBy(e.plus(1));
      shifted = rest.plus(DoubleDouble.sum(size, -1)).value();
    }
    return Math.copySign(shifted, x);
  }

  /** Lambert's tanh(x) = x / (1 + s/(3 + s/(5 + ...))) with s = x², solved for x - tanh(x). */
  private static double tanhshrinkNearZero(double x) {
    if (x == 0) {
      return x;
    }
    DoubleDouble square = DoubleDouble.product(x, x);
    double fraction = LAMBERT_LAST;
    for (int odd = LAMBERT_LAST - 2; odd >= 5; odd -= 2) {
      fraction = odd + square.high() / fraction;
    }
    DoubleDouble denominator = square.plus(DoubleDouble.orderedSum(3, square.high() / fraction));
    return square.dividedBy(denominator).timesRounded(x);
  }
}
