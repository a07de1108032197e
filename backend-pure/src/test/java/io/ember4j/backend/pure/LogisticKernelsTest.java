package io.ember4j.backend.pure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ember4j.expr.SpecialFunctions;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The kernels of the exponential and of what is made of one, against api's double routines. */
class LogisticKernelsTest {
  private static final float[] SAMPLE = KernelRun.everyNth(20_011);
  private static final float INF = Float.POSITIVE_INFINITY;
  private static final float LOG_2 = (float) Math.log(2);
  private static final float LECUN = (float) (1.7159 * 2 / 3);

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
            2.3,
            0,
            0.25f,
            0.25f,
            0),
        kernel(
            "tanh'",
            BellKernels::tanhDerivative,
            SpecialFunctions::tanhDerivative,
            2.3,
            0,
            1,
            1,
            0),
        kernel(
            "lecun_tanh'",
            BellKernels::lecunTanhDerivative,
            SpecialFunctions::lecunTanhDerivative,
            3,
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

  @ParameterizedTest
  @MethodSource("all")
  void the_error_stays_within_the_bound(KernelCase c) {
    float[] results = c.results(SAMPLE);
    for (int i = 0; i < SAMPLE.length; i++) {
      assertEquals("", c.complaint(SAMPLE[i], results[i]));
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void infinities_and_zeros_give_their_limits(KernelCase c) {
    float[] x = KernelCase.special();
    float[] results = c.results(x);
    for (int i = 0; i < x.length; i++) {
      // As objects: the sign of a zero counts.
      assertEquals(c.limits().get(i), (Float) results[i], c + "(" + x[i] + ")");
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void nan_gives_nan_whatever_its_bits(KernelCase c) {
    // The bits are an operand of the integer arithmetic that makes powers of two.
    for (int bits : new int[] {0x7FC00000, 0x7F800001, 0x7FFFFFFF, 0xFFC00000, 0xFFFFFFFF}) {
      float result = c.results(Float.intBitsToFloat(bits))[0];
      assertTrue(Float.isNaN(result), c + "(" + Integer.toHexString(bits) + ") is " + result);
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void results_that_underflow_become_zeros_at_the_end_only(KernelCase c) {
    for (float x = -115; x < -70; x += 0x1p-5f) {
      assertEquals("", c.complaint(x, c.results(x)[0]));
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void simd_gives_the_same_bits(KernelCase c) {
    assumeTrue(Simd.isAvailable());
    assertArrayEquals(c.results(SAMPLE), KernelRun.vector(c.kernel(), SAMPLE));
  }

  @ParameterizedTest
  @MethodSource("bells")
  void the_derivatives_of_odd_functions_are_even(KernelCase c) {
    assertArrayEquals(c.results(SAMPLE), c.results(negated(SAMPLE)));
  }

  @Test
  void tanh_is_odd() {
    float[] results = KernelRun.scalar(LogisticKernels::tanh, SAMPLE);
    assertArrayEquals(negated(results), KernelRun.scalar(LogisticKernels::tanh, negated(SAMPLE)));
  }

  @Test
  void tiny_numbers_are_their_own_tanh_and_expm1() {
    float[] tiny = {Float.MIN_VALUE, -3 * Float.MIN_VALUE, 1e-40f, -0x1.234568p-126f, 0x1p-30f};
    assertArrayEquals(tiny, KernelRun.scalar(LogisticKernels::tanh, tiny));
    assertArrayEquals(tiny, KernelRun.scalar(ExpKernels::expm1, tiny));
  }

  private static float[] negated(float[] x) {
    float[] result = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      result[i] = -x[i];
    }
    return result;
  }
}
