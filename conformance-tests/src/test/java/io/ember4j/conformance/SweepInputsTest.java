package io.ember4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SweepInputsTest {

  @Test
  void strideOneIsEveryPatternOnce() {
    SweepInputs all = new SweepInputs(1);
    assertEquals(SweepInputs.ALL, all.count());
    assertEquals(256, all.shards());
    float[] x = new float[2];
    all.fill(255, SweepInputs.SHARD - 2, x);
    assertEquals(0xFFFFFFFE, Float.floatToRawIntBits(x[0]));
    assertEquals(0xFFFFFFFF, Float.floatToRawIntBits(x[1]));
    all.fill(1, 0, x);
    assertEquals(SweepInputs.SHARD, Float.floatToRawIntBits(x[0]));
  }

  @Test
  void aSampleHasTheSpecialNumbersBeforeEveryNthPattern() {
    SweepInputs sample = new SweepInputs(1_000_003);
    float[] x = new float[sample.count(0)];
    sample.fill(0, 0, x);
    Set<Float> seen = new HashSet<>();
    for (float value : x) {
      seen.add(value);
    }
    for (float special : new float[] {0, -0f, 1f / 0, -1f / 0, Float.NaN, Float.MIN_VALUE}) {
      assertEquals(true, seen.contains(special), () -> "" + special);
    }
    int last = x.length - 1;
    assertEquals(4294 * 1_000_003L, Integer.toUnsignedLong(Float.floatToRawIntBits(x[last])));
    assertEquals(
        -1_000_003, Float.floatToRawIntBits(x[last - 1]) - Float.floatToRawIntBits(x[last]));
    assertEquals(sample.count(), x.length);
  }
}
