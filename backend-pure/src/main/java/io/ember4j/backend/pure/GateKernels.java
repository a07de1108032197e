package io.ember4j.backend.pure;

import io.ember4j.DType;

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
  static final Split GELU_SIGMOID_SCALE = new Split(0x1.3a4cbdc7ee26bp+1, 0x1.68797025e71e1p-54);

  /** 2 sqrt(2/pi) log2(e). */
  private static final Split GELU_TANH_LINEAR =
      new Split(0x1.26aec21bce759p+1, 0x1.2ed2859b4314fp-53);

  /** 2 sqrt(2/pi) 0.044715 log2(e). */
  private static final Split GELU_TANH_CUBIC =
      new Split(0x1.a5a7cf7572a98p-4, -0x1.b91c940e4cfcfp-58);

  private GateKernels() {}

  /**
   * Returns the sigmoid linear unit.
   *
   * <p>Formula: x e / (1 + e), where e = e<sup>x</sup>.
   *
   * <p>Accuracy: float32 3.23 ULP over all inputs; float64 3.1 ULP.
   */
  static Value silu(Value x) {
    ExpConstants c = ExpConstants.of(x);
    Bounded bounded = Bounded.of(x, c.deepUnderflow(), c.negligible());
    return timesQuotient(x, bounded, ExpKernels.raisedExp(bounded.inside()));
  }

  /**
   * Returns GELU's approximation by a sigmoid.
   *
   * <p>Formula: x e / (1 + e), where e = e<sup>1.702 x</sup>.
   *
   * <p>Accuracy: float32 3.35 ULP over all inputs; float64 3.3 ULP.
   */
  static Value geluSigmoid(Value x) {
    ExpConstants c = ExpConstants.of(x);
    Bounded bounded = Bounded.of(x, c.deepUnderflow() / 1.702, c.negligible() / 1.702);
    return timesQuotient(x, bounded, ExpKernels.raisedExp2(bounded.inside(), GELU_SIGMOID_SCALE));
  }

  /**
   * Returns GELU's approximation by a hyperbolic tangent.
   *
   * <p>Formula: x e / (1 + e), where e = e<sup>2u</sup> and u = sqrt(2/pi) (x + 0.044715 x³).
   *
   * <p>Accuracy: float32 3.31 ULP over all inputs; float64 3.2 ULP.
   */
  static Value geluTanh(Value x) {
    Bounded bounded = boundedForGeluTanh(x);
    return timesQuotient(x, bounded, raisedGeluTanhExp(bounded.inside()));
  }

  /**
   * Returns the mish function.
   *
   * <p>Formula: x tanh(log(1 + e)) = x h / (1 + h), where e = e<sup>x</sup> and h = e + e²/2.
   *
   * <p>Accuracy: float32 3.95 ULP over all inputs; float64 3.7 ULP.
   */
  static Value mish(Value x) {
    ExpConstants c = ExpConstants.of(x);
    Bounded bounded = Bounded.of(x, c.deepUnderflow(), c.negligible() / 2);
    Value raised = ExpKernels.raisedExp(bounded.inside());
    Value h = raised.fma(raised.times(c.lower() / 2), raised);
    return timesQuotient(x, bounded, h);
  }

  /**
   * Returns x between what gelu_tanh and its derivative round to zero below, and round to x and one
   * above.
   */
  static Bounded boundedForGeluTanh(Value x) {
    return x.code().dtype() == DType.FLOAT32
        ? Bounded.of(x, -11, 5.5)
        : Bounded.of(x, -21.625, 7.625);
  }

  /** Returns x a / (1 + a), where raised is a times 2<sup>raise</sup>. */
  private static Value timesQuotient(Value x, Bounded bounded, Value raised) {
    Value gate = raised.dividedBy(raised.fma(ExpConstants.of(x).lower(), 1));
    return bounded.orLimit(-0.0, ExpKernels.lower(bounded.inside().times(gate)), x);
  }

  /**
   * Returns 2<sup>raise</sup> e<sup>2u</sup>, where u = sqrt(2/pi) (x + 0.044715 x³).
   *
   * <p>The slope 2u/x and x² in it are sums of two numbers each: 2u is as large as 100, or 750 in
   * float64, and its absolute error is the result's relative one.
   */
  static Value raisedGeluTanhExp(Value x) {
    Value slope = slope(x);
    return ExpKernels.raisedExp2(x, slope, slopeLow(x, slope));
  }

  /** Returns what {@link #raisedGeluTanhExp} was rounded by. */
  static Value raisedGeluTanhExpRest(Value x) {
    Value slope = slope(x);
    return ExpKernels.raisedExp2Rest(x, slope, slopeLow(x, slope));
  }

  private static Value slope(Value x) {
    return x.times(x).fma(cubic(x).high(), linear(x).high());
  }

  /** Returns what slope(x) was rounded by, and what its terms were rounded by. */
  private static Value slopeLow(Value x, Value slope) {
    Value square = x.times(x);
    Value squareLow = x.fma(x, square.negate());
    // The difference is exact.
    Value difference = x.code().constant(linear(x).high()).minus(slope);
    Split cubic = cubic(x);
    Value rest = square.fma(cubic.low(), linear(x).low());
    return square.fma(cubic.high(), difference).plus(squareLow.fma(cubic.high(), rest));
  }

  /** Returns {@link #GELU_TANH_LINEAR}, high to a multiple of the largest slope's ulp. */
  private static Split linear(Value x) {
    DType dtype = x.code().dtype();
    // The largest slope is below 16, or 64.
    return GELU_TANH_LINEAR.in(dtype, dtype == DType.FLOAT32 ? -20 : -47);
  }

  private static Split cubic(Value x) {
    return GELU_TANH_CUBIC.in(x.code().dtype());
  }
}
