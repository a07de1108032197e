package io.ember4j.conformance;

import java.util.List;
import java.util.stream.Stream;

/**
 * The rules on everything but the functions' values: storage, shapes, lifetimes, errors, layers.
 */
final class StructuralRules {
  private StructuralRules() {}

  static List<Rule> rules() {
    return Stream.of(
            StorageRules.rules(),
            BroadcastRules.rules(),
            DTypeRules.rules(),
            ReductionRules.rules(),
            SumRules.rules(),
            MatmulRules.rules(),
            LayoutRules.rules(),
            LifecycleRules.rules(),
            InPlaceRules.rules(),
            ErrorRules.rules(),
            RandomRules.rules(),
            SelectionRules.rules(),
            LayerRules.rules(),
            DenseRules.rules(),
            TapeRules.rules())
        .flatMap(List::stream)
        .toList();
  }
}
