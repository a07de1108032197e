package io.ember4j.conformance;

import io.ember4j.DType;
import java.util.function.DoubleBinaryOperator;

/**
 * What a result may be: any number from {@code low} to {@code high}, infinities included, and NaN
 * where {@code nan} says so. Without a number, {@code low} is above {@code high}.
 *
 * <p>Each operation returns an interval that holds the exact result for all operands in its
 * operands' intervals (Moore's interval arithmetic, with infinities as numbers). {@link #rounded}
 * then takes in what rounding to a dtype makes of them. Zeros of both signs are one number, so a
 * quotient by an interval that holds 0 may be anything.
 *
 * @param low the smallest number
 * @param high the largest number
 * @param nan whether it may be NaN
 */
record Interval(double low, double high, boolean nan) {
  private static final double INFINITY = Double.POSITIVE_INFINITY;
  static final Interval ANYTHING = new Interval(-INFINITY, INFINITY, true);
  private static final Interval NAN = new Interval(INFINITY, -INFINITY, true);
  private static final Interval ZERO = new Interval(0, 0, false);
  private static final Interval ONE = new Interval(1, 1, false);
  private static final Interval ZERO_OR_ONE = new Interval(0, 1, false);

  /** Returns the interval of one number, or of NaN. */
  static Interval of(double value) {
    return Double.isNaN(value) ? NAN : new Interval(value, value, false);
  }

  /** Returns the interval of all numbers between the two. */
  static Interval of(double low, double high) {
    return new Interval(low, high, false);
  }

  /** Returns whether it holds no number. */
  boolean isEmpty() {
    return low > high;
  }

  /** Returns whether it holds the number, or NaN. */
  boolean contains(double value) {
    return Double.isNaN(value) ? nan : low <= value && value <= high;
  }

  /** Returns whether it holds finite numbers and nothing else. */
  boolean isFinite() {
    return !nan && low > -INFINITY && high < INFINITY && !isEmpty();
  }

  /** Returns whether there may be something in both: a number or NaN. */
  boolean meets(Interval other) {
    return (low <= other.high && other.low <= high) || (nan && other.nan);
  }

  /** Returns how far the number lies outside, in ULP of the nearer end; infinity if one is none. */
  double distance(double value, DType dtype) {
    double end = value < low ? low : high;
    double steps = Math.abs(value - end) / Ulp.spacing(end, dtype);
    return isEmpty() || Double.isNaN(steps) ? INFINITY : steps;
  }

  private boolean holdsInfinity() {
    return low == -INFINITY || high == INFINITY;
  }

  private boolean holdsZero() {
    return low <= 0 && high >= 0;
  }

  /** Returns the smallest interval that holds both. */
  Interval union(Interval other) {
    return new Interval(Math.min(low, other.low), Math.max(high, other.high), nan || other.nan);
  }

  /** Returns what these numbers are once they are rounded to the dtype, or not at all. */
  Interval rounded(DType dtype) {
    if (dtype == DType.FLOAT64 || isEmpty()) {
      return this;
    }
    float from = (float) low;
    float to = (float) high;
    return new Interval(
        from <= low ? from : Math.nextDown(from), to >= high ? to : Math.nextUp(to), nan);
  }

  // ---- arithmetic

  Interval plus(Interval other) {
    if (isEmpty() || other.isEmpty()) {
      return NAN;
    }
    boolean cancels =
        (low == -INFINITY && other.high == INFINITY)
            || (high == INFINITY && other.low == -INFINITY);
    double from = low + other.low;
    double to = high + other.high;
    return new Interval(
        Double.isNaN(from) ? -INFINITY : Directed.down(from, Directed.sumError(low, other.low)),
        Double.isNaN(to) ? INFINITY : Directed.up(to, Directed.sumError(high, other.high)),
        nan || other.nan || cancels);
  }

  Interval minus(Interval other) {
    return plus(other.negate());
  }

  Interval negate() {
    return new Interval(-high, -low, nan);
  }

