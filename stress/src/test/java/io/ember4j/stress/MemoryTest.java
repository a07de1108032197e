package io.ember4j.stress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What counts as flat, and what as growth. */
class MemoryTest {
  private static List<Memory> samples(
      int count, IntToDoubleFunction heap, IntToDoubleFunction resident) {
    return IntStream.range(0, count)
        .mapToObj(i -> new Memory(i, heap.applyAsDouble(i), resident.applyAsDouble(i)))
        .toList();
  }

  @Test
  void warmUpAndNoiseAreFlat() {
    assertEquals("", Memory.growth(samples(30, i -> i < 10 ? i : 20 + i % 3, i -> 300 - i % 20)));
  }

  @Test
  void aPeakIsFlat() {
    assertEquals("", Memory.growth(samples(30, i -> i == 28 ? 500 : 20, i -> i == 25 ? 900 : 300)));
  }

  @Test
  void aSlowLeakIsGrowth() {
    String growth = Memory.growth(samples(30, i -> 20 + i, i -> 300));
    assertTrue(growth.startsWith("heap grew from 35.0 to 45.0 MB"), growth);
  }

  @Test
  void aLeakOfNativeMemoryIsGrowth() {
    String growth = Memory.growth(samples(30, i -> 20, i -> 300 + 6 * i));
    assertTrue(growth.startsWith("resident memory grew from 390.0 to 450.0 MB"), growth);
  }

  @Test
  void residentMemoryNeedNotBeKnown() {
    assertEquals("", Memory.growth(samples(30, i -> 20, i -> Double.NaN)));
  }

  @Test
  void fewSamplesProveNothing() {
    assertTrue(Memory.growth(samples(8, i -> 20, i -> 300)).contains("too few"));
  }
}
