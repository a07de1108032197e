package io.ember4j.conformance;

import java.util.List;
import java.util.stream.Stream;

/** TP: gradients that a tape gives, and training by them. */
final class TapeRules {
  private TapeRules() {}

  static List<Rule> rules() {
    return Stream.of(
            TapeElementwiseRules.rules(),
            TapeMatmulRules.rules(),
            TapeReductionRules.rules(),
            TapeLayoutRules.rules(),
            TapeSoftmaxRules.rules(),
            TapeUseRules.rules(),
            TapeLayerRules.rules(),
            TapeErrorRules.rules(),
            TapeLossRules.rules(),
            TapeOptimizerRules.rules(),
            TapeFunctionRules.rules(),
            TapeNetworkRules.rules())
        .flatMap(List::stream)
        .toList();
  }
}
