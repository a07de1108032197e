package io.ember4j.conformance;

/**
 * The errors of a function over many inputs, in ULP of float32: units of the spacing of floats at
 * the exact value, 2^-149 where that is subnormal.
 *
 * <p>A result beyond the largest float counts as 2^128. Where the exact value is beyond it, the
 * infinity is right. NaN against a number, an infinity against another exact value than itself, and
 * a wrong sign of a zero that the specification states are differences, not errors.
 *
 * @param inputs the number of inputs
 * @param judged of these, those of which the specification says anything
 * @param correct results that are the float nearest to the exact value
 * @param sumOfSquares of the errors of finite results that are not {@code floored}
 * @param worst the largest of these errors
 * @param worstBits the bits of the input where that is
 * @param floored results beyond the bound that an absolute bound allows; see {@link
 *     SweepFunction#floor}
 * @param differences the number of differences
 * @param differenceBits the bits of the first input with one
 */
public record SweepTally(
    long inputs,
    long judged,
    long correct,
    double sumOfSquares,
    double worst,
    int worstBits,
    long floored,
    long differences,
    int differenceBits) {
  /** Of no inputs. */
  static final SweepTally NONE = new SweepTally(0, 0, 0, 0, 0, 0, 0, 0, 0);

  /** Returns the tally of both, this one's inputs first. */
  SweepTally plus(SweepTally other) {
    boolean mine = worst >= other.worst;
    return new SweepTally(
        inputs + other.inputs,
        judged + other.judged,
        correct + other.correct,
        sumOfSquares + other.sumOfSquares,
        Math.max(worst, other.worst),
        mine ? worstBits : other.worstBits,
        floored + other.floored,
        differences + other.differences,
        differences > 0 ? differenceBits : other.differenceBits);
  }

  /** Returns the input of the largest error. */
  public float worstInput() {
    return Float.intBitsToFloat(worstBits);
  }

  /** Returns the first input with a difference; any, if there are none. */
  public float differenceInput() {
    return Float.intBitsToFloat(differenceBits);
  }

  /** Returns the root of the mean square of the errors. */
  public double rms() {
    return judged == 0 ? 0 : Math.sqrt(sumOfSquares / judged);
  }

  /** Returns the share of correctly rounded results, at most 1. */
  public double correctShare() {
    return judged == 0 ? 1 : (double) correct / judged;
  }

  /** Returns whether there is no difference and no error beyond the bound. */
  public boolean isWithin(double bound) {
    return differences == 0 && worst <= bound;
  }
}
