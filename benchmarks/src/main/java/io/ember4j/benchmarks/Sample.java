package io.ember4j.benchmarks;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What was measured of one contender in one cell; a line of the results file.
 *
 * @param build what was measured: JDK, Ember4j's jars, settings; others' lines do not count
 * @param key the key of the cell
 * @param contender who was measured
 * @param values ns per call, one for each round; for other questions what they define
 * @param bytes allocated on the Java heap per call
 */
record Sample(String build, String key, String contender, List<Double> values, double bytes) {

  private static final Pattern LINE =
      Pattern.compile(
          "\\{\"build\":\"([^\"]*)\",\"key\":\"([^\"]*)\",\"contender\":\"([^\"]*)\","
              + "\"values\":\\[([^\\]]*)\\],\"bytes\":([^}]*)\\}");

  static Sample of(String build, String key, String contender, double bytes, double... values) {
    return new Sample(build, key, contender, Arrays.stream(values).boxed().toList(), bytes);
  }

  /** Returns the line, a JSON object. The strings are names of ours, so nothing needs escaping. */
  String toLine() {
    return String.format(
        Locale.ROOT,
        "{\"build\":\"%s\",\"key\":\"%s\",\"contender\":\"%s\",\"values\":[%s],\"bytes\":%s}",
        build,
        key,
        contender,
        values.stream().map(Sample::number).collect(Collectors.joining(",")),
        number(bytes));
  }

  /**
   * Returns the sample of a line, or null for a line cut short, as by a process that was killed.
   */
  static Sample parse(String line) {
    Matcher matcher = LINE.matcher(line);
    if (!matcher.matches()) {
      return null;
    }
    List<Double> values =
        Arrays.stream(matcher.group(4).split(",")).map(Double::parseDouble).toList();
    return new Sample(
        matcher.group(1),
        matcher.group(2),
        matcher.group(3),
        values,
        Double.parseDouble(matcher.group(5)));
  }

  /** Returns six digits, which is more than any measurement has. */
  private static String number(double value) {
    return String.format(Locale.ROOT, "%.6g", value);
  }

  double median() {
    return Statistics.median(rounds());
  }

  double[] rounds() {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
