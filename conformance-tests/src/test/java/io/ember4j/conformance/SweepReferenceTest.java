package io.ember4j.conformance;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ember4j.DType;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the sweep measures against is itself right, far beyond float32. */
class SweepReferenceTest {
  private static final double BOUND = 0x1p-20;

  static Stream<SweepFunction> functions() {
    // The table of softplus, which has a threshold, is not that of log(1 + e^x) above it.
    return SweepFunction.values().stream()
        .filter(f -> (!f.name().equals("log1pexp") && Bounds.isKnown(f.table())) || isExact(f));
  }

  private static boolean isExact(SweepFunction f) {
    return f.name().equals("sqrt") || f.name().equals("abs");
  }

  @ParameterizedTest
  @MethodSource("functions")
  void agreesWithTheReferenceTables(SweepFunction function) {
    ReferenceTable table = ReferenceTable.get(function.table(), DType.FLOAT32);
    for (int i = 0; i < table.size(); i++) {
      if (function.isDefinedAt(table.x()[i])) {
        check(function, table.x()[i], table.y()[i]);
      }
    }
  }

  static Stream<ActivationCase> activations() {
    return ActivationCase.ELEMENTWISE.stream();
  }

  @ParameterizedTest
  @MethodSource("activations")
  void agreesWithTheOracleAtOtherPoints(ActivationCase c) {
    SweepFunction function = SweepFunctions.named(c.name());
    Map<String, Object> config = c.example().config();
    Oracle oracle = Oracle.of(c.activation(), config, DType.FLOAT32).orElseThrow();
    // A prime: 287 patterns, of all sizes and both signs.
    float[] x = new float[287];
    new SweepInputs(15_000_001).fill(0, 0, x);
    for (float at : x) {
      check(function, at, oracle.at(at).values()[0]);
    }
  }

  private static void check(SweepFunction function, double x, Exact exact) {
    double actual = function.exact(x);
    double error = Ulp.error(actual, exact);
    // Beyond the largest float, where the spacing no longer grows, the relative error counts.
    boolean isLarge = Double.isFinite(actual) && Math.abs(actual) > Float.MAX_VALUE;
    double unit = isLarge ? Math.abs(actual) / Float.MAX_VALUE : 1;
    assertTrue(
        error <= BOUND * unit, () -> function + "(" + x + ") is " + actual + ", not " + exact);
  }
}
