package io.ember4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextTableTest {
  @Test
  void columnsAreAsWideAsTheirCellsAndNumbersStandAtTheRight() {
    var table = new TextTable("NAME", ">N", "END");
    table.row("a", "1", "x");
    table.row("longer", "100", "");
    var text = new StringWriter();
    table.print(new PrintWriter(text, true));
    assertEquals(
        List.of("NAME      N  END", "a         1  x", "longer  100"),
        text.toString().lines().toList());
    assertThrows(IllegalArgumentException.class, () -> table.row("one"));
  }

  @Test
  void textIsBrokenAtSpaces() {
    String word = "x".repeat(60);
    assertEquals(List.of("  " + word, "    " + word), TextTable.wrap(word + " " + word, 2, 4));
    String tooLong = "y".repeat(200);
    assertEquals(List.of(tooLong), TextTable.wrap(tooLong, 0, 2));
    assertEquals(List.of("a b"), TextTable.wrap(" a  b ", 0, 0));
  }
}
