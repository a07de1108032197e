package io.ember4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ember4j.Backends;
import io.ember4j.DType;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The engine: how outcomes follow from checks and declarations. */
class ConformanceTest {
  private static final Rule PASSES = rule("ZZ-1.passes", subject -> {});
  private static final Rule BREAKS =
      rule(
          "ZZ-2.breaks",
          subject -> {
            throw new RuleViolation("2 is not 3");
          });
  private static final Rule CRASHES =
      rule(
          "ZZ-10.crashes",
          subject -> {
            throw new UnsatisfiedLinkError("no native library");
          });

  private static Rule rule(String id, Rule.Check check) {
    return new Rule(id, "It must hold.", "the test", check);
  }

  private static ConformanceReport run(List<Rule> rules, String... profile) {
    Backends.register(new TestProvider("engine-test", NaiveBackend::new));
    return Conformance.run(
        "engine-test",
        ConformanceProfile.parse(List.of(profile), "profile"),
        rules,
        ConformanceListener.SILENT);
  }

  @Test
  void reportsWhatPassesAndWhatFails() {
    ConformanceReport report = run(List.of(CRASHES, BREAKS, PASSES));
    assertFalse(report.passed());
    assertEquals(2, report.count(RuleResult.Outcome.FAIL));
    assertTrue(
        report
            .text()
            .startsWith(
                """
                # engine-test: 3 rules, 1 pass, 0 deviate, 2 fail
                PASS ZZ-1.passes
                FAIL ZZ-2.breaks
                FAIL ZZ-10.crashes
                activation relu: float32 composed, float64 composed
                """),
        report.text());
    assertEquals(
        "ZZ-2.breaks: 2 is not 3\n  must hold  It must hold.\n  look at    the test",
        report.results().get(1).message());
    assertTrue(report.results().get(0).message().contains("no native library"));
  }

  @Test
  void aDeclaredDeviationIsNoFailureWhileItLasts() {
    ConformanceReport report = run(List.of(BREAKS), "deviation ZZ-2.breaks it cannot count");
    assertTrue(report.passed());
    assertEquals(RuleResult.Outcome.DEVIATES, report.results().get(0).outcome());
    assertEquals("it cannot count\n2 is not 3", report.results().get(0).message());
    assertEquals("2 is not 3", report.results().get(0).failure().summary());
    assertTrue(report.text().contains("\nDEVIATES ZZ-2.breaks\n"));
  }

  @Test
  void aDeclaredDeviationThatIsFixedFails() {
    ConformanceReport report = run(List.of(PASSES), "deviation ZZ-1.passes once it was so");
    assertFalse(report.passed());
    assertEquals(RuleResult.Outcome.FIXED, report.results().get(0).outcome());
    assertTrue(report.results().get(0).message().contains("remove it"));
  }

  @Test
  void aDeviationOfAnotherPlatformDoesNotExcuse() {
    ConformanceReport report =
        run(List.of(BREAKS), "deviation ZZ-2.breaks arch=pdp11 its words are short");
    assertFalse(report.passed());
    assertTrue(report.text().contains("\nDEVIATES ZZ-2.breaks arch=pdp11\n"), report.text());
  }

  @Test
  void aDeviationFromNoRuleIsAProblem() {
    ConformanceReport report = run(List.of(PASSES), "deviation ZZ-3.pases a typing error");
    assertFalse(report.passed());
    assertTrue(report.problems().get(0).contains("there is no such rule"));
  }

  @Test
  void noRuleAtAllIsAProblem() {
    assertEquals(List.of("no rule ran"), run(List.of()).problems());
  }

  @Test
  void anUnavailableBackendIsAProblemUnlessAllowed() {
    ConformanceReport report = Conformance.run("no-such-backend", ConformanceListener.SILENT);
    assertFalse(report.passed());
    assertTrue(report.problems().get(0).contains("unknown backend"));
    System.setProperty(Conformance.ALLOW_UNAVAILABLE, "other, no-such-backend");
    try {
      ConformanceReport allowed = Conformance.run("no-such-backend", ConformanceListener.SILENT);
      assertTrue(allowed.passed());
      assertTrue(allowed.allowedUnavailable());
    } finally {
      System.clearProperty(Conformance.ALLOW_UNAVAILABLE);
    }
  }

  @Test
  void everyRuleHasAnIdOfItsOwn() {
    List<String> ids = Conformance.rules().stream().map(Rule::id).toList();
    assertEquals(ids.size(), ids.stream().distinct().count());
  }

  @Test
  void everyTableIsReadStrictly() {
    List<String> table =
        List.of("# function: f", "# parameters: none", "# dtype: float32", "x,y", "0x1.0p0,2.0");
    ReferenceTable read = ReferenceTable.parse(TableFile.parse("f", DType.FLOAT32, table));
    assertEquals(2.0, read.y()[0].nearest());
    for (String bad : List.of("0x1.0p0", "1.5,2.0", "0x1.00000001p0,2.0", "0x1.0p0,two", "")) {
      List<String> broken = new java.util.ArrayList<>(table);
      broken.add(bad);
      IllegalArgumentException refused =
          assertThrows(
              IllegalArgumentException.class,
              () -> ReferenceTable.parse(TableFile.parse("f", DType.FLOAT32, broken)));
      assertTrue(refused.getMessage().contains("f.float32:6: "), refused.getMessage());
    }
    assertThrows(IllegalArgumentException.class, () -> TableFile.parse("f", DType.FLOAT64, table));
  }
}
