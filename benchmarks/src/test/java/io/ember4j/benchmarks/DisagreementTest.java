package io.ember4j.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class DisagreementTest {
  private static final float ABOVE_ONE = Math.nextUp(1f);

  @Test
  void tellsWhoIsNearer() {
    Disagreement found = new Disagreement(0);
    found.add(0, 1, 1, 1);
    found.add(1, ABOVE_ONE, 1, 1 + 0x1p-24 + 0x1p-30);
    found.add(2, 1, ABOVE_ONE, 1);
    found.add(3, 1, Math.nextUp(ABOVE_ONE), 1);
    assertEquals(
        List.of(
            "`f`",
            "25.00 %",
            "75.00 %",
            "0.00 %",
            "0.492",
            "2.00",
            "3.0",
            "1.0",
            "1.0000002",
            "1.00000000",
            "Ember4j",
            ""),
        List.of(found.cells("f")));
  }

  @Test
  void keepsSpecialCasesApart() {
    Disagreement found = new Disagreement(0);
    found.add(Double.NaN, Float.NaN, 0, Double.NaN);
    found.add(5, 0f, -0f, 0);
    Disagreement other = new Disagreement(0);
    other.add(7, 2, Float.POSITIVE_INFINITY, 2);
    String[] cells = found.with(other).cells("f");
    assertEquals("33.33 %", cells[1]);
    assertEquals("the same", cells[10]);
    assertEquals("NaN: NaN, 0.0; 7.0: 2.0, Infinity", cells[11]);
  }

  @Test
  void aUnitIsAtLeastTheSmallest() {
    Disagreement found = new Disagreement(0.5);
    found.add(1, 1.25f, 2f, 1);
    assertEquals("0.500", found.cells("f")[4]);
    assertEquals("2.00", found.cells("f")[5]);
  }
}
