package io.ember4j.cli;

import io.ember4j.DType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

/** The errors of a conformance page, and how far its backends are from each other. */
final class AccuracyTables {
  private static final String MISSING = "<td>-</td>";

  private final List<String> backends;
  private final List<SurveyResult> results;

  AccuracyTables(List<String> backends, List<SurveyResult> results) {
    this.backends = backends;
    this.results = results;
  }

  /** The largest error and the root mean square of each function, by dtype and backend. */
  String errors() {
    var html =
        new StringBuilder("<table>\n<thead><tr><th scope=\"col\" rowspan=\"2\">function</th>");
    html.append("<th scope=\"col\" rowspan=\"2\">dtype</th>");
    for (String backend : backends) {
      html.append("<th scope=\"colgroup\" colspan=\"2\">" + Html.escape(backend) + "</th>");
    }
    html.append("</tr>\n<tr>");
    html.append("<th scope=\"col\">max</th><th scope=\"col\">RMS</th>".repeat(backends.size()));
    html.append("</tr></thead>\n<tbody>\n");
    for (SurveyResult result : results) {
      for (boolean gradient : new boolean[] {false, true}) {
        for (DType dtype : DType.values()) {
          html.append(row(result, gradient, dtype));
        }
      }
    }
    return html.append("</tbody>\n</table>\n").toString();
  }

  private String row(SurveyResult result, boolean gradient, DType dtype) {
    List<SurveyResult.Errors> errors = new ArrayList<>();
    backends.forEach(backend -> errors.add(result.errors(backend, gradient, dtype)));
    if (errors.stream().allMatch(Objects::isNull)) {
      return "";
    }
    String name = result.survey().name() + (gradient ? "′" : "");
    return "<tr><th scope=\"row\">%s</th><td>%s</td>%s</tr>\n"
        .formatted(
            name, dtype, errors.stream().map(AccuracyTables::cells).collect(Collectors.joining()));
  }

  private static String cells(SurveyResult.Errors errors) {
    if (errors == null) {
      return MISSING + MISSING;
    }
    return "<td title=\"at %s, over %,d inputs%s\">%s</td><td>%s</td>"
        .formatted(
            at(errors.worstAt(), errors.dtype()),
            errors.inputs(),
            errors.excused() == 0
                ? ""
                : ", of which %,d within the absolute error allowed".formatted(errors.excused()),
            ulps(errors.worst()),
            rms(errors.rms()));
  }

  private static String at(double x, DType dtype) {
    return dtype == DType.FLOAT32 ? Float.toString((float) x) : Double.toString(x);
  }

  private static String ulps(double ulps) {
    return Double.isInfinite(ulps) ? "inf" : SweepRow.ulps(ulps);
  }

  private static String rms(double ulps) {
    if (Double.isInfinite(ulps)) {
      return "inf";
    }
    return String.format(Locale.ROOT, ulps < 1e5 ? "%.3f" : "%.1e", ulps);
  }

  /**
   * For each two backends the largest difference over all activations that work element by element,
   * and of which it is. Single elements of softmax and its kin may be far apart by right.
   */
  String matrix(DType dtype) {
    var html = new StringBuilder("<table>\n<thead><tr><th scope=\"col\">" + dtype + "</th>");
    backends.forEach(b -> html.append("<th scope=\"col\">" + Html.escape(b) + "</th>"));
    html.append("</tr></thead>\n<tbody>\n");
    for (String a : backends) {
      html.append("<tr><th scope=\"row\">" + Html.escape(a) + "</th>");
      for (String b : backends) {
        html.append(a.equals(b) ? "<td class=\"quiet\">0</td>" : worst(a, b, dtype));
      }
      html.append("</tr>\n");
    }
    return html.append("</tbody>\n</table>\n").toString();
  }

  private String worst(String a, String b, DType dtype) {
    double most = -1;
    String where = "";
    for (SurveyResult result : results) {
      SurveyResult.Difference difference = result.difference(a, b, dtype);
      boolean isElementwise = result.survey().section().isEmpty();
      if (isElementwise && difference != null && difference.steps() > most) {
        most = difference.steps();
        where = result.survey().name();
      }
    }
    return most < 0
        ? MISSING
        : "<td>%s <span class=\"quiet\">%s</span></td>".formatted(steps(most), where);
  }

  /** For each activation the largest difference of each two backends, in both dtypes. */
  String differences() {
    var html = new StringBuilder("<table>\n<thead><tr><th scope=\"col\">activation</th>");
    pairs()
        .forEach(
            p -> html.append("<th scope=\"col\">%s and %s</th>".formatted(p.get(0), p.get(1))));
    html.append("</tr></thead>\n<tbody>\n");
    for (SurveyResult result : results) {
      html.append("<tr><th scope=\"row\">" + result.survey().name() + "</th>");
      pairs().forEach(p -> html.append(cell(result, p.get(0), p.get(1))));
      html.append("</tr>\n");
    }
    return html.append("</tbody>\n</table>\n").toString();
  }

  private List<List<String>> pairs() {
    List<List<String>> pairs = new ArrayList<>();
    for (int i = 0; i < backends.size(); i++) {
      for (String b : backends.subList(i + 1, backends.size())) {
        pairs.add(List.of(Html.escape(backends.get(i)), Html.escape(b)));
      }
    }
    return pairs;
  }

  private static String cell(SurveyResult result, String a, String b) {
    SurveyResult.Difference single = result.difference(a, b, DType.FLOAT32);
    SurveyResult.Difference twice = result.difference(a, b, DType.FLOAT64);
    if (single == null || twice == null) {
      return MISSING;
    }
    return "<td title=\"at %s, at %s\">%s, %s</td>"
        .formatted(
            at(single.at(), DType.FLOAT32),
            at(twice.at(), DType.FLOAT64),
            steps(single.steps()),
            steps(twice.steps()));
  }

  /** A count of steps. */
  static String steps(double steps) {
    return Double.isInfinite(steps)
        ? "inf"
        : String.format(Locale.ROOT, steps < 1e6 ? "%,.0f" : "%.1e", steps);
  }
}
