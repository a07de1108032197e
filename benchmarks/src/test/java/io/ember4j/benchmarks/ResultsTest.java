package io.ember4j.benchmarks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsTest {
  private static final Cell CELL = Cell.of("Question", 1, List.of("ember4j", "peer"), "n", "1");

  @TempDir private Path folder;

  private Path file() {
    return folder.resolve("deep/results.jsonl");
  }

  private static Sample sample(String build, String contender) {
    return Sample.of(build, CELL.key(), contender, 64, 1.5, 2e9, 3e-4);
  }

  @Test
  void aFinishedCellIsThereWhenOpenedAgain() throws IOException {
    Results.open(file(), "a").add(List.of(sample("a", "ember4j"), sample("a", "peer")));
    Results again = Results.open(file(), "a");
    assertTrue(again.has(CELL));
    Sample read = again.sample(CELL.key(), "peer").orElseThrow();
    assertEquals(List.of(1.5, 2e9, 3e-4), read.values());
    assertEquals(64, read.bytes());
  }

  @Test
  void aCellOfAnotherBuildIsMeasuredAgain() throws IOException {
    Results.open(file(), "a").add(List.of(sample("a", "ember4j"), sample("a", "peer")));
    assertFalse(Results.open(file(), "b").has(CELL));
  }

  @Test
  void aCellWithAContenderMissingIsMeasuredAgain() throws IOException {
    Results.open(file(), "a").add(List.of(sample("a", "ember4j")));
    assertFalse(Results.open(file(), "a").has(CELL));
  }

  @Test
  void aLineCutShortIsIgnored() throws IOException {
    Results.open(file(), "a").add(List.of(sample("a", "ember4j"), sample("a", "peer")));
    String line = sample("a", "third").toLine();
    Files.writeString(file(), line.substring(0, line.length() / 2), StandardOpenOption.APPEND);
    Results again = Results.open(file(), "a");
    assertTrue(again.has(CELL));
    assertTrue(again.sample(CELL.key(), "third").isEmpty());
  }

  @Test
  void theLastBuildIsFoundWithoutKnowingIt() throws IOException {
    assertTrue(Results.openLast(file()).isEmpty());
    Results.open(file(), "a").add(List.of(sample("a", "ember4j")));
    Results.open(file(), "b").add(List.of(sample("b", "ember4j")));
    assertEquals("b", Results.openLast(file()).orElseThrow().build());
  }

  @Test
  void quantilesLieBetweenTheNearestValues() {
    assertEquals(2.5, Statistics.median(4, 1, 3, 2));
    assertEquals(1.75, Statistics.quantile(0.25, 4, 1, 3, 2));
    assertEquals(4, Statistics.geometricMean(List.of(2.0, 8.0)), 1e-12);
  }

  @Test
  void errorsAreCountedInUlpOfTheReference() {
    float[] x = {1, 2, 3};
    float[] exact = {1, 2, 3};
    float[] off = {1, 2 + 3 * Math.ulp(2f), 3};
    assertArrayEquals(
        new double[] {0, Double.NaN}, ErrorSample.worst(v -> v, Double.NaN, x, exact));
    assertArrayEquals(new double[] {3, 2}, ErrorSample.worst(v -> v, Double.NaN, x, off));
    assertEquals(
        Double.POSITIVE_INFINITY,
        ErrorSample.worst(v -> v, Double.NaN, x, new float[] {1, Float.NaN, 3})[0]);
  }

  @Test
  void anUnknownOptionIsRefused() {
    assertTrue(Arguments.parse("--fast").isEmpty());
    assertTrue(Arguments.parse("--only").isEmpty());
    assertTrue(Arguments.parse("--only", "(").isEmpty());
    assertTrue(Arguments.parse("--forks", "0").isEmpty());
  }

  @Test
  void aPartialRunDoesNotOverwriteThePublishedReport() {
    Path published = Path.of("docs", "benchmarks.md");
    assertEquals(published, Arguments.parse().orElseThrow().output());
    assertFalse(Arguments.parse("--quick").orElseThrow().output().equals(published));
    assertFalse(Arguments.parse("--only", "gelu").orElseThrow().output().equals(published));
  }
}
