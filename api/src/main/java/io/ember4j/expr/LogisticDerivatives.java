package io.ember4j.expr;

/**
 * The derivatives of the functions made of 1 / (1 + e<sup>-x</sup>), log(1 + e<sup>x</sup>) and
 * tanh.
 *
 * <p>As in {@link Logistic}, each is one exponential of a non-positive argument in double-double,
 * and one rounding at the end; about its zero, a derivative is its {@link Minimum}'s polynomial.
 * {@link SpecialFunctions} states their special cases and accuracy.
 */
final class LogisticDerivatives {

  /** From here on 1 + z e<sup>-z</sup> is 1 in double, even for a few times z. */
  private static final double SATURATED = 60;

  private static final DoubleDouble FOUR_THIRDS =
      new DoubleDouble(0x1.5555555555555p+0, 0x1.5555555555555p-54);

  /** 1.7159 (2/3) 4. */
  private static final DoubleDouble LECUN_TANH_SCALE =
      new DoubleDouble(0x1.24d8d09f788f1p+2, 0x1.9050d3e654ec8p-52);

  private LogisticDerivatives() {}

  static double sigmoid(double x) {
    return bell(DoubleDouble.ONE, new DoubleDouble(Math.abs(x), 0));
  }

  static double tanh(double x) {
    return bell(new DoubleDouble(4, 0), new DoubleDouble(2 * Math.abs(x), 0));
  }

  static double lecunTanh(double x) {
    return bell(LECUN_TANH_SCALE, FOUR_THIRDS.times(Math.min(Math.abs(x), ScaledExp.LIMIT)));
  }

  /** Returns {@code factor * e^-z / (1 + e^-z)^2} for z &gt;= 0. */
  private static double bell(DoubleDouble factor, DoubleDouble z) {
    if (z.high() > ScaledExp.LIMIT) {
      return 0;
    }
    ScaledExp e = ScaledExp.of(z.negate());
    DoubleDouble root = e.unscaled().plus(1);
    return e.scale(1, e.mantissa().times(factor).dividedBy(root.times(root)));
  }

  static double silu(double x) {
    if (Minimum.SILU.isNear(x)) {
      return Minimum.SILU.derivative(x);
    }
    DoubleDouble z = new DoubleDouble(x, 0);
    return ofTimesSigmoid(z, z);
  }

  static double geluSigmoid(double x) {
    if (Minimum.GELU_SIGMOID.isNear(x)) {
      return Minimum.GELU_SIGMOID.derivative(x);
    }
    DoubleDouble z = Logistic.GELU_SIGMOID_SCALE.times(bounded(x));
    return ofTimesSigmoid(z, z);
  }

  static double geluTanh(double x) {
    if (Minimum.GELU_TANH.isNear(x)) {
      return Minimum.GELU_TANH.derivative(x);
    }
    double bounded = bounded(x);
    DoubleDouble square = DoubleDouble.product(bounded, bounded);
    DoubleDouble cubic = Logistic.GELU_TANH_CUBIC.times(square);
    DoubleDouble z = cubic.plus(Logistic.GELU_TANH_LINEAR).times(bounded);
    DoubleDouble slope = cubic.times(3).plus(Logistic.GELU_TANH_LINEAR);
    return ofTimesSigmoid(z, slope.times(bounded));
  }

  /** Returns x within the exponential's domain, beyond which the limits are long reached. */
  private static double bounded(double x) {
    return Math.max(-ScaledExp.LIMIT, Math.min(x, ScaledExp.LIMIT));
  }

  /**
   * Returns the derivative of x / (1 + e<sup>-z</sup>), where z is a function of x.
   *
   * @param w x z', of z's sign
   */
  private static double ofTimesSigmoid(DoubleDouble z, DoubleDouble w) {
    if (z.high() > SATURATED) {
      return 1;
    }
    if (z.high() < -ScaledExp.LIMIT) {
      return -0.0;
    }
    // s + w s (1 - s) with s = e / (1 + e) for e = e^z, or s = 1 / (1 + e) for e = e^-z.
    if (z.high() < 0) {
      ScaledExp scaled = ScaledExp.of(z);
      DoubleDouble root = scaled.unscaled().plus(1);
      DoubleDouble numerator = scaled.mantissa().times(root.plus(w));
      return scaled.scale(1, numerator.dividedBy(root.times(root)));
    }
    DoubleDouble e = ScaledExp.of(z.negate()).unscaled();
    DoubleDouble root = e.plus(1);
    return root.plus(e.times(w)).dividedBy(root.times(root)).value();
  }

  static double mish(double x) {
    if (Minimum.MISH.isNear(x)) {
      return Minimum.MISH.derivative(x);
    }
    if (x > SATURATED) {
      return 1;
    }
    if (x < -ScaledExp.LIMIT) {
      return -0.0;
    }
    if (x < 0) {
      // (n / (n + 2) + 2 x n' / (n + 2)^2) with n = e (e + 2) and n' = 2 e (e + 1).
      ScaledExp scaled = ScaledExp.of(x);
      DoubleDouble e = scaled.unscaled();
      DoubleDouble shifted = e.plus(2);
      DoubleDouble root = e.times(shifted).plus(2);
      DoubleDouble sum = shifted.times(root).plus(e.plus(1).times(x).scaledBy(4));
      return scaled.scale(1, scaled.mantissa().times(sum).dividedBy(root.times(root)));
    }
    // The same sum, with numerator and denominator times e^-4x.
    DoubleDouble e = ScaledExp.of(-x).unscaled();
    DoubleDouble square = e.times(e);
    DoubleDouble shifted = e.scaledBy(2).plus(1);
    DoubleDouble root = square.scaledBy(2).plus(shifted);
    DoubleDouble rest = e.plus(1).times(square).times(x).scaledBy(4);
    return shifted.times(root).plus(rest).dividedBy(root.times(root)).value();
  }
}
