package io.ember4j.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ErrorBinsTest {
  @Test
  void eachHoldsTheLargestErrorOfItsInterval() {
    double[] x = {-1e30, -120, 0.01, 0.02, 0.03, 9.99, 10.01, 1e38};
    double[] errors = {1, 2, 0.5, 3, 1, 4, Double.NaN, 6};
    ErrorBins bins = ErrorBins.of(x, errors);
    double[] largest = bins.largest();
    assertEquals(120, largest.length);
    assertEquals(2, largest[0]);
    assertEquals(3, largest[60]);
    assertEquals(4, largest[99]);
    assertTrue(Double.isNaN(largest[100]));
    assertEquals(6, largest[119]);
    assertEquals(6, bins.top());
  }

  @Test
  void stepsGoFromEndToEndOfTheirIntervals() {
    ErrorBins bins = new ErrorBins(new double[] {1, 2});
    assertArrayEquals(new double[] {1, 1, 2, 2}, bins.steps());
    assertArrayEquals(new double[] {-3, -2.95, -2.95, -2.9}, bins.places(), 1e-12);
  }
}
