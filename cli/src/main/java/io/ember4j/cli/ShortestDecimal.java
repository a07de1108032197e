package io.ember4j.cli;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.function.Predicate;

/**
 * The shortest decimal that reads back as the same number, laid out as {@link
 * Float#toString(float)} and {@link Double#toString(double)} do, with {@code nan}, {@code inf} and
 * {@code -inf}.
 *
 * <p>Before JDK 19 those two give a digit too many for one float in nine, such as 1.99999997E15 for
 * 2.0E15 (JDK-4511638). Their result is the starting point there, so that a file is the same on
 * every JDK.
 */
final class ShortestDecimal {
  private static final boolean JDK_IS_SHORTEST = Runtime.version().feature() >= 19;
  private static final BigDecimal PLAIN_FROM = new BigDecimal("0.001");
  private static final BigDecimal PLAIN_BELOW = new BigDecimal("10000000");
  // Float.toString prefers the closest of two digits over a single digit.
  private static final int MIN_DIGITS = 2;

  private ShortestDecimal() {}

  /** A float32 value. */
  static String of(float value) {
    if (!Float.isFinite(value)) {
      return word(value);
    }
    return JDK_IS_SHORTEST || value == 0 ? Float.toString(value) : shorten(value);
  }

  /** A float64 value. */
  static String of(double value) {
    if (!Double.isFinite(value)) {
      return word(value);
    }
    return JDK_IS_SHORTEST || value == 0 ? Double.toString(value) : shorten(value);
  }

  /** Without the JDK's own shortest form, for finite values other than 0. */
  static String shorten(float value) {
    float magnitude = Math.abs(value);
    String sign = value < 0 ? "-" : "";
    var start = new BigDecimal(Float.toString(magnitude));
    return sign
        + layOut(shortest(new BigDecimal(magnitude), start, d -> d.floatValue() == magnitude));
  }

  /** Without the JDK's own shortest form, for finite values other than 0. */
  static String shorten(double value) {
    double magnitude = Math.abs(value);
    String sign = value < 0 ? "-" : "";
    var start = new BigDecimal(Double.toString(magnitude));
    return sign
        + layOut(shortest(new BigDecimal(magnitude), start, d -> d.doubleValue() == magnitude));
  }

  private static String word(double value) {
    return Double.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
  }

  private static BigDecimal shortest(
      BigDecimal exact, BigDecimal start, Predicate<BigDecimal> readsBack) {
    int digits = Math.max(MIN_DIGITS, start.stripTrailingZeros().precision());
    BigDecimal best = start;
    for (BigDecimal next = nearest(exact, digits, readsBack); next != null; ) {
      best = next;
      next = --digits < MIN_DIGITS ? null : nearest(exact, digits, readsBack);
    }
    return best.stripTrailingZeros();
  }

  /**
   * The decimal of so many digits that is closest to {@code exact} among those that read back, or
   * null. Both neighbours are tried: at a power of two the nearer one may belong to the next float.
   */
  private static BigDecimal nearest(BigDecimal exact, int digits, Predicate<BigDecimal> readsBack) {
    BigDecimal first = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
    RoundingMode away = first.compareTo(exact) > 0 ? RoundingMode.DOWN : RoundingMode.UP;
    BigDecimal second = exact.round(new MathContext(digits, away));
    return readsBack.test(first) ? first : readsBack.test(second) ? second : null;
  }

  private static String layOut(BigDecimal decimal) {
    if (decimal.compareTo(PLAIN_FROM) >= 0 && decimal.compareTo(PLAIN_BELOW) < 0) {
      return decimal.setScale(Math.max(1, decimal.scale())).toPlainString();
    }
    String digits = decimal.unscaledValue().toString();
    String fraction = digits.length() == 1 ? "0" : digits.substring(1);
    return digits.charAt(0) + "." + fraction + "E" + (digits.length() - 1 - decimal.scale());
  }
}
