package io.ember4j.backend.pure;

import java.util.Arrays;

/**
 * A value as the sum of two, the second of which is as small as the first's rounding error or a
 * fraction of the first.
 */
record Twofold(Value high, Value low) {

  /** Returns a polynomial with the rounding error of Horner's last step. */
  static Twofold polynomial(Value x, double... coefficients) {
    double[] slope = Arrays.copyOfRange(coefficients, 1, coefficients.length);
    Value first = x.code().constant(coefficients[0]);
    Value rise = x.polynomial(slope);
    Value high = rise.fma(x, first);
    return new Twofold(high, rise.fma(x, first.minus(high)));
  }

  /** Returns this times a factor, without the rounding error of the high part. */
  Twofold times(Value factor) {
    Value product = high.times(factor);
    Value rest = high.fma(factor, product.negate());
    return new Twofold(product, low.fma(factor, rest));
  }

  /** Returns this times 1 + excess, the high part as it is. */
  Twofold timesOnePlus(Value excess) {
    return new Twofold(high, excess.fma(high, low));
  }

  /** Returns the sum, rounded. */
  Value value() {
    return high.plus(low);
  }
}
