package io.ember4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShortestDecimalTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0",
        "-0.0",
        "1.0",
        "-1.5",
        "0.001",
        "9.999E-4",
        "9999999.0",
        "1.0E7",
        "0.1",
        "16.0",
        "2.0E15",
        "1.1754944E-38",
        "1.4E-45",
        "3.4028235E38",
        "1580794.8",
        "1580794.2",
        "40058.188",
        "2.2E-44"
      })
  void float32(String text) {
    assertEquals(text, ShortestDecimal.of(Float.parseFloat(text)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0",
        "-0.0",
        "1.0",
        "-1.5",
        "0.001",
        "9.999E-4",
        "9999999.0",
        "1.0E7",
        "0.1",
        "2.0E23",
        "1.0E23",
        "8.41E21",
        "4.9E-324",
        "9.9E-324",
        "2.2250738585072014E-308",
        "1.7976931348623157E308",
        "0.30000000000000004"
      })
  void float64(String text) {
    assertEquals(text, ShortestDecimal.of(Double.parseDouble(text)));
  }

  @Test
  void wordsForWhatIsNotFinite() {
    assertEquals("nan", ShortestDecimal.of(Float.NaN));
    assertEquals("inf", ShortestDecimal.of(Float.POSITIVE_INFINITY));
    assertEquals("-inf", ShortestDecimal.of(Float.NEGATIVE_INFINITY));
    assertEquals("nan", ShortestDecimal.of(Double.NaN));
    assertEquals("inf", ShortestDecimal.of(Double.POSITIVE_INFINITY));
    assertEquals("-inf", ShortestDecimal.of(Double.NEGATIVE_INFINITY));
  }

  @Test
  void readsBackAndIsNeverLongerThanTheJdks() {
    var random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      float f = Float.intBitsToFloat(random.nextInt());
      if (Float.isFinite(f) && f != 0) {
        assertEquals(f, Float.parseFloat(ShortestDecimal.shorten(f)));
        assertTrue(ShortestDecimal.shorten(f).length() <= Float.toString(f).length());
      }
      double d = Double.longBitsToDouble(random.nextLong());
      if (Double.isFinite(d) && d != 0) {
        assertEquals(d, Double.parseDouble(ShortestDecimal.shorten(d)));
        assertTrue(ShortestDecimal.shorten(d).length() <= Double.toString(d).length());
      }
    }
  }

  @Test
  void agreesWithTheJdkFrom19On() {
    assumeTrue(Runtime.version().feature() >= 19, "Float.toString is not the shortest before 19");
    var random = new Random(8);
    for (int i = 0; i < 50_000; i++) {
      float f = Float.intBitsToFloat(random.nextInt());
      if (Float.isFinite(f) && f != 0) {
        assertEquals(Float.toString(f), ShortestDecimal.shorten(f));
      }
      double d = Double.longBitsToDouble(random.nextLong());
      if (Double.isFinite(d) && d != 0) {
        assertEquals(Double.toString(d), ShortestDecimal.shorten(d));
      }
    }
    for (int exponent = Float.MIN_EXPONENT - 23; exponent <= Float.MAX_EXPONENT; exponent++) {
      float power = Math.scalb(1f, exponent);
      assertEquals(Float.toString(power), ShortestDecimal.shorten(power));
    }
  }
}
