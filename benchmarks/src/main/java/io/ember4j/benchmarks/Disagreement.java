package io.ember4j.benchmarks;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Where two libraries' float32 results of one function differ, and which of them is nearer to the
 * exact value.
 *
 * <p>The error is in ULP, the spacing of float32 numbers at the exact value. A NaN or infinity
 * where the exact value is none, or the reverse, is a special case, and told apart. Zeros of both
 * signs are the same.
 */
final class Disagreement {
  /** Errors that differ by less are the same: the reference itself has 2^-20 ULP. */
  private static final double SAME = 1e-5;

  private static final int MOST_SPECIAL = 4;

  private final double smallestUnit;
  private long inputs;
  private long differ;
  private long oursNearer;
  private long theirsNearer;
  private double oursWorst;
  private double theirsWorst;
  private Place largest;
  private final Map<Float, String> special = new LinkedHashMap<>();

  /** One input for which the results differ. */
  private record Place(
      double x, float ours, float theirs, double exact, double ourError, double theirError) {
    double distance() {
      return Math.max(ourError, theirError);
    }
  }

  /** Starts; units are at least the given one, for sums whose terms cancel. */
  Disagreement(double smallestUnit) {
    this.smallestUnit = smallestUnit;
  }

  /** Adds the results for an input; {@code x} is only shown. */
  void add(double x, float ours, float theirs, double exact) {
    inputs++;
    double ourError = error(ours, exact);
    double theirError = error(theirs, exact);
    boolean isSpecial = Double.isInfinite(ourError + theirError);
    if (!isSpecial) {
      oursWorst = Math.max(oursWorst, ourError);
      theirsWorst = Math.max(theirsWorst, theirError);
    }
    if (ours == theirs || Float.compare(ours, theirs) == 0) {
      return;
    }
    differ++;
    if (ourError < theirError - SAME) {
      oursNearer++;
    } else if (theirError < ourError - SAME) {
      theirsNearer++;
    }
    if (isSpecial) {
      if (special.size() < MOST_SPECIAL) {
        special.put((float) x, (float) x + ": " + ours + ", " + theirs);
      }
      return;
    }
    Place place = new Place(x, ours, theirs, exact, ourError, theirError);
    if (largest == null || place.distance() > largest.distance()) {
      largest = place;
    }
  }

  private double error(float actual, double exact) {
    float nearest = (float) exact;
    if (Float.isNaN(nearest) || Float.isInfinite(nearest)) {
      return Float.compare(actual, nearest) == 0 ? 0 : Double.POSITIVE_INFINITY;
    }
    if (Float.isNaN(actual) || Float.isInfinite(actual)) {
      return Double.POSITIVE_INFINITY;
    }
    return Math.abs(actual - exact) / Math.max(Math.ulp(nearest), smallestUnit);
  }

  /** Adds what another one has found. */
  Disagreement with(Disagreement other) {
    inputs += other.inputs;
    differ += other.differ;
    oursNearer += other.oursNearer;
    theirsNearer += other.theirsNearer;
    oursWorst = Math.max(oursWorst, other.oursWorst);
    theirsWorst = Math.max(theirsWorst, other.theirsWorst);
    if (largest == null
        || (other.largest != null && other.largest.distance() > largest.distance())) {
      largest = other.largest;
    }
    other.special.forEach(special::putIfAbsent);
    return this;
  }

  /** Returns the cells of a table: see {@link TorchComparison}. */
  String[] cells(String name) {
    String place = largest == null ? "" : String.valueOf((float) largest.x());
    return new String[] {
      "`" + name + "`",
      share(inputs - differ),
      share(oursNearer),
      share(theirsNearer),
      ulps(oursWorst),
      ulps(theirsWorst),
      place,
      largest == null ? "" : String.valueOf(largest.ours()),
      largest == null ? "" : String.valueOf(largest.theirs()),
      largest == null ? "" : String.format(Locale.ROOT, "%.9g", largest.exact()),
      verdict(),
      String.join("; ", special.values())
    };
  }

  private String verdict() {
    if (largest == null) {
      return "the same";
    }
    if (Math.abs(largest.ourError() - largest.theirError()) < SAME) {
      return "neither";
    }
    return largest.ourError() < largest.theirError() ? "Ember4j" : "PyTorch";
  }

  private String share(long count) {
    return String.format(Locale.ROOT, "%.2f %%", 100.0 * count / inputs);
  }

  private static String ulps(double error) {
    return String.format(Locale.ROOT, "%.3g", error);
  }
}
