package io.ember4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ember4j.DType;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The account of a failure has all that is known of it, and nothing that makes no sense. */
class FailureTest {
  private static Failure of(Runnable check) {
    return assertThrows(RuleViolation.class, check::run).failure();
  }

  @Test
  void tellsTheWorstElementInLabelledLines() {
    Failure failure =
        of(
            () -> {
              Findings findings = new Findings("gelu", DType.FLOAT32, 67);
              findings.near(3, "0.5 (0x1.0p-1)", Exact.special(1, DType.FLOAT32), 1 + 0x1p-20, 4);
              findings.near(5, "0.25 (0x1.0p-2)", Exact.special(1, DType.FLOAT32), 1 + 0x1p-19, 4);
              findings.near(9, "2.0 (0x1.0p1)", Exact.special(1, DType.FLOAT32), 1 + 0x1p-22, 4);
              findings.check();
            });
    assertEquals(
        """
        2 of 67 elements are wrong; the one that is off most:
          operation  gelu
          dtype      float32
          shape      [67]
          index      [5]
          input      0.25 (0x1.0p-2)
          expected   1.0 (0x1.0p0)
          actual     1.0000019 (0x1.00002p0)
          off by     16 ULP
          bound      4 ULP""",
        failure.text());
    assertEquals(16.0, failure.ulp());
    assertNull(failure.seed());
    assertEquals(List.of(), failure.code());
  }

  @Test
  void leavesOutADistanceThatIsNone() {
    Failure failure =
        of(
            () -> {
              Findings findings = new Findings("sqrt", DType.FLOAT64, 1);
              findings.same(0, "-1.0 (-0x1.0p0)", Double.NaN, 1.0);
              findings.check();
            });
    assertEquals(
        """
        the result is wrong
          operation  sqrt
          dtype      float64
          shape      [1]
          index      [0]
          input      -1.0 (-0x1.0p0)
          expected   NaN
          actual     1.0 (0x1.0p0)
          bound      exact""",
        failure.text());
  }

  @Test
  void tellsStructuralDifferencesAlike() {
    long[] shape = {2, 3};
    double[] expected = {1, 2, 3, 4, 5, 6};
    double[] actual = {1, 2, 3, 4, 5, 7};
    assertEquals(
        """
        an element is wrong; the first:
          operation  permute
          dtype      float32
          shape      [2, 3]
          index      [1, 2]
          expected   6.0 (0x1.8p2)
          actual     7.0 (0x1.cp2)
          off by     2.10e+06 ULP
          bound      exact""",
        of(() -> Checks.same("permute", DType.FLOAT32, shape, expected, actual)).text());
    Failure bounded =
        of(
            () ->
                Checks.within(
                    "sum",
                    DType.FLOAT32,
                    shape,
                    expected,
                    new double[] {0, 0, 0, 0, 0, 0.5},
                    actual));
    assertEquals("within 0.5", bounded.bound());
  }

  @Test
  void aSentenceIsEnoughWhereThereIsNothingElse() {
    Failure failure = of(() -> Checks.isTrue(false, "%s was not refused", "-1"));
    assertEquals("-1 was not refused", failure.text());
    assertNull(failure.operation());
  }

  @Test
  void furtherLinesStandBelowTheFirst() {
    Failure failure =
        new Failure.Builder().summary("wrong").seed(7).code(List.of("a();", "b();")).build();
    assertEquals("wrong\n  seed       7\n  code       a();\n             b();", failure.text());
  }

  @Test
  void writesDistancesInFull() {
    assertEquals("0.5", Findings.ulps(0.5));
    assertEquals("100", Findings.ulps(100));
    assertEquals("1.02e+03", Findings.ulps(1020));
    assertEquals("5.08e+10", Findings.ulps(5.08e10));
  }
}
