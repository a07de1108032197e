package io.ember4j.backend.pure;

/**
 * Kernels of the activations that are x times a gate made of e, an exponential of x.
 *
 * <p>The exponential is computed 2<sup>raise</sup> times too large ({@link ExpKernels#raisedExp}),
 * and the factor leaves last, because a gate may be subnormal where x times it is not. Where e is
 * so large that the gate rounds to one, the result is x; where x times the gate rounds to zero, x
 * is bounded.
 *
 * <p>Special cases of all: -0.0 gives -0.0; -inf gives -0.0, +inf gives +inf, NaN gives NaN.
 */
final class GateKernels {

  /** 1.702 log2(e). */
  static final Split GELU_SIGMOID_SCALE = new Split(0x1.3a4cbep+1, -0x1.c08ecap-26);

  /** 2 sqrt(2/pi) log2(e); the high part is a multiple of 2<sup>-20</sup>. */
  private static final Split GELU_TANH_LINEAR = new Split(0x1.26aec0p+1, 0x1.0de73ap-22);

  /** 2 sqrt(2/pi) 0.044715 log2(e). */
  private static final Split GELU_TANH_CUBIC = new Split(0x1.a5a7d0p-4, -0x1.151aaep-29);

  /** From here downwards gelu_tanh and its derivative round to zero. */
  static final double GELU_TANH_LOWEST = -11;

  /** From here upwards gelu_tanh rounds to x, and its derivative to one. */
  static final double GELU_TANH_HIGHEST = 5.5;

  private GateKernels() {}

  /**
   * Returns the sigmoid linear unit.
   *
   * <p>Formula: x e / (1 + e), where e = e<sup>x</sup>.
   *
   * <p>Accuracy: float32 3 ULP over all inputs.
   */
  static Value silu(Value x) {
    Value bounded = bounded(x, ExpConstants.of(x).vanishing());
    return timesSigmoid(x, bounded, ExpKernels.raisedExp(bounded), ExpConstants.of(x).negligible());
  }

  /**
   * Returns GELU's approximation by a sigmoid.
   *
   * <p>Formula: x e / (1 + e), where e = e<sup>1.702 x</sup>.
   *
   * <p>Accuracy: float32 3 ULP over all inputs.
   */
  static Value geluSigmoid(Value x) {
    Value bounded = bounded(x, ExpConstants.of(x).vanishing() / 1.702);
    Value raised = ExpKernels.raisedExp2(bounded, GELU_SIGMOID_SCALE);
    return timesSigmoid(x, bounded, raised, ExpConstants.of(x).negligible() / 1.702);
  }

  /**
   * Returns GELU's approximation by a hyperbolic tangent.
   *
   * <p>Formula: x e / (1 + e), where e = e<sup>2u</sup> and u = sqrt(2/pi) (x + 0.044715 x³).
   *
   * <p>Accuracy: float32 3 ULP over all inputs.
   */
  static Value geluTanh(Value x) {
    Value bounded = bounded(x, GELU_TANH_LOWEST);
    return timesSigmoid(x, bounded, raisedGeluTanhExp(bounded), GELU_TANH_HIGHEST);
  }

  /**
   * Returns the mish function.
   *
   * <p>Formula: x tanh(log(1 + e)) = x h / (1 + h), where e = e<sup>x</sup> and h = e + e²/2.
   *
   * <p>Accuracy: float32 3 ULP over all inputs.
   */
  static Value mish(Value x) {
    Value bounded = bounded(x, ExpConstants.of(x).vanishing());
    Value raised = ExpKernels.raisedExp(bounded);
    double lower = ExpConstants.of(x).lower();
    Value h = raised.fma(raised.times(lower / 2), raised);
    Value result = ExpKernels.lower(bounded.times(h.dividedBy(h.fma(lower, 1))));
    return x.gt(ExpConstants.of(x).negligible() / 2).select(x, result);
  }

  /** Returns x bounded from below. */
  static Value bounded(Value x, double lowest) {
    return x.lt(lowest).select(lowest, x);
  }

  /**
   * Returns 2<sup>raise</sup> e<sup>2u</sup>, where u = sqrt(2/pi) (x + 0.044715 x³).
   *
   * <p>The slope 2u/x and x² in it are sums of two numbers each: 2u is as large as 100, and its
   * absolute error is the result's relative one.
   */
  static Value raisedGeluTanhExp(Value x) {
    Split linear = GELU_TANH_LINEAR;
    Split cubic = GELU_TANH_CUBIC;
    Value square = x.times(x);
    Value squareLow = x.fma(x, square.negate());
    Value slope = square.fma(cubic.high(), x.code().constant(linear.high()));
    // The difference is exact, and so all but exactly what the slope was rounded by.
    Value slopeLow = square.fma(cubic.high(), x.code().constant(linear.high()).minus(slope));
    Value rest = square.fma(cubic.low(), linear.low());
    slopeLow = slopeLow.plus(squareLow.fma(cubic.high(), rest));
    return ExpKernels.raisedExp2(x, slope, slopeLow);
  }

  private static Value timesSigmoid(Value x, Value bounded, Value raised, double highest) {
    Value gate = raised.dividedBy(raised.fma(ExpConstants.of(x).lower(), 1));
    return x.gt(highest).select(x, ExpKernels.lower(bounded.times(gate)));
  }
}
