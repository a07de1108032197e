package io.ember4j.cli;

import io.ember4j.DType;
import io.ember4j.conformance.Survey;
import io.ember4j.conformance.SurveyCurve;
import io.ember4j.conformance.SurveySeries;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the backends make of one activation.
 *
 * @param survey the activation and its exact results
 * @param errors by function, dtype and backend
 * @param differences between each two backends, of the values in each dtype
 * @param bins the largest error of the values in float32 along x, for each backend
 * @param curves the curves to draw, for each backend that has everything
 * @param failures why a backend has not, by backend
 */
record SurveyResult(
    Survey survey,
    List<Errors> errors,
    List<Difference> differences,
    Map<String, ErrorBins> bins,
    Map<String, Curves> curves,
    Map<String, String> failures) {
  /**
   * The errors of one function on one backend, in ULP.
   *
   * @param backend the backend
   * @param gradient whether it is the gradient
   * @param dtype in which dtype
   * @param inputs the number of inputs
   * @param worst the largest error
   * @param worstAt the input where it is
   * @param rms the root of the mean square
   * @param excused how many inputs are not counted: near the zero of a derivative, within the
   *     absolute error that the specification allows there
   */
  record Errors(
      String backend,
      boolean gradient,
      DType dtype,
      int inputs,
      double worst,
      double worstAt,
      double rms,
      int excused) {}

  /**
   * How far two backends are apart.
   *
   * @param a one
   * @param b the other
   * @param dtype in which dtype
   * @param steps the largest distance, in steps from number to number
   * @param at the input where it is
   */
  record Difference(String a, String b, DType dtype, double steps, double at) {}

  /**
   * A backend's curves at the places of {@link SurveyCurve}.
   *
   * @param values the activation
   * @param derivatives its derivative
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Curves(double[] values, double[] derivatives) {}

  /** Runs the survey on the backends; one that fails is reported as such. */
  static SurveyResult of(Survey survey, List<String> backends) {
    var result =
        new SurveyResult(
            survey,
            new ArrayList<>(),
            new ArrayList<>(),
            new LinkedHashMap<>(),
            new LinkedHashMap<>(),
            new LinkedHashMap<>());
    for (SurveySeries series : survey.series()) {
      result.add(series, backends);
    }
    result.add(survey.curve(), backends);
    return result;
  }

  private void add(SurveyCurve curve, List<String> backends) {
    int size = curve.x().length;
    for (String backend : backends) {
      if (failures.containsKey(backend)) {
        continue;
      }
      try {
        double[] values = checked(curve.values(backend), size);
        double[] derivatives = checked(curve.derivatives(backend), size);
        curves.put(backend, new Curves(values, derivatives));
      } catch (RuntimeException | LinkageError e) {
        failures.put(backend, e.toString());
      }
    }
  }

  private static double[] checked(double[] results, int size) {
    if (results.length != size) {
      throw new IllegalStateException(results.length + " results for " + size + " inputs");
    }
    return results;
  }

  private void add(SurveySeries series, List<String> backends) {
    double[] x = series.x();
    Map<String, double[]> results = new LinkedHashMap<>();
    for (String backend : backends) {
      try {
        double[] y = checked(series.results(backend), x.length);
        double[] found = series.errors(backend, y);
        results.put(backend, y);
        errors.add(summary(series, backend, x, found));
        if (!series.isGradient() && series.dtype() == DType.FLOAT32) {
          bins.put(backend, ErrorBins.of(x, found));
        }
      } catch (RuntimeException | LinkageError e) {
        failures.putIfAbsent(backend, e.toString());
      }
    }
    if (!series.isGradient()) {
      List<String> names = List.copyOf(results.keySet());
      for (int i = 0; i < names.size(); i++) {
        for (String b : names.subList(i + 1, names.size())) {
          String a = names.get(i);
          differences.add(difference(series.dtype(), a, b, x, results.get(a), results.get(b)));
        }
      }
    }
  }

  private static Errors summary(SurveySeries series, String backend, double[] x, double[] errors) {
    double worst = 0;
    double worstAt = Double.NaN;
    double squares = 0;
    int excused = 0;
    for (int i = 0; i < x.length; i++) {
      if (Double.isNaN(errors[i])) {
        excused++;
        continue;
      }
      squares += errors[i] * errors[i];
      if (errors[i] > worst) {
        worst = errors[i];
        worstAt = x[i];
      }
    }
    double rms = Math.sqrt(squares / Math.max(1, x.length - excused));
    return new Errors(
        backend, series.isGradient(), series.dtype(), x.length, worst, worstAt, rms, excused);
  }

  private static Difference difference(
      DType dtype, String a, String b, double[] x, double[] left, double[] right) {
    double most = 0;
    double at = Double.NaN;
    for (int i = 0; i < x.length; i++) {
      double steps = UlpDistance.between(left[i], right[i], dtype);
      if (steps > most) {
        most = steps;
        at = x[i];
      }
    }
    return new Difference(a, b, dtype, most, at);
  }

  /** The difference of two backends in either order; null if one has no results. */
  Difference difference(String a, String b, DType dtype) {
    return differences.stream()
        .filter(d -> d.dtype() == dtype)
        .filter(d -> (d.a().equals(a) && d.b().equals(b)) || (d.a().equals(b) && d.b().equals(a)))
        .findFirst()
        .orElse(null);
  }

  /** The errors of a function on a backend; null if it has no results. */
  Errors errors(String backend, boolean gradient, DType dtype) {
    return errors.stream()
        .filter(e -> e.backend().equals(backend) && e.gradient() == gradient && e.dtype() == dtype)
        .findFirst()
        .orElse(null);
  }
}
