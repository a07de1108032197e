package io.ember4j.backend.pure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The kernels of the exponential and of what is made of one, against api's double routines. */
class LogisticKernelsTest {
  private static final float[] SAMPLE = KernelRun.everyNth(20_011);

  @ParameterizedTest
  @MethodSource("io.ember4j.backend.pure.LogisticCases#all")
  void the_error_stays_within_the_bound(KernelCase c) {
    float[] results = c.results(SAMPLE);
    for (int i = 0; i < SAMPLE.length; i++) {
      assertEquals("", c.complaint(SAMPLE[i], results[i]));
    }
  }

  @ParameterizedTest
  @MethodSource("io.ember4j.backend.pure.LogisticCases#all")
  void infinities_and_zeros_give_their_limits(KernelCase c) {
    float[] x = KernelCase.special();
    float[] results = c.results(x);
    for (int i = 0; i < x.length; i++) {
      // As objects: the sign of a zero counts.
      assertEquals(c.limits().get(i), (Float) results[i], c + "(" + x[i] + ")");
    }
  }

  @ParameterizedTest
  @MethodSource("io.ember4j.backend.pure.LogisticCases#all")
  void nan_gives_nan_whatever_its_bits(KernelCase c) {
    // The bits are an operand of the integer arithmetic that makes powers of two.
    for (int bits : new int[] {0x7FC00000, 0x7F800001, 0x7FFFFFFF, 0xFFC00000, 0xFFFFFFFF}) {
      float result = c.results(Float.intBitsToFloat(bits))[0];
      assertTrue(Float.isNaN(result), c + "(" + Integer.toHexString(bits) + ") is " + result);
    }
  }

  @ParameterizedTest
  @MethodSource("io.ember4j.backend.pure.LogisticCases#all")
  void results_that_underflow_become_zeros_at_the_end_only(KernelCase c) {
    for (float x = -115; x < -70; x += 0x1p-5f) {
      assertEquals("", c.complaint(x, c.results(x)[0]));
    }
  }

  @ParameterizedTest
  @MethodSource("io.ember4j.backend.pure.LogisticCases#all")
  void simd_gives_the_same_bits(KernelCase c) {
    assumeTrue(Simd.isAvailable());
    assertArrayEquals(c.results(SAMPLE), KernelRun.vector(c.kernel(), SAMPLE));
  }

  @ParameterizedTest
  @MethodSource("io.ember4j.backend.pure.LogisticCases#bells")
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
