package io.ember4j.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.ember4j.DType;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class JitterTest {
  private static final TrainingPlan PLAN = new TrainingPlan("relu", DType.FLOAT32, 1, 1);
  private static final Samples SAMPLES = Samples.training(Digits.load());

  @Test
  void theStepDecidesAndTheSamplesStay() {
    float[] before = SAMPLES.pixels().clone();
    float[] first = Jitter.of(SAMPLES, PLAN, 0).pixels();
    assertArrayEquals(before, SAMPLES.pixels());
    assertArrayEquals(first, Jitter.of(SAMPLES, PLAN, 0).pixels());
    assertFalse(Arrays.equals(first, Jitter.of(SAMPLES, PLAN, 1).pixels()));
  }

  /** The noise is 1.6 counts, and what a shift of a third of a pixel moves is about as much. */
  @Test
  void theImagesStayRecognisable() {
    float[] moved = Jitter.of(SAMPLES, PLAN, 0).pixels();
    double mean = 0;
    double square = 0;
    for (int i = 0; i < moved.length; i++) {
      double difference = moved[i] - SAMPLES.pixels()[i];
      mean += difference / moved.length;
      square += difference * difference / moved.length;
    }
    assertEquals(0, mean, 0.2);
    assertEquals(2, Math.sqrt(square), 0.5);
  }
}
