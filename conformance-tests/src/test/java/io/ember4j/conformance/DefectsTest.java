package io.ember4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each seeded defect is caught by its rules, and passes every other; the table in docs/defects.md
 * says which.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DefectsTest {
  private final Map<Defect, List<String>> caught = new LinkedHashMap<>();

  static List<Defect> all() {
    return Defects.all();
  }

  @ParameterizedTest
  @MethodSource("all")
  void isCaughtByItsRulesAlone(Defect defect) {
    List<RuleResult> failures = new ArrayList<>();
    ConformanceReport report =
        Conformance.run(
            new TestProvider(defect.name(), defect.backend()),
            ConformanceProfile.parse(defect.profile(), defect.name()),
            result -> {
              if (result.isFailure()) {
                failures.add(result);
              }
            });
    failures.forEach(DefectsTest::tellsWhatWhyAndWhere);
    List<String> ids =
        failures.stream().map(f -> f.rule().id()).sorted(ConformanceReport::compareIds).toList();
    caught.put(defect, ids);
    assertEquals(
        new TreeSet<>(defect.caughtBy()),
        new TreeSet<>(ids),
        failures.stream().map(RuleResult::message).collect(Collectors.joining("\n")));
    assertEquals(false, report.passed());
  }

  /** A message names the rule, what was found, what must hold, and where to look. */
  private static void tellsWhatWhyAndWhere(RuleResult result) {
    String message = result.message();
    Rule rule = result.rule();
    Failure failure = result.failure();
    assertTrue(message.startsWith(rule.id() + ": " + failure.text()), message);
    assertTrue(message.contains(rule.statement()), "no statement in " + message);
    assertTrue(message.contains(rule.hint()), "no hint in " + message);
    assertTrue(failure.summary().length() > 10, "nothing found: " + message);
    if (failure.actual() != null) {
      assertNotNull(failure.operation(), "no operation: " + message);
      assertNotNull(failure.expected(), "no expected value: " + message);
      assertNotNull(failure.index(), "no place: " + message);
    }
  }

  @Test
  void namesAreUniqueAndRulesExist() {
    List<String> names = all().stream().map(Defect::name).toList();
    assertEquals(names.size(), names.stream().distinct().count());
    List<String> rules = Conformance.rules().stream().map(Rule::id).toList();
    for (Defect defect : all()) {
      assertTrue(rules.containsAll(defect.caughtBy()), defect + " names an unknown rule");
      assertTrue(!defect.caughtBy().isEmpty(), defect + " is caught by nothing");
    }
  }

  /** Every family of rules catches something. */
  @Test
  void everyFamilyCatches() {
    Map<String, Long> families =
        Defects.families(
            all().stream().collect(Collectors.toMap(d -> d, d -> List.copyOf(d.caughtBy()))));
    families.forEach((family, count) -> assertTrue(count > 0, "no defect for " + family));
  }

  @AfterAll
  void tableIsAsCheckedIn() throws IOException {
    if (caught.size() < all().size()) {
      return; // Only some of them ran.
    }
    DefectTable.compare(caught);
  }
}
