package io.ember4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** What counts as an error, and what as a difference. */
class SweepCounterTest {
  private static final float INF = Float.POSITIVE_INFINITY;
  private static final float NAN = Float.NaN;

  @Test
  void anErrorIsInSpacingsAtTheExactValue() {
    assertEquals(3, of("relu", 1, 1 + 3 * 0x1p-23f).worst());
    assertEquals(3, of("relu", 1, 1 - 3 * 0x1p-23f).worst());
    assertEquals(5, of("relu", Float.MIN_VALUE, 6 * Float.MIN_VALUE).worst());
    assertEquals(2, of("relu", Float.MAX_VALUE - 0x1p104f, INF).worst());
    assertEquals(1, of("relu", Float.MIN_VALUE, 0).worst());
    assertEquals(0, of("relu", 1, 1 + 0x1p-23f).correct());
  }

  @Test
  void theWorstErrorAndItsInputAreKept() {
    SweepCounter counter = new SweepCounter(SweepFunctions.named("relu"));
    counter.add(1, 1 + 0x1p-23f);
    counter.add(3, 3 + 2 * 0x1p-22f);
    counter.add(2, 2);
    SweepTally tally = counter.tally();
    assertEquals(2, tally.worst());
    assertEquals(3, tally.worstInput());
    assertEquals(Math.sqrt(5 / 3.0), tally.rms());
    assertEquals(1 / 3.0, tally.correctShare());
    assertTrue(tally.isWithin(2));
    assertFalse(tally.isWithin(1.9));
  }

  @Test
  void nanAndInfinitiesHaveToBeTheExactOnes() {
    assertDifferent("relu", 1, NAN);
    assertDifferent("relu", NAN, 0);
    assertDifferent("relu", INF, Float.MAX_VALUE);
    assertDifferent("relu", INF, -INF);
    assertDifferent("relu", INF, NAN);
    assertDifferent("log", -1, 0);
    assertRight("relu", NAN, NAN);
    assertRight("relu", INF, INF);
    assertRight("exp", 100, INF);
    assertRight("log", -1, NAN);
    assertEquals(0, of("exp", 100, Float.MAX_VALUE).correct());
  }

  @Test
  void theSignOfAZeroCountsAtZeroAndInfinityUnlessItIsAGradient() {
    assertDifferent("relu", -0f, 0);
    assertDifferent("gelu", -INF, 0);
    assertRight("gelu", -INF, -0f);
    assertRight("gelu'", -INF, 0);
    assertRight("gelu'", -INF, -0f);
    assertRight("relu", -1, -0f);
  }

  @Test
  void beyondTheDomainOfADerivativeNothingIsJudged() {
    assertEquals(0, of("log'", -1, 7).judged());
    assertEquals(0, of("log'", -0f, 7).judged());
    assertEquals(1, of("log'", 0, INF).judged());
    assertEquals(1, of("log'", NAN, NAN).judged());
  }

  @Test
  void anAbsoluteErrorIsAllowedAroundTheZeroOfADerivativeOnly() {
    float zero = -0.7517916f;
    SweepTally allowed = of("gelu'", zero, 0x1p-24f);
    assertEquals(1, allowed.floored());
    assertEquals(0, allowed.worst());
    assertTrue(of("gelu'", zero, 0x1.8p-23f).worst() > 4);
    assertTrue(of("gelu'", -3, 0x1p-24f).worst() > 4);
    assertTrue(of("gelu", 0x1p-30f, 0x1p-24f).worst() > 4);
  }

  private static void assertDifferent(String function, float x, float actual) {
    SweepTally tally = of(function, x, actual);
    assertEquals(1, tally.differences());
    assertEquals(Float.floatToIntBits(x), tally.differenceBits());
    assertFalse(tally.isWithin(Double.POSITIVE_INFINITY));
  }

  private static void assertRight(String function, float x, float actual) {
    SweepTally tally = of(function, x, actual);
    assertEquals(0, tally.differences());
    assertEquals(1, tally.correct());
  }

  private static SweepTally of(String function, float x, float actual) {
    SweepCounter counter = new SweepCounter(SweepFunctions.named(function));
    counter.add(x, actual);
    return counter.tally();
  }
}
