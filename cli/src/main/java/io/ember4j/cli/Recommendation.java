package io.ember4j.cli;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Says which backend to choose, from the numbers measured. */
final class Recommendation {
  /** Times this near are called equal. */
  private static final double TIME_TIE = 1.10;

  /** Differences this near are called equal, in ULP. */
  private static final double ULP_TIE = 0.05;

  private Recommendation() {}

  static String of(Comparison comparison) {
    Set<String> broken =
        comparison.rows().stream()
            .filter(row -> !row.isFine())
            .map(row -> row.run().backend())
            .collect(Collectors.toSet());
    List<String> sound = comparison.backends().stream().filter(b -> !broken.contains(b)).toList();
    String size = String.format(Locale.ROOT, "%,d elements", comparison.data().array().size());
    if (comparison.rows().isEmpty() || sound.isEmpty()) {
      return "For data of this size (" + size + ") no backend can be recommended: see above.";
    }
    Map<String, Double> times = new LinkedHashMap<>();
    Map<String, Double> errors = new LinkedHashMap<>();
    for (String backend : sound) {
      times.put(backend, meanTime(comparison, backend));
      errors.put(backend, typicalWorst(comparison, backend));
    }
    List<String> fastest = best(times, least(times) * TIME_TIE);
    List<String> nearest = best(errors, least(errors) + ULP_TIE);
    String excluded =
        broken.isEmpty()
            ? ""
            : " Not considered: " + String.join(", ", broken.stream().sorted().toList()) + ".";
    return "For data of this size ("
        + size
        + ") "
        + (sound.size() == 1
            ? only(sound.get(0), times, errors)
            : advice(times, errors, fastest, nearest))
        + excluded;
  }

  private static String only(
      String backend, Map<String, Double> times, Map<String, Double> errors) {
    return backend
        + " takes "
        + ComparisonReport.time(times.get(backend))
        + " ns per element by the geometric mean, and is at most "
        + ComparisonReport.ulps(errors.get(backend))
        + " ULP off by the median over the activations; no other backend was compared.";
  }

  private static String advice(
      Map<String, Double> times,
      Map<String, Double> errors,
      List<String> fastest,
      List<String> nearest) {
    List<String> both = fastest.stream().filter(nearest::contains).toList();
    String speed =
        (fastest.size() == 1 ? "the fastest" : "the fastest, within 10%,")
            + " by the geometric mean of the time per element ("
            + list(times, ComparisonReport::time, " ns")
            + ")";
    String accuracy =
        (nearest.size() == 1 ? "the most accurate" : "as accurate as any")
            + " (largest difference to the exact values, median over the activations: "
            + list(errors, ComparisonReport::ulps, " ULP")
            + ")";
    if (!both.isEmpty()) {
      return "choose " + or(both) + ": " + speed + ", and " + accuracy + ".";
    }
    return "choose "
        + or(fastest)
        + " for speed: "
        + speed
        + "; choose "
        + or(nearest)
        + " for accuracy: "
        + accuracy
        + ".";
  }

  private static double meanTime(Comparison comparison, String backend) {
    return Math.exp(
        comparison.rows().stream()
            .filter(row -> row.run().backend().equals(backend))
            .mapToDouble(row -> Math.log(row.run().nanosPerElement()))
            .average()
            .orElse(Double.NaN));
  }

  /** The median over the activations: one that is hard for everybody does not decide. */
  private static double typicalWorst(Comparison comparison, String backend) {
    double[] worst =
        comparison.rows().stream()
            .filter(row -> row.run().backend().equals(backend) && !Double.isNaN(row.worst()))
            .mapToDouble(CompareRow::worst)
            .sorted()
            .toArray();
    return worst.length == 0 ? Double.NaN : worst[worst.length / 2];
  }

  private static double least(Map<String, Double> values) {
    return values.values().stream().mapToDouble(v -> v).min().orElse(Double.NaN);
  }

  private static List<String> best(Map<String, Double> values, double limit) {
    return values.entrySet().stream()
        .filter(e -> !(e.getValue() > limit))
        .sorted(Comparator.comparingDouble(Map.Entry::getValue))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static String or(List<String> names) {
    return String.join(" or ", names);
  }

  private static String list(
      Map<String, Double> values, java.util.function.DoubleFunction<String> format, String unit) {
    return values.entrySet().stream()
        .map(e -> e.getKey() + " " + format.apply(e.getValue()) + unit)
        .collect(Collectors.joining(", "));
  }
}
