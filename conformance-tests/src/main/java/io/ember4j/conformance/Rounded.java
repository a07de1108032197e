package io.ember4j.conformance;

import io.ember4j.DType;

/**
 * A number, computed in double, and how far off a computation in some dtype may be: its running
 * error, in units of rounding (half the distance from 1 to the next number). Each operation passes
 * its operands' errors on and adds the rounding of its own result.
 *
 * @param value the value
 * @param error the largest error in units of rounding, to first order
 */
record Rounded(double value, double error) {
  /** Returns a number that the dtype has. */
  static Rounded of(double value) {
    return new Rounded(value, 0);
  }

  /** Returns numbers that the dtype has. */
  static Rounded[] of(double... values) {
    return java.util.Arrays.stream(values).mapToObj(Rounded::of).toArray(Rounded[]::new);
  }

  /** Returns a number that is rounded when it comes into the computation, such as 0.9. */
  static Rounded constant(double value) {
    return rounded(value, 0);
  }

  private static Rounded rounded(double value, double inherited) {
    return new Rounded(value, inherited + Math.abs(value));
  }

  Rounded plus(Rounded other) {
    return rounded(value + other.value, error + other.error);
  }

  Rounded minus(Rounded other) {
    return rounded(value - other.value, error + other.error);
  }

  Rounded times(Rounded other) {
    return rounded(
        value * other.value, Math.abs(value) * other.error + Math.abs(other.value) * error);
  }

  Rounded times(double factor) {
    return times(constant(factor));
  }

  Rounded dividedBy(Rounded other) {
    double quotient = value / other.value;
    return rounded(quotient, (error + Math.abs(quotient) * other.error) / Math.abs(other.value));
  }

  Rounded dividedBy(double divisor) {
    return dividedBy(of(divisor));
  }

  Rounded negate() {
    return new Rounded(-value, error);
  }

  /** Returns the root of a number above 0. */
  Rounded sqrt() {
    double root = Math.sqrt(value);
    return rounded(root, error / (2 * root));
  }

  /** Returns e^this by a function that is within this many ULP; a ULP is at most two units. */
  Rounded exp(double ulps) {
    double power = Math.exp(value);
    return new Rounded(power, power * error + 2 * ulps * power);
  }

  /** Returns the logarithm by a function that is within this many ULP. */
  Rounded log(double ulps) {
    double log = Math.log(value);
    return new Rounded(log, error / Math.abs(value) + 2 * ulps * Math.abs(log));
  }

  /** A sum, whatever the order in which it is taken. */
  static final class Sum {
    private double value;
    private double errors;
    private double magnitudes;
    private int count;

    void add(Rounded term) {
      value += term.value;
      errors += term.error;
      magnitudes += Math.abs(term.value);
      count++;
    }

    Rounded total() {
      return new Rounded(value, errors + Math.max(0, count - 1) * magnitudes);
    }

    /** Returns sums of nothing. */
    static Sum[] zeros(int size) {
      Sum[] sums = new Sum[size];
      java.util.Arrays.setAll(sums, i -> new Sum());
      return sums;
    }

    static Rounded[] totals(Sum... sums) {
      return java.util.Arrays.stream(sums).map(Sum::total).toArray(Rounded[]::new);
    }
  }

  /**
   * Fails unless each element is within the running error and four of the smallest numbers above 0;
   * without an error, it must be equal. In float64 it may be twice the running error, as the
   * expected value is rounded like the actual one.
   */
  static void check(String what, DType dtype, long[] shape, Rounded[] expected, double[] actual) {
    double[] values = new double[expected.length];
    double[] bounds = new double[expected.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = expected[i].value;
      double error = expected[i].error;
      double units = (dtype == DType.FLOAT64 ? 2 : 1) * Naive.unit(dtype);
      bounds[i] = error == 0 ? 0 : units * error + 4 * Naive.smallest(dtype);
    }
    Checks.within(what, dtype, shape, values, bounds, actual);
  }
}
