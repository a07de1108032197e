package io.ember4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RandomKeyTest {

  private static final RandomKey KEY = RandomKey.of(42);
  private static final int LARGE = 1 << 20;

  /** The known answers come from {@code api/tools/philox.py}. */
  @ParameterizedTest
  @CsvSource({
    "0, 0, 0, 6627e8d5 e169c58d bc57ac4c 9b00dbd8",
    "ffffffffffffffff, ffffffffffffffff, ffffffffffffffff, 408f276d 41c83b0e a20bc7c6 6d5451fd",
    "299f31d0a4093822, 85a308d3243f6a88, 0370734413198a2e, d16cfe09 94fdcceb 5001e420 24126ea1",
    "2a, 3, 7, 945bcada 7e42d578 8747d589 fcd7d3ce",
    "fffffffffffffffe, 0, 10000000001, 509fd7c7 a8e01049 8cb481fc 5c6b38f0",
  })
  void philoxGivesTheKnownAnswers(String key, String low, String high, String expected) {
    int[] words = new int[Philox.WORDS];
    Philox.block(hexLong(key), hexLong(low), hexLong(high), words);
    assertArrayEquals(hexWords(expected), words);
  }

  @Test
  void elementsAreTheWordsOfTheirBlock() {
    float[] uniform = uniformFloats(new RandomKey(42, 7), 16);
    int[] thirdBlock = hexWords("945bcada 7e42d578 8747d589 fcd7d3ce");
    for (int i = 0; i < Philox.WORDS; i++) {
      assertEquals((thirdBlock[i] >>> 8) * 0x1p-24f, uniform[12 + i]);
    }
  }

  @Test
  void normalElementsPairTheWordsOfTheirBlock() {
    double[] normal = normals(new RandomKey(42, 7), 16);
    double v = (0x8747d589L + 1) * 0x1p-32;
    double w = 0xfcd7d3ceL * 0x1p-32;
    double radius = Math.sqrt(-2 * Math.log(v));
    assertEquals(radius * Math.cos(2 * Math.PI * w), normal[14], 1e-14);
    assertEquals(radius * Math.sin(2 * Math.PI * w), normal[15], 1e-14);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 15, 16, 17, 67, 1000, 4098})
  void shorterDrawIsPrefixOfLonger(int size) {
    assertArrayEquals(Arrays.copyOf(uniformFloats(KEY, 4100), size), uniformFloats(KEY, size));
    assertArrayEquals(Arrays.copyOf(uniformDoubles(KEY, 4100), size), uniformDoubles(KEY, size));
    assertArrayEquals(Arrays.copyOf(normals(KEY, 4100), size), normals(KEY, size));
  }

  @Test
  void bothPrecisionsGetTheSameUniforms() {
    float[] floats = uniformFloats(KEY, 4098);
    double[] doubles = uniformDoubles(KEY, 4098);
    for (int i = 0; i < floats.length; i++) {
      assertEquals((double) floats[i], doubles[i]);
    }
  }

  @Test
  void sameKeyRepeatsAndOtherKeysDiffer() {
    double[] draw = uniformDoubles(KEY, 67);
    assertArrayEquals(draw, uniformDoubles(new RandomKey(42, 0), 67));
    assertFalse(Arrays.equals(draw, uniformDoubles(KEY.next(), 67)), "next call");
    assertFalse(Arrays.equals(draw, uniformDoubles(RandomKey.of(43), 67)), "next seed");
    assertFalse(Arrays.equals(draw, uniformDoubles(RandomKey.of(42 + (1L << 32)), 67)), "seed");
    assertFalse(Arrays.equals(draw, uniformDoubles(new RandomKey(42, 1L << 32), 67)), "call");
  }

  @Test
  void nextCountsTheCallsOfTheSeed() {
    assertEquals(new RandomKey(42, 2), KEY.next().next());
    assertEquals(RandomKey.of(42), new RandomKey(42, -1).next());
    assertNotEquals(KEY, KEY.next());
  }

  @Test
  void uniformsFillTheirIntervalEvenly() {
    double[] draw = uniformDoubles(KEY, LARGE);
    int[] counts = new int[16];
    for (double u : draw) {
      assertTrue(u >= 0 && u < 1, () -> "" + u);
      counts[(int) (u * counts.length)]++;
    }
    // Within five standard deviations each.
    assertEquals(0.5, mean(draw, 1), 5 * Math.sqrt(1.0 / 12 / LARGE));
    double expected = LARGE / 16.0;
    for (int count : counts) {
      assertEquals(expected, count, 5 * Math.sqrt(expected * 15 / 16));
    }
    assertEquals(0, correlation(draw, uniformDoubles(KEY.next(), LARGE)), 5 / Math.sqrt(LARGE));
  }

  @Test
  void normalsHaveTheMomentsOfTheNormalDistribution() {
    double[] draw = normals(KEY, LARGE);
    double unit = 5 / Math.sqrt(LARGE);
    assertEquals(0, mean(draw, 1), unit);
    assertEquals(1, mean(draw, 2), unit * Math.sqrt(2));
    assertEquals(0, mean(draw, 3), unit * Math.sqrt(15));
    assertEquals(3, mean(draw, 4), unit * Math.sqrt(96));
    double[] shifted = Arrays.copyOfRange(draw, 1, LARGE + 1);
    shifted[LARGE - 1] = draw[0];
    assertEquals(0, mean(product(draw, shifted), 1), unit, "neighbours");
  }

  private static float[] uniformFloats(RandomKey key, int size) {
    float[] out = new float[size];
    key.fillUniform(out);
    return out;
  }

  private static double[] uniformDoubles(RandomKey key, int size) {
    double[] out = new double[size];
    key.fillUniform(out);
    return out;
  }

  private static double[] normals(RandomKey key, int size) {
    double[] out = new double[size];
    key.fillNormal(out);
    return out;
  }

  private static double mean(double[] values, int power) {
    return DoubleStream.of(values).map(v -> Math.pow(v, power)).average().orElseThrow();
  }

  /** The correlation of two uniform draws. */
  private static double correlation(double[] a, double[] b) {
    return 12 * (mean(product(a, b), 1) - mean(a, 1) * mean(b, 1));
  }

  private static double[] product(double[] a, double[] b) {
    double[] out = new double[a.length];
    Arrays.setAll(out, i -> a[i] * b[i]);
    return out;
  }

  private static long hexLong(String digits) {
    return Long.parseUnsignedLong(digits, 16);
  }

  private static int[] hexWords(String words) {
    return Arrays.stream(words.split(" ")).mapToInt(w -> Integer.parseUnsignedInt(w, 16)).toArray();
  }
}
