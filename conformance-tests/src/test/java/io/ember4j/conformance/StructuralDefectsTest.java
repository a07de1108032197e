package io.ember4j.conformance;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ember4j.BackendScope;
import io.ember4j.Backends;
import io.ember4j.backend.pure.PureBackendProvider;
import io.ember4j.spi.Backend;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each structural rule that a broken backend can break is broken by one. */
class StructuralDefectsTest {
  static Set<String> ids() {
    return StructuralDefects.byRule().keySet();
  }

  @ParameterizedTest
  @MethodSource("ids")
  void isFoundBy(String id) throws Exception {
    UnaryOperator<Backend> defect = StructuralDefects.byRule().get(id);
    Rule rule = rule(id);
    String good = "good-" + id.toLowerCase(Locale.ROOT).replace('.', '-');
    Backends.register(provider(good, new RequiredFloor(new PureBackendProvider().create())));
    try (BackendScope scope = Backends.use(good)) {
      rule.check().run(new NamedSubject(good));
    }
    String broken = "broken-" + id.toLowerCase(Locale.ROOT).replace('.', '-');
    Backends.register(provider(broken, defect.apply(new PureBackendProvider().create())));
    try (BackendScope scope = Backends.use(broken)) {
      assertThrows(RuleViolation.class, () -> rule.check().run(new NamedSubject(broken)));
    }
  }

  private static TestProvider provider(String name, Backend backend) {
    return new TestProvider(name, () -> backend);
  }

  private static Rule rule(String id) {
    return StructuralRules.rules().stream()
        .filter(r -> r.id().equals(id))
        .findFirst()
        .orElseThrow();
  }
}
