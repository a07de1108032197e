package io.ember4j.backend.pure;

/**
 * Kernels of the derivatives of {@link GateKernels}, computed like those.
 *
 * <p>Each has a zero at a negative x, where two numbers of size one cancel: about it, the error has
 * an absolute bound, where it is more than 4 ULP.
 *
 * <p>Special cases of all: -inf gives -0.0, as does every x whose result underflows; +inf gives 1,
 * NaN gives NaN.
 */
final class GateDerivativeKernels {

  private static final Split GELU_SIGMOID = new Split(0x1.b3b645a1cac08p+0, 0x1.89374bc6a7efap-55);

  /** 2 sqrt(2/pi). */
  private static final Split GELU_TANH = new Split(0x1.9884533d43651p+0, -0x1.cbc0d30ebfd15p-54);

  /** 6 sqrt(2/pi) 0.044715. */
  private static final Split GELU_TANH_CUBIC =
      new Split(0x1.b6676bf7450f0p-3, 0x1.bba7351828aabp-57);

  private GateDerivativeKernels() {}

  /**
   * Returns the derivative of the sigmoid linear unit.
   *
   * <p>Formula: e (1 + e + x) / (1 + e)², where e = e<sup>x</sup>.
   *
   * <p>Accuracy: float32 3.80 ULP over all inputs but those from -1.36 to -1.14, where it is 4 ULP
   * or 2<sup>-26.7</sup>; float64 3.4 ULP, or 2<sup>-54</sup> there.
   */
  static Value siluDerivative(Value x) {
    ExpConstants c = ExpConstants.of(x);
    Bounded bounded = Bounded.of(x, c.deepUnderflow(), c.negligible());
    Value raised = ExpKernels.raisedExp(bounded.inside());
    return quotient(bounded, raised, bounded.inside().plus(1), square(raised));
  }

  /**
   * Returns the derivative of GELU's approximation by a sigmoid.
   *
   * <p>Formula: e (1 + e + 1.702 x) / (1 + e)², where e = e<sup>1.702 x</sup>.
   *
   * <p>Accuracy: float32 3.96 ULP over all inputs but those from -0.98 to -0.60, where it is 4 ULP
   * or 2<sup>-25.8</sup>; float64 3.7 ULP, or 2<sup>-54</sup> there.
   */
  static Value geluSigmoidDerivative(Value x) {
    ExpConstants c = ExpConstants.of(x);
    Bounded bounded = Bounded.of(x, c.deepUnderflow() / 1.702, c.negligible() / 1.702);
    Value inside = bounded.inside();
    Value raised = ExpKernels.raisedExp2(inside, GateKernels.GELU_SIGMOID_SCALE);
    Split slope = GELU_SIGMOID.in(x.code().dtype());
    Value sum = inside.fma(slope.low(), inside.fma(slope.high(), 1.0));
    return quotient(bounded, raised, sum, square(raised));
  }

  /**
   * Returns the derivative of GELU's approximation by a hyperbolic tangent.
   *
   * <p>Formula: e (1 + e + 2 x u') / (1 + e)², where e = e<sup>2u</sup> and u = sqrt(2/pi) (x +
   * 0.044715 x³).
   *
   * <p>Accuracy: float32 4 ULP over all inputs but those from -0.92 to -0.62, where it is 4 ULP or
   * 2<sup>-25.8</sup>; float64 3.7 ULP, or 2<sup>-54</sup> there.
   */
  static Value geluTanhDerivative(Value x) {
    Bounded bounded = GateKernels.boundedForGeluTanh(x);
    Value inside = bounded.inside();
    Value raised = GateKernels.raisedGeluTanhExp(inside);
    Value rest = GateKernels.raisedGeluTanhExpRest(inside);
    // The linear term is rounded to one's ulp, so its low part goes with the cubic term.
    Split linear = GELU_TANH.in(x.code().dtype());
    Split cubic = GELU_TANH_CUBIC.in(x.code().dtype());
    Value square = inside.times(inside);
    Value squareLow = inside.fma(inside, square.negate());
    Value slopeLow = squareLow.fma(cubic.high(), square.fma(cubic.low(), linear.low()));
    Value slope = square.fma(cubic.high(), slopeLow);
    Value sum = inside.fma(slope, inside.fma(linear.high(), 1.0));
    return quotient(bounded, raised, sum, rest.fma(sum, square(raised)));
  }

  /**
   * Returns the derivative of the mish function.
   *
   * <p>Formula: g (1 + x + e (1 - x g) / 2), where e = e<sup>x</sup> and g = e / (1 + e + e²/2).
   * About the zero, 1 + x is exact.
   *
   * <p>Accuracy: float32 4 ULP over all inputs but those from -1.26 to -0.99, where it is 4 ULP or
   * 2<sup>-25.8</sup>; float64 3.6 ULP, or 2<sup>-54</sup> there.
   */
  static Value mishDerivative(Value x) {
    ExpConstants c = ExpConstants.of(x);
    Bounded bounded = Bounded.of(x, c.deepUnderflow(), c.negligible() / 2 + 0.5);
    Value inside = bounded.inside();
    Value raised = ExpKernels.raisedExp(inside);
    Value e = ExpKernels.lower(raised);
    Value half = e.times(0.5);
    Value raisedGate = raised.dividedBy(e.fma(half.plus(1), 1));
    Value rest = inside.fma(ExpKernels.lower(raisedGate).negate(), 1);
    Value result = raisedGate.times(half.fma(rest, inside.plus(1)));
    return bounded.orLimit(-0.0, ExpKernels.lower(result), 1);
  }

  /** Returns e², raised as e is. */
  private static Value square(Value raised) {
    return raised.times(ExpKernels.lower(raised));
  }

  /** Returns (e sum + rest) / (1 + e)², where e and the rest are raised. */
  private static Value quotient(Bounded bounded, Value raised, Value sum, Value rest) {
    Value result = raised.fma(sum, rest).dividedBy(ExpKernels.squareOfOnePlus(raised));
    return bounded.orLimit(-0.0, ExpKernels.lower(result), 1);
  }
}
