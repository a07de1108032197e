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

/** The kernels around the error function, of the logarithms and of tanhshrink. */
class ErrorKernelsTest {
  private static final float[] SAMPLE = KernelRun.everyNth(20_011);
  private static final float INF = Float.POSITIVE_INFINITY;
  private static final float NAN = Float.NaN;
  private static final float ERF_SLOPE = (float) (2 / Math.sqrt(Math.PI));
  private static final float DENSITY = (float) (1 / Math.sqrt(2 * Math.PI));

  static Stream<KernelCase> tails() {
    return Stream.of(
        kernel("erfc", ErrorKernels::erfc, SpecialFunctions::erfc, 3.2, 2, 1, 1, 0),
        kernel("ndtr", NormalKernels::ndtr, SpecialFunctions::ndtr, 3.1, 0, 0.5f, 0.5f, 1),
        kernel("gelu", NormalKernels::gelu, SpecialFunctions::gelu, 3.6, -0f, -0f, 0, INF),
        kernel(
            "gelu'",
            NormalKernels::geluDerivative,
            SpecialFunctions::geluDerivative,
            3.8,
            -0f,
            0.5f,
            0.5f,
            1));
  }

  static Stream<KernelCase> even() {
    return Stream.of(
        kernel(
            "normal_pdf",
            NormalKernels::normalPdf,
            SpecialFunctions::normalPdf,
            1.5,
            0,
            DENSITY,
            DENSITY,
            0),
        kernel(
            "erf'",
            ErrorKernels::erfDerivative,
            SpecialFunctions::erfDerivative,
            1.3,
            0,
            ERF_SLOPE,
            ERF_SLOPE,
            0));
  }

  static Stream<KernelCase> odd() {
    return Stream.of(
        kernel("erf", ErrorKernels::erf, SpecialFunctions::erf, 1, -1, -0f, 0, 1),
        kernel(
            "tanhshrink",
            TanhshrinkKernel::tanhshrink,
            SpecialFunctions::tanhshrink,
            2.9,
            -INF,
            -0f,
            0,
            INF));
  }

  static Stream<KernelCase> logarithms() {
    return Stream.of(
        kernel("log", LogKernels::log, StrictMath::log, 0.94, NAN, -INF, -INF, INF),
        kernel("log1p", LogKernels::log1p, SpecialFunctions::log1p, 1.6, NAN, -0f, 0, INF));
  }

  static Stream<KernelCase> all() {
    return Stream.of(tails(), even(), odd(), logarithms()).flatMap(s -> s);
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

  @ParameterizedTest
  @MethodSource("all")
  void the_error_stays_within_the_bound(KernelCase c) {
    check(c, SAMPLE);
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
    for (int bits : new int[] {0x7FC00000, 0x7F800001, 0x7FFFFFFF, 0xFFC00000, 0xFFFFFFFF}) {
      float result = c.results(Float.intBitsToFloat(bits))[0];
      assertTrue(Float.isNaN(result), c + "(" + Integer.toHexString(bits) + ") is " + result);
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void simd_gives_the_same_bits(KernelCase c) {
    assumeTrue(Simd.isAvailable());
    assertArrayEquals(c.results(SAMPLE), KernelRun.vector(c.kernel(), SAMPLE));
  }

  @ParameterizedTest
  @MethodSource("tails")
  void small_sizes_and_subnormal_results_are_within_the_bound(KernelCase c) {
    check(c, steps(-15.5f, 15.5f, 0x1p-12f));
    check(c, steps(-0.01f, 0.01f, 0x1p-21f));
  }

  @Test
  void the_derivative_of_gelu_cancels_nothing_at_its_zero() {
    KernelCase c = tails().filter(k -> k.name().equals("gelu'")).findFirst().orElseThrow();
    check(c, steps(-0.7519f, -0.7517f, 0x1p-24f));
  }

  @ParameterizedTest
  @MethodSource("odd")
  void odd_functions_are_odd(KernelCase c) {
    assertArrayEquals(negated(c.results(SAMPLE)), c.results(negated(SAMPLE)));
  }

  @ParameterizedTest
  @MethodSource("even")
  void densities_are_even(KernelCase c) {
    assertArrayEquals(c.results(SAMPLE), c.results(negated(SAMPLE)));
  }

  @ParameterizedTest
  @MethodSource("odd")
  void both_sides_of_a_split_are_within_the_bound(KernelCase c) {
    check(c, steps(0.9f, 1.1f, 0x1p-20f));
  }

  @Test
  void logarithms_have_a_pole_and_no_value_below_it() {
    float[] log = KernelRun.scalar(LogKernels::log, new float[] {1, -Float.MIN_VALUE, -1, -1e30f});
    assertArrayEquals(new float[] {0, NAN, NAN, NAN}, log);
    float[] log1p = KernelRun.scalar(LogKernels::log1p, new float[] {-1, -1.0000001f, -1e30f});
    assertArrayEquals(new float[] {-INF, NAN, NAN}, log1p);
  }

  @Test
  void tiny_numbers_are_their_own_log1p() {
    float[] tiny = {Float.MIN_VALUE, -3 * Float.MIN_VALUE, 1e-40f, -0x1.234568p-126f, 0x1p-30f};
    assertArrayEquals(tiny, KernelRun.scalar(LogKernels::log1p, tiny));
  }

  @ParameterizedTest
  @MethodSource("logarithms")
  void subnormal_arguments_and_neighbours_of_one_are_within_the_bound(KernelCase c) {
    check(c, steps(0, 0x1p-126f, 0x1p-140f));
    check(c, steps(0.5f, 2, 0x1p-18f));
    check(c, steps(-0.99f, 1, 0x1p-17f));
  }

  private static void check(KernelCase c, float[] x) {
    float[] results = c.results(x);
    for (int i = 0; i < x.length; i++) {
      assertEquals("", c.complaint(x[i], results[i]));
    }
  }

  private static float[] steps(float low, float high, float step) {
    float[] x = new float[(int) ((high - low) / step)];
    for (int i = 0; i < x.length; i++) {
      x[i] = low + i * step;
    }
    return x;
  }

  private static float[] negated(float[] x) {
    float[] result = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      result[i] = -x[i];
    }
    return result;
  }
}
