package io.ember4j.conformance;

import java.util.List;
import java.util.stream.Stream;

/** The families of rules, in the order in which they run. */
final class AllRules {
  private static final List<Rule> RULES =
      Stream.of(
              ElementwiseRules.rules(),
              FunctionRules.rules(),
              ActivationRules.rules(),
              SoftmaxRules.rules(),
              OnnxRules.rules(),
              GradientRules.rules(),
              PropertyRules.rules(),
              DefinedRules.rules(),
              StructuralRules.rules(),
              ExpressionRules.rules(),
              ExpressionGradientRules.rules(),
              // Last: it judges the declared bounds by what the others measured.
              CapabilityRules.rules())
          .flatMap(List::stream)
          .toList();

  private AllRules() {}

  static List<Rule> rules() {
    return RULES;
  }
}
