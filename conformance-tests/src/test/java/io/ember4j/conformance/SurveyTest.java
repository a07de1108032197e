package io.ember4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ember4j.Backends;
import io.ember4j.DType;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SurveyTest {
  private static final String BACKEND = "survey-test";

  @BeforeAll
  static void register() {
    Backends.register(new TestProvider(BACKEND, NaiveBackend::new));
  }

  private static Survey survey(String name) {
    return Survey.values().stream().filter(s -> s.name().equals(name)).findFirst().orElseThrow();
  }

  static Stream<String> names() {
    return Survey.values().stream().map(Survey::name);
  }

  @ParameterizedTest
  @MethodSource("names")
  void theBackendIsOnTheExactCurves(String name) {
    SurveyCurve curve = survey(name).curve();
    assertNear(curve.values(), curve.values(BACKEND), 1e-5);
    assertNear(curve.derivatives(), curve.derivatives(BACKEND), 1e-4);
  }

  private static void assertNear(double[] expected, double[] actual, double tolerance) {
    assertEquals(expected.length, actual.length);
    for (int i = 0; i < expected.length; i++) {
      assertEquals(Double.isNaN(expected[i]), Double.isNaN(actual[i]));
      assertTrue(!(Math.abs(expected[i] - actual[i]) > tolerance), expected[i] + " " + actual[i]);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"relu", "tanh", "gelu", "glu", "softmax2d"})
  void theErrorsAreThoseOfRounding(String name) {
    for (SurveySeries series : survey(name).series()) {
      double[] results = series.results(BACKEND);
      assertEquals(series.x().length, results.length);
      double[] errors = series.errors(BACKEND, results);
      assertTrue(Arrays.stream(errors).allMatch(e -> Double.isNaN(e) || e < 1e6), name);
      long near = Arrays.stream(errors).filter(e -> e <= 4).count();
      assertTrue(near > 0.6 * errors.length, name + ": " + near + " of " + errors.length);
    }
  }

  @Test
  void anErrorIsSeen() {
    SurveySeries series = survey("sigmoid").series().get(0);
    assertEquals(DType.FLOAT32, series.dtype());
    double[] results = series.results(BACKEND);
    int index = 12_500;
    assertTrue(series.x()[index] > 0);
    results[index] = Math.nextUp(Math.nextUp((float) results[index]));
    results[index + 1] = Double.NaN;
    double[] errors = series.errors(BACKEND, results);
    assertTrue(errors[index] > 1 && errors[index] < 4, "" + errors[index]);
    assertEquals(Double.POSITIVE_INFINITY, errors[index + 1]);
  }

  @Test
  void theCurvesPartWhereTheyJump() {
    assertEquals(List.of(new SurveyCurve.Kink(0, 0)), survey("relu").curve().kinks());
    SurveyCurve hardshrink = survey("hardshrink").curve();
    assertEquals(List.of(-0.5, 0.5), hardshrink.kinks().stream().map(SurveyCurve.Kink::x).toList());
    double[] x = hardshrink.x();
    double[] y = hardshrink.values();
    int gap = 0;
    for (int i = 0; i < x.length; i++) {
      if (Double.isNaN(x[i])) {
        gap++;
        assertTrue(Double.isNaN(y[i]));
        assertEquals(0.5, Math.abs(y[i + 1] - y[i - 1]), 1e-6);
      } else {
        assertTrue(i == 0 || !(x[i] <= x[i - 1]));
      }
    }
    assertEquals(2, gap);
    assertEquals(List.of(), survey("silu").curve().kinks());
    assertEquals(List.of(), survey("elu").curve().kinks());
  }

  @Test
  void aRuleIsAboutItsActivationOnly() {
    assertEquals(
        List.of(
            "values",
            "specials",
            "composed",
            "gradient values",
            "gradient specials",
            "gradient composed",
            "gradient upstream",
            "range"),
        properties("gelu"));
    assertEquals(8, properties("gelu_tanh").size());
    assertTrue(properties("tanh").containsAll(List.of("monotone", "odd", "range")));
    assertEquals(5, properties("log_softmax").size() + properties("softmax2d").size());
    long all = names().mapToLong(name -> properties(name).size()).sum();
    long ids =
        Conformance.rules().stream()
            .filter(
                rule -> rule.id().matches("AC-.*|GR-([1-9]|1[0-9]|2[0-6])\\..*|PR-([89]|10)\\..*"))
            .count();
    assertEquals(ids, all);
  }

  private static List<String> properties(String name) {
    return Conformance.rules().stream()
        .flatMap(rule -> survey(name).property(rule).stream())
        .toList();
  }

  @Test
  void theScaleGoesThereAndBack() {
    for (double x : new double[] {-100, -10, -1, -0.3, 0, 0.5, 1, 3, 1000}) {
      assertEquals(x, SurveyScale.number(SurveyScale.place(x)), 1e-12 * Math.abs(x));
    }
    assertEquals(-3, SurveyScale.place(-100), 1e-12);
  }
}
