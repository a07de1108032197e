package io.ember4j.conformance;

/**
 * Softmax or its logarithm of one slice and its gradient by the formulas, each with its running
 * error. A result is as far off as the rules on values allow ({@link SoftmaxCheck}): bound (n + 8 +
 * 2 d) units of rounding of it, d how far it lies below the largest.
 *
 * @param x the slice
 * @param temperature what it is divided by
 * @param logarithm whether the logarithm is taken
 * @param bound what the rules on values allow
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record NaiveSoftmax(double[] x, double temperature, boolean logarithm, double bound) {
  /** So far below the largest, an element is 0 in any dtype. */
  private static final double FAR = 2000;

  /** For -infinity, so that 0 times it is 0. */
  private static final double LARGE = 1e300;

  private static final double EXP_ULPS = 2;

  /** Returns the results. */
  Rounded[] values() {
    double max = Double.NEGATIVE_INFINITY;
    for (double value : x) {
      max = Math.max(max, value);
    }
    double sum = 0;
    for (double value : x) {
      sum += Math.exp((value - max) / temperature);
    }
    Rounded[] values = new Rounded[x.length];
    for (int i = 0; i < x.length; i++) {
      double below = (x[i] - max) / temperature;
      double value = logarithm ? below - Math.log(sum) : Math.exp(below) / sum;
      double weight = x.length + 8 + (logarithm ? 0 : 2 * Math.min(-below, FAR));
      double size = logarithm ? Math.max(1, Math.min(-value, LARGE)) : value;
      values[i] = new Rounded(value, bound * weight * size);
    }
    return values;
  }

  /** Returns y (u - sum of u y) / temperature, for the logarithm u - e^y times the sum of u. */
  Rounded[] gradient(Rounded... upstream) {
    Rounded[] values = values();
    Rounded.Sum sum = new Rounded.Sum();
    for (int i = 0; i < x.length; i++) {
      sum.add(logarithm ? upstream[i] : upstream[i].times(values[i]));
    }
    Rounded[] gradient = new Rounded[x.length];
    for (int i = 0; i < x.length; i++) {
      if (logarithm) {
        boolean gone = Math.exp(values[i].value()) == 0;
        Rounded share = gone ? Rounded.of(0) : values[i].exp(EXP_ULPS).times(sum.total());
        gradient[i] = gone ? upstream[i] : upstream[i].minus(share);
      } else {
        Rounded difference = upstream[i].minus(sum.total());
        Rounded product = values[i].times(difference);
        gradient[i] = temperature == 1 ? product : product.dividedBy(Rounded.constant(temperature));
      }
    }
    return gradient;
  }
}
