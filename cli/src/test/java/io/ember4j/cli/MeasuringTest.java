package io.ember4j.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ember4j.DType;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The tools of compare: distinct values, distances, times. */
class MeasuringTest {
  @Test
  void distinctValuesKeepBothZerosAndOneNan() {
    double[] data = {2, -0.0, 0.0, Double.NaN, 2, -Double.NaN, -3};
    DistinctValues values = DistinctValues.of(data, 100);
    assertArrayEquals(new double[] {-3, -0.0, 0.0, 2, Double.NaN}, values.sample());
    assertEquals(5, values.count());
    for (int i = 0; i < data.length; i++) {
      assertEquals(0, Double.compare(data[i], values.sample()[values.place(i)]));
    }
    assertEquals("all 5 distinct values", values.describe());
  }

  @Test
  void aSampleIsEvenlySpacedAndHasTheEnds() {
    double[] data = new double[1001];
    Arrays.setAll(data, i -> i);
    DistinctValues values = DistinctValues.of(data, 11);
    assertArrayEquals(
        new double[] {0, 100, 200, 300, 400, 500, 600, 700, 800, 900, 1000}, values.sample());
    assertEquals(-1, values.place(1));
    assertEquals("11 of 1,001 distinct values, evenly spaced", values.describe());
    assertArrayEquals(new double[] {0}, DistinctValues.of(data, 1).sample());
  }

  @Test
  void distancesCountNumbersOfTheDtype() {
    assertEquals(0, UlpDistance.between(0.0, -0.0, DType.FLOAT32));
    assertEquals(1, UlpDistance.between(1, Math.nextUp(1f), DType.FLOAT32));
    assertEquals(1L << 29, UlpDistance.between(1, Math.nextUp(1f), DType.FLOAT64));
    assertEquals(2, UlpDistance.between(-Float.MIN_VALUE, Float.MIN_VALUE, DType.FLOAT32));
    assertEquals(2, UlpDistance.between(-Double.MIN_VALUE, Double.MIN_VALUE, DType.FLOAT64));
    assertEquals(0, UlpDistance.between(Double.NaN, Double.NaN, DType.FLOAT32));
    double infinity = Double.POSITIVE_INFINITY;
    assertEquals(infinity, UlpDistance.between(Double.NaN, 1, DType.FLOAT64));
    assertEquals(1, UlpDistance.between(Double.MAX_VALUE, infinity, DType.FLOAT64));
    assertTrue(UlpDistance.between(-Double.MAX_VALUE, Double.MAX_VALUE, DType.FLOAT64) > 0x1p63);
    assertEquals(
        1,
        UlpDistance.largest(new double[] {1, 2}, new double[] {1, Math.nextUp(2f)}, DType.FLOAT32));
  }

  @Test
  void theStopwatchMeasuresOneRun() {
    double nanos =
        new Stopwatch(1)
            .medianNanos(
                () -> {
                  long end = System.nanoTime() + 200_000;
                  while (System.nanoTime() < end) {
                    Thread.onSpinWait();
                  }
                });
    assertTrue(nanos >= 200_000, () -> "" + nanos);
  }
}
