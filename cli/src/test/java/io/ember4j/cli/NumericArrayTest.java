package io.ember4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class NumericArrayTest {
  @Test
  void theShapeMustDescribeTheValues() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new NumericArray.Floats(new long[] {2, 2}, new float[3]));
    assertThrows(
        IllegalArgumentException.class,
        () -> new NumericArray.Doubles(new long[] {-1, -3}, new double[3]));
    assertEquals(1, new NumericArray.Doubles(new long[] {}, new double[1]).size());
  }

  @Test
  void shapesReadAsInPython() {
    assertEquals("()", NumericArray.describe());
    assertEquals("(3,)", NumericArray.describe(3));
    assertEquals("(3, 0)", NumericArray.describe(3, 0));
  }

  @Test
  void anEmptyShapeWithAbsurdAxesOverflows() {
    assertEquals(0, NumericArray.count(0, 1L << 62));
    assertThrows(ArithmeticException.class, () -> NumericArray.count(0, 1L << 62, 1L << 62));
  }
}
