package io.ember4j.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class DigitsTest {
  @Test
  void holdsTheWholeTestSet() {
    Digits digits = Digits.load();
    assertEquals(1797 * 64, digits.features().length);
    int[] counts = new int[10];
    Arrays.stream(digits.labels()).forEach(label -> counts[label]++);
    // As sklearn.datasets.load_digits() has them.
    assertArrayEquals(new int[] {178, 182, 177, 183, 181, 182, 181, 179, 174, 180}, counts);
    double sum = 0;
    for (float count : digits.features()) {
      assertTrue(count >= 0 && count <= 16 && count == (int) count);
      sum += count;
    }
    assertEquals(561_718, sum);
  }

  @Test
  void keepsPixelsAndLabelsApart() {
    Digits digits = Digits.load();
    float[] firstImageRow = Arrays.copyOfRange(digits.features(), 0, 8);
    assertArrayEquals(new float[] {0, 0, 5, 13, 9, 1, 0, 0}, firstImageRow);
    float[] secondImageRow = Arrays.copyOfRange(digits.features(), 64, 72);
    assertArrayEquals(new float[] {0, 0, 0, 12, 13, 5, 0, 0}, secondImageRow);
    assertArrayEquals(new int[] {0, 1, 2, 3}, Arrays.copyOf(digits.labels(), 4));
  }

  @Test
  void theLicenceIsBesideTheData() throws IOException {
    try (var in = Digits.class.getResourceAsStream("digits-LICENSE.txt")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      for (String part : new String[] {"E. Alpaydin, C. Kaynak", "CC BY 4.0", "10.24432/C50P49"}) {
        assertTrue(text.contains(part), part);
      }
    }
  }

  @Test
  void refusesDataOfAnotherSize() throws IOException {
    refused("1,2\n".repeat(1797), "(1797, 2)");
    refused(("1,".repeat(64) + "1\n").repeat(1796), "(1796, 65)");
  }

  private static void refused(String csv, String found) throws IOException {
    byte[] data = compressed(csv);
    Refusal.assertRefused(
        () -> Digits.read(new ByteArrayInputStream(data)),
        "digits.csv.gz: expected shape (1797, 65), found " + found,
        "build it again");
  }

  private static byte[] compressed(String text) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }
}
