package io.ember4j.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes an SVG document smaller, without a visible change. */
final class SvgText {
  private static final Pattern LINE =
      Pattern.compile(
          "<line style=\"([^\"]*)\" x1=\"([^\"]*)\" x2=\"([^\"]*)\" y1=\"([^\"]*)\" y2=\"([^\"]*)\"/>");

  private static final Pattern LONG_NUMBER = Pattern.compile("(\\d\\.\\d\\d)\\d+");

  private SvgText() {}

  /** The document with lines that continue each other as one, and two decimals in numbers. */
  static String compact(String svg) {
    var result = new StringBuilder(svg.length());
    String style = "";
    String end = "";
    for (String text : svg.lines().toList()) {
      String line = LONG_NUMBER.matcher(text.strip()).replaceAll("$1");
      Matcher segment = LINE.matcher(line);
      boolean isSegment = segment.matches();
      boolean continues =
          isSegment && style.equals(segment.group(1)) && end.equals(point(segment, 2, 4));
      if (!continues && !style.isEmpty()) {
        result.append("\"/>\n");
        style = "";
      }
      if (!isSegment) {
        result.append(line).append('\n');
        continue;
      }
      if (!continues) {
        style = segment.group(1);
        result.append("<polyline style=\"").append(style).append("\" points=\"");
        result.append(point(segment, 2, 4));
      }
      end = point(segment, 3, 5);
      result.append(' ').append(end);
    }
    return result.toString();
  }

  private static String point(Matcher segment, int x, int y) {
    return segment.group(x) + "," + segment.group(y);
  }
}
