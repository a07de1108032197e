package io.ember4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ember4j.DType;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class UlpTest {
  private static final double INF = Double.POSITIVE_INFINITY;

  private static double error(double actual, String exact, DType dtype) {
    return Ulp.error(actual, Exact.parse(exact, dtype));
  }

  @Test
  void countsInUnitsOfTheResultsBinade() {
    assertEquals(0, error(1, "1.0", DType.FLOAT32));
    assertEquals(1, error(1 + Math.ulp(1f), "1.0", DType.FLOAT32));
    assertEquals(0.5, error(Math.nextDown(1f), "1.0", DType.FLOAT32));
    assertEquals(3, error(1 - 3 * Math.ulp(0.5), "1e0", DType.FLOAT64) * 2);
  }

  @Test
  void seesWhatRoundingHides() {
    String third = "0." + "3".repeat(40);
    double rounded = error(1 / 3.0, third, DType.FLOAT64);
    assertEquals(1 / 3.0, rounded, 1e-12);
    assertEquals(1 - rounded, error(Math.nextUp(1 / 3.0), third, DType.FLOAT64), 1e-12);
  }

  @Test
  void usesTheSubnormalSpacingBelowTheSmallestNormal() {
    BigDecimal smallest = new BigDecimal(Double.MIN_VALUE);
    Exact half = Exact.of(smallest.multiply(new BigDecimal("2.5")), DType.FLOAT64);
    assertEquals(0.5, Ulp.error(2 * Double.MIN_VALUE, half), 1e-9);
    assertEquals(2.5, Ulp.error(0, half), 1e-9);
    assertEquals(2.5, Ulp.error(-0.0, half), 1e-9);
    assertEquals(7, error(7 * Float.MIN_VALUE, "1e-9999", DType.FLOAT32), 1e-9);
    assertEquals(0, error(0, "-1e-9999", DType.FLOAT32), 1e-9);
  }

  @Test
  void takesInfinityForWhatIsBeyondTheLargest() {
    assertEquals(0, error(INF, "1e9999", DType.FLOAT32));
    assertEquals(0, error(-INF, "-1e9999", DType.FLOAT64));
    assertEquals(INF, error(-INF, "1e9999", DType.FLOAT64));
    assertEquals(INF, error(Double.MAX_VALUE, "1e9999", DType.FLOAT64));
    assertEquals(INF, error(Double.NaN, "1e9999", DType.FLOAT64));
    // 0.75 spacings above the largest: infinity is right, the largest 0.75 off.
    BigDecimal above =
        new BigDecimal(Float.MAX_VALUE)
            .add(new BigDecimal(Math.ulp(Float.MAX_VALUE)).multiply(new BigDecimal("0.75")));
    assertEquals(0, Ulp.error(INF, Exact.of(above, DType.FLOAT32)));
    assertEquals(0.75, Ulp.error(Float.MAX_VALUE, Exact.of(above, DType.FLOAT32)), 1e-9);
  }

  @Test
  void countsAnInfinityInsideTheRangeAsTheNextNumber() {
    BigDecimal largest = new BigDecimal(Float.MAX_VALUE);
    assertEquals(1, Ulp.error(INF, Exact.of(largest, DType.FLOAT32)));
    assertEquals(INF, error(INF, "1.0", DType.FLOAT64) > 1e300 ? INF : 0);
  }

  @Test
  void treatsSpecialValuesAsAllOrNothing() {
    assertEquals(0, error(Double.NaN, "nan", DType.FLOAT32));
    assertEquals(INF, error(0, "nan", DType.FLOAT32));
    assertEquals(INF, error(Float.MAX_VALUE, "inf", DType.FLOAT32));
    assertEquals(INF, error(Double.NaN, "0.0", DType.FLOAT32));
    assertEquals(1, error(Float.MIN_VALUE, "0.0", DType.FLOAT32));
    assertEquals(0, error(-0.0, "0.0", DType.FLOAT32));
    assertFalse(Ulp.sameBits(-0.0, 0.0));
    assertTrue(Ulp.sameBits(Double.NaN, Double.longBitsToDouble(0x7ff8000000000001L)));
  }

  @Test
  void knowsWhichValuesTheDTypeHas() {
    assertTrue(Exact.parse("5.0e-1", DType.FLOAT32).isRepresentable());
    assertFalse(Exact.parse("1e-1", DType.FLOAT64).isRepresentable());
    assertFalse(Exact.parse("-1e-9999", DType.FLOAT64).isRepresentable());
    assertThrows(NumberFormatException.class, () -> Exact.parse("one", DType.FLOAT64));
  }
}
