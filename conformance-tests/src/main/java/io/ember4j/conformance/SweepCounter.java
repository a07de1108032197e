package io.ember4j.conformance;

/** Counts up a {@link SweepTally} result by result. */
final class SweepCounter {
  /** Errors up to this count as such even where an absolute bound would allow more. */
  private static final double FLOORED_FROM = 4;

  private static final int DOUBLE_BIAS = 1023;

  private final SweepFunction function;
  private long inputs;
  private long judged;
  private long correct;
  private double sumOfSquares;
  private double worst;
  private int worstBits;
  private long floored;
  private long differences;
  private int differenceBits;

  SweepCounter(SweepFunction function) {
    this.function = function;
  }

  void add(float x, float actual) {
    inputs++;
    if (!function.isDefinedAt(x)) {
      return;
    }
    judged++;
    double exact = function.exact(x);
    float nearest = (float) exact;
    if (isDifferent(x, actual, exact)) {
      if (differences++ == 0) {
        differenceBits = Float.floatToRawIntBits(x);
      }
    } else if (actual == nearest) {
      correct++;
      if (Math.abs(actual) <= Float.MAX_VALUE) {
        count(x, Math.abs(actual - exact), exact);
      }
    } else if (!Float.isNaN(actual)) {
      count(x, Math.abs(number(actual) - exact), exact);
    } else {
      correct++; // NaN for NaN
    }
  }

  private boolean isDifferent(float x, float actual, double exact) {
    if (Double.isNaN(exact) || Float.isNaN(actual)) {
      return !(Double.isNaN(exact) && Float.isNaN(actual));
    }
    if (Double.isInfinite(exact)) {
      return actual != exact;
    }
    boolean signCounts = exact == 0 && !function.isGradient() && (x == 0 || Float.isInfinite(x));
    return signCounts && actual == 0 && 1 / actual != 1 / exact;
  }

  /** Returns the number that an infinity stands for: the one that would come next. */
  private static double number(float actual) {
    return Float.isInfinite(actual) ? Math.copySign(0x1p128, actual) : actual;
  }

  private void count(float x, double difference, double exact) {
    double error = difference * inverseSpacing(exact);
    if (error > FLOORED_FROM && difference <= function.floor(x)) {
      floored++;
      return;
    }
    sumOfSquares += error * error;
    if (error > worst) {
      worst = error;
      worstBits = Float.floatToRawIntBits(x);
    }
  }

  /** Returns 1 / the spacing of floats at the value. */
  private static double inverseSpacing(double exact) {
    int exponent = Math.getExponent(exact);
    exponent = Math.max(Float.MIN_EXPONENT, Math.min(exponent, Float.MAX_EXPONENT));
    return Double.longBitsToDouble((long) (DOUBLE_BIAS + 23 - exponent) << 52);
  }

  SweepTally tally() {
    return new SweepTally(
        inputs,
        judged,
        correct,
        sumOfSquares,
        worst,
        worstBits,
        floored,
        differences,
        differenceBits);
  }
}
