package io.ember4j.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the report says about given measurements. */
class ReportTest {
  private static final Plan PLAN = new Plan(true);
  private static final String BUILD = "17.0.1/abcd/quick";

  @TempDir private Path folder;
  private Results results;

  @BeforeEach
  void openResults() throws IOException {
    results = Results.open(folder.resolve("results.jsonl"), BUILD);
  }

  private void measured(Cell cell, String contender, double... nanos) throws IOException {
    results.add(List.of(Sample.of(BUILD, cell.key(), contender, 100, nanos)));
  }

  private static Cell relu(int size) {
    return Plan.activation("relu", "value", size, Outputs.RECYCLED);
  }

  private String report() {
    return new Report(PLAN, List.of(results), "a processor").write();
  }

  /** Returns the first line of the report that starts so. */
  private String line(String start) {
    return report().lines().filter(l -> l.startsWith(start)).findFirst().orElse("no such line");
  }

  /** Returns relu's row in the table of values with recycled outputs. */
  private String reluRow() {
    String text = report();
    String table = text.substring(text.indexOf("**value, recycled outputs**"));
    return table.lines().filter(l -> l.startsWith("| `relu`")).findFirst().orElseThrow();
  }

  @Test
  void aCellReadsThePeersTimeOverOurs() throws IOException {
    measured(relu(1), "ember4j", 100, 100, 100);
    measured(relu(1), "pytorch", 250, 251, 249);
    assertEquals("| `relu` | 2.50x | ? | ? | ? |", reluRow());
  }

  @Test
  void aLostCellIsBold() throws IOException {
    measured(relu(1), "ember4j", 100, 100, 100);
    measured(relu(1), "pytorch", 80, 80, 80);
    assertEquals("| `relu` | **0.80x** | ? | ? | ? |", reluRow());
  }

  @Test
  void aCellLostByLittleIsNotRoundedToADraw() throws IOException {
    measured(relu(1), "ember4j", 1000, 1000, 1000);
    measured(relu(1), "pytorch", 999, 999, 999);
    assertEquals("| `relu` | **0.99x** | ? | ? | ? |", reluRow());
  }

  @Test
  void aCellLostByFarKeepsItsDigits() throws IOException {
    measured(relu(1), "ember4j", 10_000, 10_000, 10_000);
    measured(relu(1), "pytorch", 23, 23, 23);
    assertEquals("| `relu` | **0.0023x** | ? | ? | ? |", reluRow());
  }

  @Test
  void aCellWhoseRoundsDisagreeIsMarkedUncertain() throws IOException {
    measured(relu(1), "ember4j", 100, 100, 100, 100, 100);
    measured(relu(1), "pytorch", 80, 90, 95, 110, 120);
    assertEquals("| `relu` | **0.95x~** | ? | ? | ? |", reluRow());
  }

  @Test
  void ratiosAreTakenWithinARound() throws IOException {
    // The machine is twice as slow in the second half of the run, for both.
    measured(relu(1), "ember4j", 100, 100, 200, 200);
    measured(relu(1), "pytorch", 300, 300, 600, 600);
    assertEquals("| `relu` | 3.00x | ? | ? | ? |", reluRow());
  }

  @Test
  void aPeerThatIsInaccurateIsMarkedAndItsCellsAreCountedApart() throws IOException {
    measured(relu(1), "ember4j", 100, 100, 100);
    measured(relu(1), "pytorch", 80, 80, 80);
    results.add(
        List.of(Sample.of(BUILD, ErrorSample.key("relu", "value"), "pytorch", 0, 2e6, -88.7)));
    assertEquals("| `relu` | **0.80x** | ? | ? | 2.00e+06 at x = -88.70 † |", reluRow());
    assertEquals("| no cell lost to PyTorch where it is within 4 ULP | ? |", line("| no cell"));
    assertEquals(
        "| cells lost to PyTorch where it is not (for the record) | 1 of 1 lost, 0 of them uncertain |",
        line("| cells lost"));
  }

  @Test
  void theMeanIsGeometricAndOverAllCells() throws IOException {
    measured(relu(1), "ember4j", 100, 100, 100);
    measured(relu(1), "pytorch", 50, 50, 50);
    measured(relu(100_000), "ember4j", 100, 100, 100);
    measured(relu(100_000), "pytorch", 1250, 1250, 1250);
    assertTrue(line("| activations against PyTorch").endsWith("| 2.50x over 2 cells |"));
    assertTrue(line("| no cell lost").endsWith("| **1 of 2 lost, 0 of them uncertain** |"));
  }

  @Test
  void nothingMeasuredIsSaidSoAndNeverReached() {
    String goals = report();
    goals = goals.substring(goals.indexOf("## Goals"), goals.indexOf("## Activations"));
    assertEquals(10, goals.lines().filter(l -> l.endsWith("| ? |")).count());
    assertFalse(goals.contains("NaN"));
  }

  @Test
  void aSecondRunHasAColumnOfGoals() throws IOException {
    Results other = Results.open(folder.resolve("other.jsonl"), "25/abcd/quick");
    String text = new Report(PLAN, List.of(results, other), "a processor").write();
    assertTrue(text.contains("| Goal | JDK 17.0.1 | JDK 25 |"), text);
  }
}
