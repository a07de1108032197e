package io.ember4j.activation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ember4j.expr.Expr;
import io.ember4j.expr.Functions;
import io.ember4j.expr.NamedFunction;
import io.ember4j.expr.SmoothFunctions;
import io.ember4j.naive.Evaluator;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Where a function has both a body and a routine, they compute the same. */
class BodiesTest {
  static List<NamedFunction> functions() {
    return Stream.concat(
            Functions.ALL.stream(),
            Stream.of(
                SmoothFunctions.GELU,
                SmoothFunctions.GELU_TANH,
                SmoothFunctions.GELU_SIGMOID,
                SmoothFunctions.SILU,
                SmoothFunctions.MISH,
                SmoothFunctions.LOG_SIGMOID,
                SmoothFunctions.TANHSHRINK))
        .filter(f -> f.body().isPresent() && f.routine().isPresent())
        .toList();
  }

  /**
   * The bounds are in units of the routine's last place, measured and rounded up. The two forms of
   * gelu lose digits where the argument of their exponential is rounded.
   */
  @ParameterizedTest
  @CsvSource({
    "expm1, 4",
    "log1p, 3",
    "sigmoid, 3",
    "log1pexp, 3",
    "gelu, 2",
    "gelu_tanh, 2000",
    "gelu_sigmoid, 1000",
    "silu, 4",
    "mish, 5",
    "log_sigmoid, 3",
    "tanhshrink, 4",
  })
  void bodyAgreesWithRoutine(String name, double bound) {
    NamedFunction function = named(name);
    double worst = 0;
    double where = 0;
    for (double x : points()) {
      double expected = function.routine().orElseThrow().applyAsDouble(x);
      double actual = Evaluator.inDouble(function.body().orElseThrow(), x);
      // A result that is nearly subnormal is rounded twice in a body, once in a routine.
      double error = Math.abs(expected) < 0x1p-1000 ? 0 : ulps(expected, actual);
      if (error > worst) {
        worst = error;
        where = x;
      }
    }
    assertTrue(worst <= bound, name + " differs by " + worst + " ULP at " + where);
  }

  @Test
  void everyFunctionWithBothIsHeldToABound() {
    assertEquals(11, functions().size());
  }

  @ParameterizedTest
  @MethodSource("functions")
  void bodyTakesTheSameLimits(NamedFunction function) {
    Expr body = function.body().orElseThrow();
    for (double x :
        new double[] {
          Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, Double.NaN, 0.0, -0.0, -1e300, 1e300
        }) {
      double expected = function.routine().orElseThrow().applyAsDouble(x);
      double actual = Evaluator.inDouble(body, x);
      assertTrue(ulps(expected, actual) <= 1, () -> function + " at " + x + " is " + actual);
    }
  }

  /** Zeros of different sign are infinitely far apart, and so is NaN from a number. */
  private static double ulps(double expected, double actual) {
    if (Double.compare(expected, actual) == 0) {
      return 0;
    }
    boolean comparable = Double.isFinite(expected) && Double.isFinite(actual) && expected != 0;
    return comparable ? Math.abs(actual - expected) / Math.ulp(expected) : Double.POSITIVE_INFINITY;
  }

  private static NamedFunction named(String name) {
    return functions().stream().filter(f -> f.name().equals(name)).findFirst().orElseThrow();
  }

  private static List<Double> points() {
    Random random = new Random(7);
    List<Double> points = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      double magnitude = Math.pow(10, random.nextDouble() * 14 - 11);
      points.add(magnitude);
      points.add(-magnitude);
      points.add(random.nextDouble() * 80 - 40);
    }
    return points;
  }
}
