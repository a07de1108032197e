package io.ember4j.cli;

import io.ember4j.conformance.Rule;
import io.ember4j.conformance.SurveyCurve;
import io.ember4j.conformance.SurveyScale;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Collectors;

/** The four pictures of one activation: value, derivative, error, and the rules about it. */
final class ActivationCard {
  // The page's colours: the exact curve, the backends, and the value beside a derivative.
  private static final int EXACT = 0;
  private static final int FIRST_BACKEND = 1;
  private static final int BACKENDS = 4;
  private static final int VALUE = 5;

  private static final float BAND = 10;
  private static final float[] THICKNESS = {6, 3.5f, 1.2f};
  private static final float[] STEP_THICKNESS = {3.2f, 2, 0.9f};
  private static final float HAIR = 1.2f;

  /** Errors that are small everywhere are drawn as they are, others by powers of ten. */
  private static final double LINEAR_TO = 10;

  private static final double LOW = 0.1;

  private final SurveyResult result;
  private final List<String> backends;
  private final Outcomes outcomes;

  ActivationCard(SurveyResult result, List<String> backends, Outcomes outcomes) {
    this.result = result;
    this.backends = backends;
    this.outcomes = outcomes;
  }

  String name() {
    return result.survey().name();
  }

  String html() {
    SurveyCurve curve = result.survey().curve();
    return """
        <section class="card" id="%s">
        <h3>%s</h3>
        %s<p class="keys">%s</p>
        <div class="panels">
        <figure><figcaption>Value, the backends over the exact curve</figcaption>
        %s</figure>
        <figure><figcaption>Derivative, the backends over the exact curve; a dot where it jumps</figcaption>
        %s</figure>
        <figure><figcaption>Largest error along x, in ULP of float32</figcaption>
        %s</figure>
        <figure><figcaption>Properties verified</figcaption>
        %s</figure>
        </div>
        </section>
        """
        .formatted(
            name(), name(), notes(), keys(), values(curve), derivatives(curve), errors(), rules());
  }

  private String notes() {
    String section = result.survey().section();
    var html = new StringBuilder();
    if (!section.isEmpty()) {
      html.append("<p class=\"quiet\">It works on rows; here is " + section + ".</p>\n");
    }
    result
        .failures()
        .forEach(
            (backend, failure) ->
                html.append(
                    "<p class=\"fails\">%s is not drawn: %s</p>\n"
                        .formatted(Html.escape(backend), Html.escape(failure))));
    return html.toString();
  }

  private String keys() {
    var html = new StringBuilder(key(EXACT, "exact"));
    for (String backend : drawn()) {
      html.append(' ').append(key(colour(backend), backend));
    }
    return html.append(' ').append(key(VALUE, "value, beside the derivative")).toString();
  }

  private static String key(int colour, String text) {
    return "<span style=\"--key: var(--curve-%d)\">%s</span>".formatted(colour, Html.escape(text));
  }

  /** The backends that have all results. */
  private Set<String> drawn() {
    return result.curves().keySet();
  }

  private int colour(String backend) {
    return FIRST_BACKEND + backends.indexOf(backend) % BACKENDS;
  }

  private float thickness(String backend, float... all) {
    return all[Math.min(backends.indexOf(backend), all.length - 1)];
  }

  private String values(SurveyCurve curve) {
    CurveChart chart = chart("values of ", curve);
    double[] x = places(curve);
    chart.add("exact", EXACT, BAND, x, curve.values());
    for (String backend : drawn()) {
      chart.add(
          backend,
          colour(backend),
          thickness(backend, THICKNESS),
          x,
          result.curves().get(backend).values());
    }
    return chart.svg();
  }

  private String derivatives(SurveyCurve curve) {
    CurveChart chart = chart("derivative of ", curve);
    double[] x = places(curve);
    chart.add("exact", EXACT, BAND, x, curve.derivatives());
    chart.add("value", VALUE, HAIR, x, curve.values());
    for (String backend : drawn()) {
      chart.add(
          backend,
          colour(backend),
          thickness(backend, THICKNESS),
          x,
          result.curves().get(backend).derivatives());
    }
    List<SurveyCurve.Kink> kinks = curve.kinks();
    if (!kinks.isEmpty()) {
      chart.addDots(
          "at a jump",
          kinks.stream().mapToDouble(SurveyCurve.Kink::x).toArray(),
          kinks.stream().mapToDouble(SurveyCurve.Kink::derivative).toArray());
    }
    return chart.svg();
  }

  private CurveChart chart(String what, SurveyCurve curve) {
    double reach = curve.x()[curve.x().length - 1];
    return CurveChart.small(what + name(), -reach, reach);
  }

  /** The places of the curve; where it is parted, y is NaN and x must not be. */
  private static double[] places(SurveyCurve curve) {
    double[] x = curve.x();
    for (int i = 0; i < x.length; i++) {
      x[i] = Double.isNaN(x[i]) ? x[i - 1] : x[i];
    }
    return x;
  }

  private String errors() {
    CurveChart chart = CurveChart.small("errors of " + name(), -ErrorBins.REACH, ErrorBins.REACH);
    chart.labelX(place -> number(SurveyScale.number(place)));
    double top = result.bins().values().stream().mapToDouble(ErrorBins::top).max().orElse(1);
    DoubleUnaryOperator scale;
    if (top <= LINEAR_TO) {
      scale = error -> Math.min(error, 2 * LINEAR_TO); // an infinite one leaves the picture
      chart.setY(0, Math.max(1, Math.ceil(top)));
    } else {
      scale = error -> Math.log10(Math.max(LOW, Math.min(error, 100 * top)));
      chart.labelY(Math.log10(LOW), Math.ceil(Math.log10(top)), p -> number(Math.pow(10, p)));
    }
    for (String backend : drawn()) {
      ErrorBins bins = result.bins().get(backend);
      chart.add(
          backend,
          colour(backend),
          thickness(backend, STEP_THICKNESS),
          bins.places(),
          Arrays.stream(bins.steps()).map(scale).toArray());
    }
    return chart.svg();
  }

  private static String number(double value) {
    return value >= 1e4
        ? String.format(Locale.ROOT, "%.0e", value).replaceFirst("e\\+0*", "e")
        : new DecimalFormat("0.#", DecimalFormatSymbols.getInstance(Locale.ROOT)).format(value);
  }

  private String rules() {
    List<String> rows = new ArrayList<>();
    for (Rule rule : outcomes.rules()) {
      Optional<String> property = result.survey().property(rule);
      property.ifPresent(
          text ->
              rows.add(
                  "<tr><th scope=\"row\" title=\"%s\">%s</th>%s</tr>\n"
                      .formatted(
                          Html.escape(rule.id() + ": " + rule.statement()),
                          text,
                          outcomes.cells(rule))));
    }
    if (rows.isEmpty()) {
      return "<p>No rule about it was run.</p>\n";
    }
    return "<table>\n<thead><tr><th scope=\"col\">rule</th>"
        + outcomes.heads()
        + "</tr></thead>\n<tbody>\n"
        + rows.stream().collect(Collectors.joining())
        + "</tbody>\n</table>\n";
  }
}
