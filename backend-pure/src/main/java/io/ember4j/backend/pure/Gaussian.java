package io.ember4j.backend.pure;

import io.ember4j.DType;

/**
 * An exponential e<sup>-c t²</sup> of a size t, raised by {@link ExpConstants#raise}: power times
 * (1 + excess).
 *
 * <p>Formula: the square is split by an FMA into s = t² rounded and the rest of it. Then s + rest =
 * z - n log(2) / c with an integer n, whose first step is exact, and excess = e<sup>-c z</sup> - 1
 * for |c z| &lt;= log(2)/2. Since c is a power of two, z needs no multiplication by it.
 *
 * <p>Source: the polynomial of {@link ExpConstants#expm1}.
 *
 * @param size |x|, limited to where all results underflow; NaN stays NaN
 * @param excess e<sup>-c z</sup> - 1
 * @param power 2<sup>n + raise</sup>
 */
record Gaussian(Value size, Value excess, Value power) {

  /** Returns e<sup>-x²/2</sup>. */
  static Gaussian ofHalfSquare(Value x) {
    return of(x, 0.5, x.code().dtype() == DType.FLOAT32 ? 15 : 39, 0);
  }

  /** Returns e<sup>-x²</sup>. */
  static Gaussian ofSquare(Value x) {
    return ofSquare(x, 0);
  }

  /** Returns e<sup>low - x²</sup>, where low is of the size of a rounding error. */
  static Gaussian ofSquare(Value x, double low) {
    return of(x, 1, x.code().dtype() == DType.FLOAT32 ? 11 : 27.5, -low);
  }

  private static Gaussian of(Value x, double c, double limit, double low) {
    ExpConstants constants = ExpConstants.of(x);
    Value magnitude = x.abs();
    Value size = magnitude.gt(limit).select(limit, magnitude);
    Value square = size.times(size);
    Value rest = size.fma(size, square.negate());
    if (low != 0) {
      rest = rest.plus(low);
    }
    Value rounder = x.code().constant(constants.rounder(constants.raise()));
    Value rounded = square.fma(-c * constants.log2e().high(), rounder);
    Value n = rounded.minus(rounder);
    // Exact, as in Reduced: both terms are multiples of one ulp and close to each other.
    Value high = n.fma(constants.ln2().high() / c, square);
    Value z = high.plus(n.fma(constants.ln2().low() / c, rest));
    Value excess = z.times(z.polynomial(coefficients(constants.expm1(), c)));
    Value power = rounded.toBits().shiftLeft(constants.fractionBits()).fromBits();
    return new Gaussian(size, excess, power);
  }

  /** Returns (e<sup>-c z</sup> - 1) / z in powers of z. */
  private static double[] coefficients(double[] expm1, double c) {
    double[] coefficients = new double[expm1.length + 1];
    coefficients[0] = -c;
    for (int i = 0; i < expm1.length; i++) {
      coefficients[i + 1] = expm1[i] * Math.pow(-c, i + 2);
    }
    return coefficients;
  }

  /** Returns factor e<sup>-c t²</sup>, still raised. */
  Value times(Value factor) {
    return excess.fma(factor, factor).times(power);
  }

  /** Returns factor e<sup>-c t²</sup>, still raised. */
  Value times(double factor) {
    return times(power.code().constant(factor));
  }
}
