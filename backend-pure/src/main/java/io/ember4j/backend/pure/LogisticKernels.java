package io.ember4j.backend.pure;

import io.ember4j.DType;

/**
 * Kernels of the functions made of e / (1 + e) and (1 - e) / (1 + e), where e is an exponential.
 */
final class LogisticKernels {

  private LogisticKernels() {}

  /**
   * Returns the logistic function.
   *
   * <p>Formula: e / (1 + e), where e = e<sup>x</sup>.
   *
   * <p>Special cases: -inf gives 0.0, 0 gives 0.5, +inf gives 1, NaN gives NaN.
   *
   * <p>Accuracy: float32 2.41 ULP over all inputs; float64 2.4 ULP.
   */
  static Value sigmoid(Value x) {
    ExpConstants c = ExpConstants.of(x);
    Bounded bounded = Bounded.of(x, c.underflow(), c.negligible());
    Value raised = ExpKernels.raisedExp(bounded.inside());
    Value result = ExpKernels.lower(raised.dividedBy(raised.fma(c.lower(), 1)));
    return bounded.orLimit(0, result, 1);
  }

  /**
   * Returns the hyperbolic tangent.
   *
   * <p>Formula: (1 - e) / (1 + e), where e = e<sup>-2|x|</sup> is computed as 1 + (e - 1), with the
   * sign of x.
   *
   * <p>Special cases: -0.0 gives -0.0; -inf gives -1, +inf gives 1, NaN gives NaN.
   *
   * <p>Accuracy: float32 1.97 ULP over all inputs, float64 1.8 ULP; odd.
   */
  static Value tanh(Value x) {
    Reduced reduced = minusTwice(x);
    Value power = reduced.power();
    Value q = ExpKernels.expm1(reduced);
    Value numerator = power.fma(q, power.minus(1));
    Value denominator = power.fma(q, power.plus(1));
    Value quotient = numerator.dividedBy(denominator);
    // Float32 is within 2 ULP without the correction.
    boolean isCorrected = x.code().dtype() == DType.FLOAT64;
    Value result =
        isCorrected ? corrected(quotient, power, q, null, numerator, denominator) : quotient;
    return result.abs().withSignOf(x);
  }

  /**
   * Returns the square of the hyperbolic tangent, which is the derivative of tanhshrink.
   *
   * <p>Formula: that of {@link #tanh}, less what its steps are rounded by, as a square doubles
   * every error.
   *
   * <p>Special cases: the infinities give 1, the zeros 0.0, NaN gives NaN.
   *
   * <p>Accuracy: 4 ULP; float32 3.3 ULP over a million inputs.
   */
  static Value tanhSquared(Value x) {
    Reduced reduced = minusTwice(x);
    Value power = reduced.power();
    Value r = reduced.rest();
    Value rest = r.times(r).times(r.polynomial(ExpConstants.of(r).expm1()));
    Value q = r.plus(rest);
    Value qLow = r.minus(q).plus(rest);
    Value numerator = power.fma(q, power.minus(1));
    Value denominator = power.fma(q, power.plus(1));
    Value quotient = numerator.dividedBy(denominator);
    Value result = corrected(quotient, power, q, qLow, numerator, denominator);
    return result.times(result);
  }

  /** Reduces -2|x|, as far as its exponential counts beside 1. */
  private static Reduced minusTwice(Value x) {
    double saturated = ExpConstants.of(x).negligible() / 2;
    Value size = x.abs();
    Value bounded = size.gt(saturated).select(saturated, size);
    return Reduced.natural(bounded.times(-2), 0);
  }

  /**
   * Returns the quotient -tanh(|x|), less what its numerator and denominator were rounded by.
   *
   * @param qLow what q was rounded by; null if that is left out
   */
  private static Value corrected(
      Value quotient, Value power, Value q, Value qLow, Value numerator, Value denominator) {
    Value numeratorLow = power.fma(q, power.minus(1).minus(numerator));
    Value denominatorLow = power.fma(q, power.plus(1).minus(denominator));
    if (qLow != null) {
      numeratorLow = power.fma(qLow, numeratorLow);
      denominatorLow = power.fma(qLow, denominatorLow);
    }
    // 1 / (1 + e) = (1 + tanh|x|) / 2
    Value reciprocal = quotient.fma(-0.5, 0.5);
    Value low = numeratorLow.minus(quotient.times(denominatorLow));
    return low.fma(reciprocal, quotient);
  }

  /**
   * Returns the logarithm of the logistic function.
   *
   * <p>Formula: -log1pexp(-x).
   *
   * <p>Special cases: -inf gives -inf, +inf gives 0.0, as does every x whose result underflows; NaN
   * gives NaN.
   *
   * <p>Accuracy: that of {@link #log1pexp}.
   */
  static Value logSigmoid(Value x) {
    return x.code().constant(0).minus(log1pexp(x.negate()));
  }

  /**
   * Returns softplus with beta 1, which also is -log_sigmoid(-x).
   *
   * <p>Formula: max(x, 0) + log(1 + e), where e = e<sup>-|x|</sup>, and log(1 + e) = e L(e) with a
   * polynomial L.
   *
   * <p>Special cases: -inf gives 0.0, +inf gives +inf, NaN gives NaN.
   *
   * <p>Accuracy: float32 2.18 ULP over all inputs; float64 2.2 ULP.
   */
  static Value log1pexp(Value x) {
    ExpConstants c = ExpConstants.of(x);
    Value negative = x.abs().negate();
    Value far = negative.lt(c.underflow());
    Value raised = ExpKernels.raisedExp(far.select(0, negative));
    Value slope = ExpKernels.lower(raised).polynomial(c.log1p());
    Value logarithm = ExpKernels.lower(raised.times(slope));
    Value positive = x.gt(0).select(x, 0);
    return far.select(positive, logarithm.plus(positive));
  }
}
