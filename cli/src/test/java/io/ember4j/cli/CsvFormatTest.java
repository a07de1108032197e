package io.ember4j.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvFormatTest {
  private static final float INF = Float.POSITIVE_INFINITY;

  @Test
  void readsRowsAsRank2() throws IOException {
    assertRead("1,2,3\n4,5,6\n", 2, 3, 1, 2, 3, 4, 5, 6);
    assertRead("1,2,3", 1, 3, 1, 2, 3);
    assertRead("1\n2\n3\n", 3, 1, 1, 2, 3);
    assertRead("7", 1, 1, 7);
  }

  @Test
  void toleratesSpacesLineEndsAByteOrderMarkAndBlankLinesAtTheEnd() throws IOException {
    assertRead(" 1 ,\t2\r\n3,  4 \r\n\r\n \n", 2, 2, 1, 2, 3, 4);
    assertRead("\ufeff1,2\n", 1, 2, 1, 2);
    assertRead("\ufeff# title\n1,2\n", 1, 2, 1, 2);
  }

  @Test
  void skipsCommentsAboveTheFirstRow() throws IOException {
    assertRead("# x, y\n\n  # more\n1,2\n", 1, 2, 1, 2);
  }

  @Test
  void readsEverySpellingOfANumber() throws IOException {
    assertRead("+1,-2.5,.5,5.,1e3,1E-3,-0.0", 1, 7, 1, -2.5f, .5f, 5, 1000, 0.001f, -0.0f);
    assertRead("nan,NaN,inf,-INF,+Inf", 1, 5, Float.NaN, Float.NaN, INF, -INF, INF);
    assertRead("1e-300,1.4e-45,3.4028235e38", 1, 3, 0, Float.MIN_VALUE, Float.MAX_VALUE);
  }

  @Test
  void manyValuesGrowTheArray() throws IOException {
    String text = "1,2,3,4,5,6,7\n".repeat(3000);
    assertArrayEquals(new long[] {3000, 7}, read(text).shape());
    assertEquals(7, read(text).values()[20_999]);
  }

  @Test
  void writesTheShortestDecimals() throws IOException {
    float[] floats = {1, -0.0f, 0.1f, 1e10f, Float.NaN, -INF};
    assertEquals(
        "1.0,-0.0,0.1\n1.0E10,nan,-inf\n",
        written(new NumericArray.Floats(new long[] {2, 3}, floats)));
    double[] doubles = {0.1, 1.0 / 3, 1e300, Double.POSITIVE_INFINITY};
    assertEquals(
        "0.1\n0.3333333333333333\n1.0E300\ninf\n",
        written(new NumericArray.Doubles(new long[] {4, 1}, doubles)));
  }

  @Test
  void writesRank0And1AsOneRow() throws IOException {
    assertEquals("2.5\n", written(new NumericArray.Floats(new long[] {}, new float[] {2.5f})));
    assertEquals(
        "1.0,2.0\n", written(new NumericArray.Doubles(new long[] {2}, new double[] {1, 2})));
  }

  @Test
  void float32RoundTripsBitForBit() throws IOException {
    var random = new Random(42);
    float[] values = new float[5000];
    for (int i = 0; i < values.length; i++) {
      float value = Float.intBitsToFloat(random.nextInt());
      values[i] = Float.isNaN(value) ? Float.NaN : value;
    }
    String text = written(new NumericArray.Floats(new long[] {50, 100}, values));
    assertRead(text, 50, 100, values);
  }

  @Test
  void refusesToWriteWhatACsvCannotHold() {
    refusedToWrite(new long[] {2, 1, 2}, 4, "rank 3, shape (2, 1, 2)", "use .npy");
    refusedToWrite(new long[] {0, 3}, 0, "without elements, shape (0, 3)", "use .npy");
    refusedToWrite(new long[] {0}, 0, "without elements, shape (0,)", "use .npy");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n\n", "# only a comment", "# a\n# b\n"})
  void refusesAFileWithoutNumbers(String text) {
    refused(text, "no numbers", "separated by commas");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"abc", "1f", "1d", "0x1p3", "Infinity", "1e", "1 2", "1;2", "--1", "1_0", "\"3\""})
  void namesLineColumnAndWord(String word) {
    refused("# c\n1,2\n3," + word + "\n", "line 3, column 2: '" + word + "'", "commas");
  }

  @Test
  void refusesATitleRow() {
    refused("x,y\n1,2\n", "line 1, column 1: 'x' is not a number", "titles go behind a '#'");
  }

  @Test
  void refusesEmptyValuesAndLines() {
    refused("1,,2\n", "line 1, column 2: the value is empty", "nan");
    refused("1,2,\n", "line 1, column 3: the value is empty", "nan");
    refused("1\n\n2\n", "line 2 is empty", "remove");
  }

  @Test
  void refusesACommentBelowTheFirstRow() {
    refused("1,2\n# note\n3,4\n", "line 2, column 1: '# note'", "above the first row");
  }

  @Test
  void refusesRaggedRowsWithBothCounts() {
    refused("# c\n1,2,3\n4,5,6\n7,8\n", "line 4 has 2 values, line 2 has 3", "every line");
    refused("1,2\n3,4,5\n", "line 2 has 3 values, line 1 has 2", "every line");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e300", "-1e300", "3.5e38", "1e99999999999"})
  void refusesValuesThatOverflowFloat32(String word) {
    refused("1,2\n3," + word, "line 2, column 2: '" + word + "' overflows float32", ".npy");
  }

  @Test
  void refusesBinaryDataInOneShortLine() {
    refused("\u0000\u0093NUMPY" + "y".repeat(500), "column 1: '\\u0000\\u0093NUMPY", "...'");
  }

  private static void assertRead(String text, long rows, long columns, float... values)
      throws IOException {
    assertArrayEquals(new long[] {rows, columns}, read(text).shape());
    assertArrayEquals(values, read(text).values());
  }

  private static void refused(String text, String... fragments) {
    Refusal.assertRefused(() -> read(text), fragments);
    Refusal.assertRefused(() -> read(text), "a.csv: ");
  }

  private static void refusedToWrite(long[] shape, int count, String... fragments) {
    var array = new NumericArray.Floats(shape, new float[count]);
    Refusal.assertRefused(() -> written(array), fragments);
  }

  private static NumericArray.Floats read(String text) throws IOException {
    return CsvFormat.read("a.csv", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static String written(NumericArray array) throws IOException {
    var out = new ByteArrayOutputStream();
    CsvFormat.write("a.csv", out, array);
    return out.toString(StandardCharsets.UTF_8);
  }
}