  Interval times(Interval other) {
    if (isEmpty() || other.isEmpty()) {
      return NAN;
    }
    boolean undefined =
        (holdsZero() && other.holdsInfinity()) || (holdsInfinity() && other.holdsZero());
    // Where 0 meets infinity, 0 and a finite number are there too: their product is 0.
    return corners(other, (a, b) -> a * b, Directed::productError)
        .union(undefined ? ZERO : NAN)
        .withNan(nan || other.nan || undefined);
  }

  Interval dividedBy(Interval other) {
    if (isEmpty() || other.isEmpty()) {
      return NAN;
    }
    boolean undefined =
        (holdsZero() && other.holdsZero()) || (holdsInfinity() && other.holdsInfinity());
    Interval quotients =
        other.holdsZero()
            ? of(-INFINITY, INFINITY)
            : corners(other, (a, b) -> a / b, Directed::quotientError);
    // A finite number between two infinite ends, over infinity, is 0.
    return quotients
        .union(undefined && low < high ? ZERO : NAN)
        .withNan(nan || other.nan || undefined);
  }

  private Interval withNan(boolean may) {
    return new Interval(low, high, may);
  }

  /** Returns the hull of what is a number among the results at the ends. */
  private Interval corners(
      Interval other, DoubleBinaryOperator operation, DoubleBinaryOperator error) {
    double from = INFINITY;
    double to = -INFINITY;
    for (int i = 0; i < 4; i++) {
      double a = i < 2 ? low : high;
      double b = i % 2 == 0 ? other.low : other.high;
      double result = operation.applyAsDouble(a, b);
      if (!Double.isNaN(result)) {
        double off = error.applyAsDouble(a, b);
        from = Math.min(from, Directed.down(result, off));
        to = Math.max(to, Directed.up(result, off));
      }
    }
    return of(from, to);
  }

  Interval sqrt() {
    if (isEmpty() || high < 0) {
      return NAN;
    }
    double from = Math.max(low, 0);
    return new Interval(
        Directed.down(Math.sqrt(from), Directed.rootError(from)),
        Directed.up(Math.sqrt(high), Directed.rootError(high)),
        nan || low < 0);
  }

  Interval abs() {
    if (isEmpty()) {
      return NAN;
    }
    double from = holdsZero() ? 0 : Math.min(Math.abs(low), Math.abs(high));
    return new Interval(from, Math.max(Math.abs(low), Math.abs(high)), nan);
  }

  // ---- choices

  Interval max(Interval other) {
    if (isEmpty() || other.isEmpty()) {
      return NAN;
    }
    return new Interval(Math.max(low, other.low), Math.max(high, other.high), nan || other.nan);
  }

  Interval min(Interval other) {
    if (isEmpty() || other.isEmpty()) {
      return NAN;
    }
    return new Interval(Math.min(low, other.low), Math.min(high, other.high), nan || other.nan);
  }

  /** Returns 1, 0 or both; what is NaN is not below anything. */
  Interval lt(Interval other) {
    return decide(other, high < other.low, low < other.high);
  }

  /** Returns 1, 0 or both. */
  Interval le(Interval other) {
    return decide(other, high <= other.low, low <= other.high);
  }

  /** Returns 1, 0 or both. */
  Interval eq(Interval other) {
    return decide(
        other, low == other.high && high == other.low, low <= other.high && high >= other.low);
  }

  private Interval decide(Interval other, boolean always, boolean ever) {
    if (isEmpty() || other.isEmpty() || !ever) {
      return ZERO;
    }
    return always && !nan && !other.nan ? ONE : ZERO_OR_ONE;
  }

  /** Returns what select gives with this as its condition. */
  Interval select(Interval whenTrue, Interval whenFalse) {
    boolean canBeTrue = nan || low < 0 || high > 0;
    if (isEmpty() || !holdsZero()) {
      return whenTrue;
    }
    return canBeTrue ? whenTrue.union(whenFalse) : whenFalse;
  }

  /** Returns the ends in decimal and in hexadecimal. */
  String show(DType dtype) {
    if (isEmpty()) {
      return "NaN";
    }
    String numbers =
        low == high
            ? Ulp.show(low, dtype)
            : "from " + Ulp.show(low, dtype) + " to " + Ulp.show(high, dtype);
    return nan ? numbers + ", or NaN" : numbers;
  }
}
