package io.ember4j.backend.pure;

/**
 * Kernels of the derivatives of {@link GateKernels}, computed like those.
 *
 * <p>Each has a zero at a negative x, where two numbers of size one cancel: about it, the error has
 * an absolute bound.
 *
 * <p>Special cases of all: -inf gives -0.0, as does every x whose result underflows; +inf gives 1,
 * NaN gives NaN.
 */
final class GateDerivativeKernels {

  private static final Split GELU_SIGMOID = new Split(0x1.b3b646p+0, -0x1.78d4fep-26);

  /** 2 sqrt(2/pi). */
  private static final Split GELU_TANH = new Split(0x1.988454p+0, -0x1.857936p-25);

  /** 6 sqrt(2/pi) 0.044715. */
  private static final double GELU_TANH_CUBIC = 0x1.b6676cp-3;

  private GateDerivativeKernels() {}

  /**
   * Returns the derivative of the sigmoid linear unit.
   *
   * <p>Formula: e (1 + e + x) / (1 + e)², where e = e<sup>x</sup>.
   *
   * <p>Accuracy: float32 4 ULP.
   */
  static Value siluDerivative(Value x) {
    ExpConstants c = ExpConstants.of(x);
    Value bounded = GateKernels.bounded(x, c.vanishing());
    Value raised = ExpKernels.raisedExp(bounded);
    return quotient(x, raised, bounded.plus(1), c.negligible());
  }

  /**
   * Returns the derivative of GELU's approximation by a sigmoid.
   *
   * <p>Formula: e (1 + e + 1.702 x) / (1 + e)², where e = e<sup>1.702 x</sup>.
   *
   * <p>Accuracy: float32 4 ULP.
   */
  static Value geluSigmoidDerivative(Value x) {
    ExpConstants c = ExpConstants.of(x);
    Value bounded = GateKernels.bounded(x, c.vanishing() / 1.702);
    Value raised = ExpKernels.raisedExp2(bounded, GateKernels.GELU_SIGMOID_SCALE);
    Value sum = bounded.fma(GELU_SIGMOID.low(), bounded.fma(GELU_SIGMOID.high(), 1.0));
    return quotient(x, raised, sum, c.negligible() / 1.702);
  }

  /**
   * Returns the derivative of GELU's approximation by a hyperbolic tangent.
   *
   * <p>Formula: e (1 + e + 2 x u') / (1 + e)², where e = e<sup>2u</sup> and u = sqrt(2/pi) (x +
   * 0.044715 x³).
   *
   * <p>Accuracy: float32 4 ULP.
   */
  static Value geluTanhDerivative(Value x) {
    Value bounded = GateKernels.bounded(x, GateKernels.GELU_TANH_LOWEST);
    Value raised = GateKernels.raisedGeluTanhExp(bounded);
    // The linear term is rounded to one's ulp, so its low part goes with the cubic term.
    Value slope = bounded.times(bounded).fma(GELU_TANH_CUBIC, GELU_TANH.low());
    Value sum = bounded.fma(slope, bounded.fma(GELU_TANH.high(), 1.0));
    return quotient(x, raised, sum, GateKernels.GELU_TANH_HIGHEST);
  }

  /**
   * Returns the derivative of the mish function.
   *
   * <p>Formula: e ((1 + e) (1 + x) + e (1 + e + h) / 2) / (1 + h)², where e = e<sup>x</sup> and h =
   * e + e²/2; for positive x, 1 + (x e (1 + e) - (1 + h)) / (1 + h)².
   *
   * <p>Accuracy: float32 4 ULP.
   */
  static Value mishDerivative(Value x) {
    ExpConstants c = ExpConstants.of(x);
    Value bounded = GateKernels.bounded(x, c.vanishing());
    Value raised = ExpKernels.raisedExp(bounded);
    Value e = ExpKernels.lower(raised);
    Value half = e.times(0.5);
    Value raisedH = raised.fma(half, raised);
    Value h = ExpKernels.lower(raisedH);
    Value slope = raised.fma(e, raised);
    Value rest = raised.times(half.times(e.plus(1).plus(h)));
    Value positive = x.gt(0);
    Value factor = positive.select(bounded, bounded.plus(1));
    Value summand = positive.select(raisedH.fma(-1.0, -1 / c.lower()), rest);
    Value base = positive.select(1, x.code().constant(-0.0));
    Value quotient = slope.fma(factor, summand).dividedBy(h.fma(h.plus(2), 1));
    return x.gt(c.negligible() / 2 + 0.5).select(1, quotient.fma(c.lower(), base));
  }

  /** Returns e (e + sum) / (1 + e)², and one above highest. */
  private static Value quotient(Value x, Value raised, Value sum, double highest) {
    Value e = ExpKernels.lower(raised);
    Value numerator = raised.fma(sum, raised.times(e));
    Value result = numerator.dividedBy(e.fma(e.plus(2), 1));
    return x.gt(highest).select(1, ExpKernels.lower(result));
  }
}
