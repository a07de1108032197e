package io.ember4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ember4j.DType;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is said of each function: how good its reference is, where it turns, what it encloses. */
class EnclosedFunctionTest {
  static Stream<EnclosedFunction> all() {
    return EnclosedFunction.ALL.values().stream();
  }

  @Test
  void everyFunctionIsThere() {
    // 3 primitives, 7 functions, 4 derivatives, and 19 activations of which none is one of those
    assertEquals(33, EnclosedFunction.ALL.size());
  }

  @ParameterizedTest
  @MethodSource("all")
  void theReferenceIsGood(EnclosedFunction function) {
    ReferenceTable table = ReferenceTable.get(function.table(), DType.FLOAT64);
    for (int i = 0; i < table.size(); i++) {
      double x = table.x()[i];
      // The table of softplus, which is linear above its threshold, is not log(1 + e^x) there.
      if (Double.isFinite(x) && x >= function.domain() && !(isLog1pexp(function) && x > 20)) {
        double error = Ulp.error(function.reference().applyAsDouble(x), table.y()[i]);
        assertTrue(error <= EnclosedFunction.REFERENCE_ULPS, x + " is off by " + error);
      }
    }
  }

  private static boolean isLog1pexp(EnclosedFunction function) {
    return function.code().contains("log1pexp");
  }

  /** Between two turns it only rises, or only falls, but for its rounding. */
  @ParameterizedTest
  @MethodSource("all")
  void turnsNowhereElse(EnclosedFunction function) {
    double[] x = new SplittableRandom(3).doubles(200_000, -40, 40).toArray();
    Arrays.sort(x);
    int direction = 0;
    double[] y = Arrays.stream(x).map(function.reference()).toArray();
    for (int i = 1; i < x.length; i++) {
      double from = x[i - 1];
      double to = x[i];
      if (from < function.domain()) {
        continue;
      }
      if (Arrays.stream(function.turns()).anyMatch(t -> t >= from && t <= to)) {
        direction = 0;
        continue;
      }
      double rise = y[i] - y[i - 1];
      double noise = 8 * Math.max(Math.ulp(y[i]), Math.ulp(y[i - 1]));
      if (Math.abs(rise) > noise) {
        int now = rise > 0 ? 1 : -1;
        assertTrue(direction == 0 || direction == now, "turns between " + from + " and " + to);
        direction = now;
      }
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void enclosesWhatKeepsTheBoundAndNothingElse(EnclosedFunction function) {
    SplittableRandom random = new SplittableRandom(5);
    for (DType dtype : DType.values()) {
      for (int i = 0; i < 20_000; i++) {
        double low = dtype.round(random.nextDouble(-12, 12));
        double width =
            random.nextInt(3) == 0 ? 0 : Math.scalb(random.nextDouble(), -random.nextInt(40));
        double high = dtype.round(low + width);
        double x = dtype.round(low + width * random.nextDouble());
        if (low < function.domain()) {
          continue;
        }
        double y = dtype.round(function.reference().applyAsDouble(x));
        double spacing = Ulp.spacing(y, dtype);
        Interval enclosure = function.apply(Interval.of(low, high), 4, dtype);
        assertTrue(enclosure.contains(y + 3 * spacing) && enclosure.contains(y - 3 * spacing));
        if (low == high) {
          assertTrue(
              !enclosure.contains(y + 20 * spacing) && !enclosure.contains(y - 20 * spacing));
        }
      }
    }
  }

  @Test
  void whatIsOutsideTheDomainIsNan() {
    EnclosedFunction log = all().filter(f -> f.table().equals("log")).findFirst().orElseThrow();
    assertEquals(Interval.of(Double.NaN), log.apply(Interval.of(-2, -1), 2, DType.FLOAT32));
    Interval both = log.apply(Interval.of(-1, 1), 2, DType.FLOAT32);
    assertTrue(both.nan() && both.low() == Double.NEGATIVE_INFINITY && both.high() < 1e-6);
  }

  @Test
  void whatOverflowsMayBeInfiniteOrTheLargestNumber() {
    EnclosedFunction exp = all().filter(f -> f.table().equals("exp")).findFirst().orElseThrow();
    Interval large = exp.apply(Interval.of(88.72284), 2, DType.FLOAT32).rounded(DType.FLOAT32);
    assertTrue(large.contains(Double.POSITIVE_INFINITY) && large.contains(Float.MAX_VALUE));
    assertTrue(!exp.apply(Interval.of(88), 2, DType.FLOAT32).contains(Float.MAX_VALUE));
  }
}
