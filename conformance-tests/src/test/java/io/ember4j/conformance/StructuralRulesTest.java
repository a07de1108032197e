package io.ember4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ember4j.BackendScope;
import io.ember4j.Backends;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The structural rules hold on a good backend. */
class StructuralRulesTest {
  static Stream<Rule> rules() {
    return StructuralRules.rules().stream();
  }

  @ParameterizedTest
  @MethodSource("rules")
  void holds(Rule rule) throws Exception {
    try (BackendScope scope = Backends.use("pure")) {
      rule.check().run(new NamedSubject("pure"));
    }
  }

  @Test
  void idsAreUnique() {
    List<String> ids = rules().map(Rule::id).toList();
    assertEquals(ids.size(), ids.stream().distinct().count());
  }
}
