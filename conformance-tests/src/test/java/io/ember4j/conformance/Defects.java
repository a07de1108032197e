package io.ember4j.conformance;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The catalogue of backends that are broken on purpose, each with the rules that must catch it,
 * they and no other.
 *
 * <p>Most rules compute with most primitives, so a primitive that is broken everywhere would break
 * many rules at once and show nothing about any one of them. So a defect is confined to what few
 * rules look at: a size that no other uses, an input that only one table holds, two operands of
 * full size.
 */
final class Defects {
  private Defects() {}

  static List<Defect> all() {
    return Stream.of(
            ElementwiseDefects.all(),
            FunctionDefects.all(),
            PropertyDefects.all(),
            ShapeDefects.all(),
            ReductionDefects.all(),
            StorageDefects.all(),
            ThreadDefects.all(),
            TapeDefects.all(),
            CapabilityDefects.all())
        .flatMap(List::stream)
        .toList();
  }

  /** Returns the families of rules with the number of defects that a rule of each has caught. */
  static Map<String, Long> families(Map<Defect, List<String>> caught) {
    Map<String, Long> families = new TreeMap<>();
    Conformance.rules().forEach(rule -> families.put(family(rule.id()), 0L));
    caught.values().stream()
        .flatMap(ids -> ids.stream().map(Defects::family).distinct())
        .collect(Collectors.groupingBy(family -> family, Collectors.counting()))
        .forEach(families::put);
    return families;
  }

  private static String family(String ruleId) {
    return ruleId.substring(0, 2);
  }
}
