package io.ember4j.cli;

import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import de.erichseifert.vectorgraphics2d.svg.SVGProcessor;
import de.erichseifert.vectorgraphics2d.util.PageSize;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Curves over each other as an SVG element for a page. Each curve is thinner than the one below it,
 * so that curves that coincide are all seen. The page has to define the colours {@code --curve-0}
 * and so on, {@code --grid}, and the text colour.
 */
final class CurveChart {
  private static final int WIDTH = 520;
  private static final int HEIGHT = 340;
  private static final int SMALL_WIDTH = 400;
  private static final int SMALL_HEIGHT = 250;
  private static final float[] THICKNESS = {7, 4, 1.5f};

  private static final Font FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 14);
  private static final Font SMALL_FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 11);

  // XChart knows no variables: it draws in these colours, which are then replaced.
  private static final Color TEXT = new Color(1, 2, 3);
  private static final Color GRID = new Color(4, 5, 6);
  private static final Color NOTHING = new Color(7, 8, 9);
  private static final int CURVE = 10;
  private static final int COLOURS = 6;

  // Of the page: one id for each clip path, made of the chart's title.
  private static final Pattern CLIP = Pattern.compile("clip(\\d+)");

  private final String title;
  private final XYChart chart;

  private CurveChart(String title, int width, int height) {
    this.title = title;
    this.chart = new XYChartBuilder().width(width).height(height).build();
    XYStyler styler = chart.getStyler();
    styler.setChartBackgroundColor(NOTHING);
    styler.setPlotBackgroundColor(NOTHING);
    styler.setLegendBackgroundColor(NOTHING);
    styler.setLegendBorderColor(NOTHING);
    styler.setLegendPosition(Styler.LegendPosition.OutsideS);
    styler.setLegendLayout(Styler.LegendLayout.Horizontal);
    styler.setChartFontColor(TEXT);
    styler.setAxisTickLabelsColor(TEXT);
    styler.setXAxisTitleColor(TEXT);
    styler.setYAxisTitleColor(TEXT);
    styler.setAxisTickMarksColor(GRID);
    styler.setPlotBorderColor(GRID);
    styler.setPlotGridLinesColor(GRID);
    styler.setPlotGridLinesStroke(new BasicStroke(0.5f));
    styler.setAxisTickLabelsFont(FONT);
    styler.setAxisTitleFont(FONT);
    styler.setLegendFont(FONT);
    styler.setXAxisTickMarkSpacingHint(80);
  }

  /** A chart with titles at its axes and a legend, of curves over counted steps. */
  static CurveChart titled(String title, String x, String y, boolean logarithmic) {
    var result = new CurveChart(title, WIDTH, HEIGHT);
    result.chart.setXAxisTitle(x);
    result.chart.setYAxisTitle(y);
    result.chart.getStyler().setYAxisLogarithmic(logarithmic);
    return result;
  }

  /** A small chart over a range of x; the page says what it shows and which colour is what. */
  static CurveChart small(String title, double from, double to) {
    var result = new CurveChart(title, SMALL_WIDTH, SMALL_HEIGHT);
    XYStyler styler = result.chart.getStyler();
    styler.setLegendVisible(false);
    styler.setAxisTitlesVisible(false);
    styler.setXAxisMin(from).setXAxisMax(to);
    styler.setYAxisTickMarkSpacingHint(40);
    styler.setAxisTickLabelsFont(SMALL_FONT);
    styler.setMarkerSize(6);
    return result;
  }

  /** Adds a curve over those before it, with the next colour, over steps counted from 0. */
  void add(String name, double[] x, double[] y) {
    int index = chart.getSeriesMap().size();
    // From 0 to between two values: for evenly spaced values, these included, XChart would name odd
    // places and too many.
    chart.getStyler().setXAxisMin(0.0).setXAxisMax(x[x.length - 1] + 0.5);
    add(name, index, THICKNESS[Math.min(index, THICKNESS.length - 1)], x, y);
  }

  /** Adds a curve over those before it; it is parted where y is NaN. */
  void add(String name, int colour, float thickness, double[] x, double[] y) {
    XYSeries series = chart.addSeries(name, x, y);
    series.setMarker(SeriesMarkers.NONE);
    series.setLineColor(colour(colour));
    series.setLineStyle(new BasicStroke(thickness, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
  }

  /** Adds dots in the colour of text over what was added before. */
  void addDots(String name, double[] x, double[] y) {
    XYSeries series = chart.addSeries(name, x, y);
    series.setLineStyle(SeriesLines.NONE);
    series.setMarker(SeriesMarkers.CIRCLE);
    series.setMarkerColor(TEXT);
  }

  /** Labels the x axis at whole numbers only, by what they stand for. */
  void labelX(DoubleFunction<String> label) {
    chart.getStyler().setXAxisTickMarkSpacingHint(50);
    chart.getStyler().setxAxisTickLabelsFormattingFunction(atWholeNumbers(label));
  }

  /** Sets the range of y, and labels it at whole numbers only, by what they stand for. */
  void labelY(double from, double to, DoubleFunction<String> label) {
    setY(from, to);
    chart.getStyler().setyAxisTickLabelsFormattingFunction(atWholeNumbers(label));
  }

  /** Sets the range of y. */
  void setY(double from, double to) {
    chart.getStyler().setYAxisMin(from).setYAxisMax(to);
  }

  private static Function<Double, String> atWholeNumbers(DoubleFunction<String> label) {
    return place -> Math.abs(place - Math.rint(place)) < 1e-6 ? label.apply(place) : " ";
  }

  private static Color colour(int index) {
    return new Color(CURVE + index, CURVE + index, CURVE + index);
  }

  /**
   * Draws the chart.
   *
   * @throws IllegalStateException if this Java cannot draw
   */
  String svg() {
    var graphics = new VectorGraphics2D();
    try {
      chart.paint(graphics, chart.getWidth(), chart.getHeight());
    } catch (RuntimeException | Error e) {
      if (e instanceof OutOfMemoryError) {
        throw e;
      }
      throw new IllegalStateException("the chart \"" + title + "\" cannot be drawn", e);
    }
    var bytes = new ByteArrayOutputStream();
    try {
      new SVGProcessor()
          .getDocument(
              graphics.getCommands(), new PageSize(0, 0, chart.getWidth(), chart.getHeight()))
          .writeTo(bytes);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return themed(bytes.toString(StandardCharsets.UTF_8));
  }

  /**
   * Checks, before any work is done, that this Java can draw.
   *
   * @param option the option that asks for charts
   * @throws InputException if it cannot
   */
  static void requireFonts(String option) {
    var probe = titled("", "x", "y", false);
    probe.add("probe", new double[] {0, 1}, new double[] {0, 1});
    try {
      probe.svg();
    } catch (IllegalStateException e) {
      throw new InputException(
          option,
          "the charts cannot be drawn, this Java finds no fonts or has no graphics ("
              + e.getCause()
              + ")",
          "install a font and fontconfig, such as the packages fonts-dejavu-core and fontconfig,"
              + " and a Java with java.desktop; or leave out --report",
          e);
    }
  }

  /** The element alone, which takes its colours and its size from the page. */
  private String themed(String document) {
    String svg =
        document
            .substring(document.indexOf("<svg"))
            .replaceFirst(
                "<svg [^>]*>",
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\">"
                        .formatted(chart.getWidth(), chart.getHeight())
                    + "<title>"
                    + Html.escape(title)
                    + "</title>")
            .replace(rgb(TEXT), "currentColor")
            .replace(rgb(GRID), "var(--grid)")
            .replace(rgb(NOTHING), "none");
    for (int i = 0; i < COLOURS; i++) {
      svg = svg.replace(rgb(colour(i)), "var(--curve-" + i + ")");
    }
    String clip = "clip-" + title.replaceAll("[^A-Za-z0-9]+", "-") + "-$1";
    return SvgText.compact(CLIP.matcher(svg).replaceAll(clip));
  }

  private static String rgb(Color color) {
    return "rgb(" + color.getRed() + "," + color.getGreen() + "," + color.getBlue() + ")";
  }
}
