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
    double saturated = ExpConstants.of(x).negligible() / 2;
    Value size = x.abs();
    Value bounded = size.gt(saturated).select(saturated, size);
    Reduced reduced = Reduced.natural(bounded.times(-2), 0);
    Value power = reduced.power();
    Value q = ExpKernels.expm1(reduced);
    Value numerator = power.fma(q, power.minus(1));
    Value denominator = power.fma(q, power.plus(1));
    Value quotient = numerator.dividedBy(denominator);
    // Float32 is within 2 ULP without the correction.
    boolean isCorrected = x.code().dtype() == DType.FLOAT64;
    Value result = isCorrected ? corrected(quotient, power, q, numerator, denominator) : quotient;
    return result.abs().withSignOf(x);
  }

  /** Returns the quotient -tanh(|x|), less what its numerator and denominator were rounded by. */
  private static Value corrected(
      Value quotient, Value power, Value q, Value numerator, Value denominator) {
    Value numeratorLow = power.fma(q, power.minus(1).minus(numerator));
    Value denominatorLow = power.fma(q, power.plus(1).minus(denominator));
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
