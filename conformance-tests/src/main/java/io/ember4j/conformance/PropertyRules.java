package io.ember4j.conformance;

import java.util.List;
import java.util.stream.Stream;

/** PR: what holds of every result, whatever its value. */
final class PropertyRules {
  private PropertyRules() {}

  static List<Rule> rules() {
    return Stream.of(
            PositionRules.rules(),
            RepetitionRules.rules(),
            CurveRules.rules(),
            SoftmaxSumRules.rules())
        .flatMap(List::stream)
        .toList();
  }
}
