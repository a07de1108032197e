package io.ember4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ember4j.Execution;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is said about numbers that were measured. */
class ComparisonReportTest {
  private static final double[] OUTPUT = {0, 1};

  private static CompareRow row(String backend, double nanos, double ulps) {
    var run = new BackendRun(backend, Execution.NATIVE, nanos, OUTPUT, "");
    return new CompareRow("elu", run, ulps, ulps > 4 ? "4 ULP" : "", 1, 0.5, 0, 1, 0);
  }

  private static CompareRow failed(String backend) {
    var run =
        new BackendRun(backend, Execution.DEFAULT, Double.NaN, new double[0], "Error: no memory");
    return new CompareRow("elu", run, Double.NaN, "", Double.NaN, Double.NaN, 1, 0, 0);
  }

  private static Comparison comparison(CompareRow... rows) {
    var array = new NumericArray.Floats(new long[] {2}, new float[] {0, 1});
    return new Comparison(
        new CompareData("two numbers", array),
        DistinctValues.of(OUTPUT, 10),
        Arrays.stream(rows).map(row -> row.run().backend()).distinct().toList(),
        List.of(rows),
        1e6,
        List.of());
  }

  private static String advice(CompareRow... rows) {
    return Recommendation.of(comparison(rows));
  }

  private static String printed(CompareRow... rows) {
    var text = new StringWriter();
    new ComparisonReport(comparison(rows), new PrintWriter(text)).print();
    return text.toString();
  }

  @Test
  void theFastestThatIsAlsoTheMostAccurateIsChosen() {
    String advice = advice(row("a", 1, 0.5), row("b", 3, 2));
    assertTrue(advice.startsWith("For data of this size (2 elements) choose a: "), advice);
    assertTrue(advice.contains("(a 1.00 ns, b 3.00 ns)"), advice);
    assertTrue(advice.contains("a 0.50 ULP, b 2.00 ULP"), advice);
  }

  @Test
  void speedAndAccuracyMayDisagree() {
    String advice = advice(row("a", 1, 2), row("b", 3, 0.5));
    assertTrue(advice.contains("choose a for speed"), advice);
    assertTrue(advice.contains("choose b for accuracy"), advice);
  }

  @Test
  void aTieInTimeIsSaid() {
    String advice = advice(row("a", 1.05, 0.5), row("b", 1, 2), row("c", 9, 0.5));
    assertTrue(advice.contains("choose a: "), advice);
    assertTrue(advice.contains("within 10%"), advice);
    advice = advice(row("a", 1.05, 0.5), row("b", 1, 0.52));
    assertTrue(advice.contains("choose b or a"), advice);
  }

  @Test
  void theTimeIsTheGeometricMeanOverActivations() {
    String advice = advice(row("a", 1, 0.5), row("a", 100, 0.5));
    assertTrue(advice.contains("a takes 10.0 ns"), advice);
  }

  @Test
  void oneThatExceedsItsBoundIsNotRecommendedAndFailsTheComparison() {
    CompareRow[] rows = {row("a", 1, 5), row("b", 3, 0.5)};
    assertFalse(comparison(rows).isFine());
    String text = printed(rows);
    assertTrue(text.contains("5.00!"), text);
    assertTrue(text.contains("! elu on a is 5.00 ULP off, beyond its bound of 4 ULP."), text);
    assertTrue(text.contains("b takes 3.00 ns"), text);
    assertTrue(text.contains("Not considered: a."), text);
    assertTrue(comparison(row("b", 3, 0.5)).isFine());
  }

  @Test
  void oneThatFailsIsShownWithItsReason() {
    CompareRow[] rows = {failed("a"), row("b", 3, 0.5)};
    assertFalse(comparison(rows).isFine());
    String text = printed(rows);
    assertTrue(text.contains("! elu on a failed: Error: no memory"), text);
    assertTrue(text.contains("Not considered: a."), text);
    assertTrue(advice(failed("a")).contains("no backend can be recommended"));
  }

  @Test
  void aBusyMachineIsTold() {
    assertTrue(printed(row("a", 1, 0.5)).contains("busy"));
  }

  @Test
  void timesHaveThreeDigits() {
    assertEquals("0.07", ComparisonReport.time(0.0712));
    assertEquals("12.3", ComparisonReport.time(12.345));
    assertEquals("1234", ComparisonReport.time(1234.4));
  }
}
