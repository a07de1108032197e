package io.ember4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each backend that is broken on purpose is caught by its rule and passes every other. */
class BrokenBackendsTest {
  static Stream<BrokenBackends.Broken> all() {
    return Stream.of(BrokenBackends.all(), BrokenGradients.all(), BrokenProperties.all())
        .flatMap(List::stream);
  }

  @ParameterizedTest
  @MethodSource("all")
  void isCaughtByItsRuleAlone(BrokenBackends.Broken broken) {
    ConformanceReport report =
        Conformance.run(
            new TestProvider(broken.name(), broken.backend()),
            ConformanceProfile.parse(broken.profile(), broken.name()),
            ConformanceListener.SILENT);
    Set<String> failed = new TreeSet<>();
    StringBuilder messages = new StringBuilder();
    for (RuleResult result : report.results()) {
      if (result.isFailure()) {
        failed.add(result.rule().id());
        messages.append(result.message()).append('\n');
        assertTrue(
            result.message().contains(result.rule().hint()), "no hint in " + result.message());
      }
    }
    assertEquals(new TreeSet<>(broken.caughtBy()), failed, messages.toString());
    assertEquals(false, report.passed());
  }
}
