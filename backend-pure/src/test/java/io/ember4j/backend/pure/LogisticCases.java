package io.ember4j.backend.pure;

import io.ember4j.expr.SpecialFunctions;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The kernels of {@link ExpKernels}, {@link LogisticKernels}, {@link BellKernels}, {@link
 * GateKernels} and {@link GateDerivativeKernels}, with the bounds that those state.
 */
final class LogisticCases {
  private static final float INF = Float.POSITIVE_INFINITY;
  private static final float LOG_2 = (float) Math.log(2);
  private static final float LECUN = (float) (1.7159 * 2 / 3);

  private LogisticCases() {}

  static Stream<KernelCase> squashers() {
    return Stream.of(
        kernel("exp", ExpKernels::exp, StrictMath::exp, 0.93, 0, 1, 1, INF),
        kernel("expm1", ExpKernels::expm1, SpecialFunctions::expm1, 1.49, -1, -0f, 0, INF),
        kernel(
            "sigmoid", LogisticKernels::sigmoid, SpecialFunctions::sigmoid, 2.41, 0, .5f, .5f, 1),
        kernel("tanh", LogisticKernels::tanh, StrictMath::tanh, 1.97, -1, -0f, 0, 1),
        kernel(
            "log1pexp",
            LogisticKernels::log1pexp,
            SpecialFunctions::softplus,
            2.18,
            0,
            LOG_2,
            LOG_2,
            INF));
  }

  static Stream<KernelCase> bells() {
    return Stream.of(
        kernel(
            "sigmoid'",
            BellKernels::sigmoidDerivative,
            SpecialFunctions::sigmoidDerivative,
            2.38,
            0,
            0.25f,
            0.25f,
            0),
        kernel(
            "tanh'",
            BellKernels::tanhDerivative,
            SpecialFunctions::tanhDerivative,
            2.38,
            0,
            1,
            1,
            0),
        kernel(
            "lecun_tanh'",
            BellKernels::lecunTanhDerivative,
            SpecialFunctions::lecunTanhDerivative,
            3.32,
            0,
            LECUN,
            LECUN,
            0));
  }

  static Stream<KernelCase> gates() {
    return Stream.of(
        gate("silu", GateKernels::silu, SpecialFunctions::silu, 3.23),
        gate("gelu_sigmoid", GateKernels::geluSigmoid, SpecialFunctions::geluSigmoid, 3.35),
        gate("gelu_tanh", GateKernels::geluTanh, SpecialFunctions::geluTanh, 3.31),
        gate("mish", GateKernels::mish, SpecialFunctions::mish, 3.95));
  }

  static Stream<KernelCase> gateDerivatives() {
    return Stream.of(
        slope(
            "silu'",
            GateDerivativeKernels::siluDerivative,
            SpecialFunctions::siluDerivative,
            -26.7),
        slope(
            "gelu_sigmoid'",
            GateDerivativeKernels::geluSigmoidDerivative,
            SpecialFunctions::geluSigmoidDerivative,
            -25.8),
        slope(
            "gelu_tanh'",
            GateDerivativeKernels::geluTanhDerivative,
            SpecialFunctions::geluTanhDerivative,
            -25.8),
        slope(
            "mish'",
            GateDerivativeKernels::mishDerivative,
            SpecialFunctions::mishDerivative,
            -24.9));
  }

  static Stream<KernelCase> all() {
    return Stream.of(squashers(), bells(), gates(), gateDerivatives()).flatMap(s -> s);
  }

  private static KernelCase kernel(
      String name,
      UnaryOperator<Value> kernel,
      DoubleUnaryOperator exact,
      double ulp,
      float atMinusInfinity,
      float atMinusZero,
      float atZero,
      float atInfinity) {
    List<Float> limits = List.of(atMinusInfinity, atMinusZero, atZero, atInfinity);
    return new KernelCase(name, kernel, exact, ulp, 0, limits);
  }

  private static KernelCase gate(
      String name, UnaryOperator<Value> kernel, DoubleUnaryOperator exact, double ulp) {
    return kernel(name, kernel, exact, ulp, -0f, -0f, 0, INF);
  }

  private static KernelCase slope(
      String name, UnaryOperator<Value> kernel, DoubleUnaryOperator exact, double floorExponent) {
    float atZero = (float) exact.applyAsDouble(0);
    double floor = Math.pow(2, floorExponent);
    return new KernelCase(name, kernel, exact, 4, floor, List.of(-0f, atZero, atZero, 1f));
  }
}
