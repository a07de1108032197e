package io.ember4j.conformance;

import io.ember4j.DType;
import java.math.BigDecimal;
import java.math.MathContext;

/**
 * An exact value as one dtype sees it: the nearest number, the spacing of numbers there, and how
 * far the exact value lies from that number.
 *
 * <p>Beyond the largest number, {@code base} is that largest number and {@code fraction} counts on
 * from it. So every real number is held to far less than a thousandth of a ULP, in three doubles.
 *
 * @param dtype the dtype of the results it is compared with
 * @param base the nearest number of the dtype; NaN, an infinity or a zero where that is the value
 * @param spacing the unit in the last place of {@code base}
 * @param fraction (exact - base) / spacing
 * @param isRepresentable whether the dtype has a number of exactly this value, or it is NaN or
 *     infinite
 */
record Exact(DType dtype, double base, double spacing, double fraction, boolean isRepresentable) {
  private static final double TABLE_PRECISION = 1e-20;

  /**
   * Reads a value as the reference tables write it.
   *
   * @throws NumberFormatException if it is neither a number nor nan, inf or -inf
   */
  static Exact parse(String text, DType dtype) {
    return switch (text) {
      case "nan" -> special(Double.NaN, dtype);
      case "inf" -> special(Double.POSITIVE_INFINITY, dtype);
      case "-inf" -> special(Double.NEGATIVE_INFINITY, dtype);
      case "0.0" -> special(0.0, dtype);
      case "-0.0" -> special(-0.0, dtype);
      default -> of(new BigDecimal(text), dtype);
    };
  }

  /** Returns the number itself, which is one of the dtype, or NaN or an infinity. */
  static Exact special(double value, DType dtype) {
    return new Exact(dtype, value, Ulp.spacing(value, dtype), 0, true);
  }

  /** Returns the value, not zero, as the dtype sees it. */
  static Exact of(BigDecimal value, DType dtype) {
    double nearest = dtype == DType.FLOAT32 ? value.floatValue() : value.doubleValue();
    double base = Double.isInfinite(nearest) ? Math.copySign(Ulp.largest(dtype), nearest) : nearest;
    double spacing = Ulp.spacing(base, dtype);
    BigDecimal rest = value.subtract(new BigDecimal(base));
    double fraction = rest.divide(new BigDecimal(spacing), MathContext.DECIMAL64).doubleValue();
    // The tables have 40 digits: what is nearer to a number than that is that number.
    boolean isRepresentable =
        rest.signum() == 0 || (base != 0 && Math.abs(fraction) < TABLE_PRECISION);
    return new Exact(dtype, base, spacing, isRepresentable ? 0 : fraction, isRepresentable);
  }

  /** Returns whether the value lies beyond the largest number, so that an infinity is right. */
  boolean overflows() {
    return Math.abs(base) == Ulp.largest(dtype) && fraction * Math.signum(base) >= 0.5;
  }

  /** Returns the number nearest to the value: what a perfect function returns. */
  double nearest() {
    return overflows() ? Math.copySign(Double.POSITIVE_INFINITY, base) : base;
  }
}
