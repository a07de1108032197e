package io.ember4j.expr;

/**
 * An unevaluated sum of two doubles, carrying about 106 bits.
 *
 * <p>{@code high} is the sum rounded to double, except that no promise is made once a part
 * overflows or the low part underflows. Each operation's relative error is a few units of
 * 2<sup>-104</sup>.
 *
 * @param high the leading part
 * @param low the trailing part, at most half a unit in the last place of {@code high}
 * @see <a href="https://doi.org/10.1007/BF01397083">T. J. Dekker, A floating-point technique for
 *     extending the available precision (1971)</a>
 */
record DoubleDouble(double high, double low) {

  static final DoubleDouble ONE = new DoubleDouble(1, 0);

  /** Returns a + b exactly. */
  static DoubleDouble sum(double a, double b) {
    double high = a + b;
    double share = high - a;
    return new DoubleDouble(high, (a - (high - share)) + (b - share));
  }

  /** Returns a + b exactly, provided that |a| &gt;= |b| or a = 0. */
  static DoubleDouble orderedSum(double a, double b) {
    double high = a + b;
    return new DoubleDouble(high, b - (high - a));
  }

  /** Returns a b exactly. */
  static DoubleDouble product(double a, double b) {
    double high = a * b;
    return new DoubleDouble(high, Math.fma(a, b, -high));
  }

  DoubleDouble plus(double other) {
    DoubleDouble sum = sum(high, other);
    return orderedSum(sum.high, sum.low + low);
  }

  DoubleDouble plus(DoubleDouble other) {
    DoubleDouble highs = sum(high, other.high);
    DoubleDouble lows = sum(low, other.low);
    DoubleDouble rough = orderedSum(highs.high, highs.low + lows.high);
    return orderedSum(rough.high, rough.low + lows.low);
  }

  DoubleDouble times(double other) {
    DoubleDouble product = product(high, other);
    return orderedSum(product.high, Math.fma(low, other, product.low));
  }

  DoubleDouble times(DoubleDouble other) {
    DoubleDouble product = product(high, other.high);
    double cross = Math.fma(high, other.low, low * other.high);
    return orderedSum(product.high, product.low + cross);
  }

  DoubleDouble dividedBy(DoubleDouble other) {
    double quotient = high / other.high;
    double rest = Math.fma(-quotient, other.high, high) + Math.fma(-quotient, other.low, low);
    return orderedSum(quotient, rest / other.high);
  }

  DoubleDouble negate() {
    return new DoubleDouble(-high, -low);
  }

  /** Returns this times a power of two, which is exact unless a part underflows. */
  DoubleDouble scaledBy(double powerOfTwo) {
    return new DoubleDouble(high * powerOfTwo, low * powerOfTwo);
  }

  /** Returns this times a double, rounded to double; a subnormal result is rounded once. */
  double timesRounded(double factor) {
    return Math.fma(factor, high, factor * low);
  }

  /** Returns this rounded to double. */
  double value() {
    return high + low;
  }
}
