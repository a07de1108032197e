package io.ember4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class SvgTextTest {
  @Test
  void joinsLinesThatContinueEachOtherAndShortensNumbers() {
    assertEquals(
        """
        <g>
        <polyline style="a" points="0.12,1 2,3.50 4,5"/>
        <polyline style="a" points="9,9 8,8"/>
        <polyline style="b" points="8,8 7,7"/>
        </g>
        """,
        SvgText.compact(
            """
            <g>
              <line style="a" x1="0.129" x2="2" y1="1" y2="3.5012"/>
              <line style="a" x1="2" x2="4" y1="3.5012" y2="5"/>
              <line style="a" x1="9" x2="8" y1="9" y2="8"/>
              <line style="b" x1="8" x2="7" y1="8" y2="7"/>
            </g>
            """));
  }
}
