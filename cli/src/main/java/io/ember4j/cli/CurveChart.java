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
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Curves over each other as an SVG element for a page. Each curve is thinner than the one below it,
 * so that curves that coincide are all seen. The page has to define the colours {@code --curve-0}
 * and so on, {@code --grid}, and the text colour.
 */
final class CurveChart {
  private static final int WIDTH = 520;
  private static final int HEIGHT = 340;
  private static final float[] THICKNESS = {7, 4, 1.5f};

  // XChart knows no variables: it draws in these colours, which are then replaced.
  private static final Color TEXT = new Color(1, 2, 3);
  private static final Color GRID = new Color(4, 5, 6);
  private static final Color NOTHING = new Color(7, 8, 9);
  private static final int CURVE = 10;

  private final String title;
  private final XYChart chart;

  CurveChart(String title, String x, String y, boolean logarithmic) {
    this.title = title;
    this.chart =
        new XYChartBuilder().width(WIDTH).height(HEIGHT).xAxisTitle(x).yAxisTitle(y).build();
    XYStyler styler = chart.getStyler();
    styler.setYAxisLogarithmic(logarithmic);
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
    Font font = new Font(Font.SANS_SERIF, Font.PLAIN, 14);
    styler.setAxisTickLabelsFont(font);
    styler.setAxisTitleFont(font);
    styler.setLegendFont(font);
    styler.setXAxisTickMarkSpacingHint(80);
  }

  /** Adds a curve over those before it. */
  void add(String name, double[] x, double[] y) {
    int index = chart.getSeriesMap().size();
    XYSeries series = chart.addSeries(name, x, y);
    series.setMarker(SeriesMarkers.NONE);
    // From 0 to between two values: for evenly spaced values, these included, XChart would name odd
    // places and too many.
    chart.getStyler().setXAxisMin(0.0).setXAxisMax(x[x.length - 1] + 0.5);
    series.setLineColor(new Color(CURVE + index, CURVE + index, CURVE + index));
    float thickness = THICKNESS[Math.min(index, THICKNESS.length - 1)];
    series.setLineStyle(new BasicStroke(thickness, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
  }

  /**
   * Draws the chart.
   *
   * @throws InputException if this Java cannot draw
   */
  String svg() {
    var graphics = new VectorGraphics2D();
    try {
      chart.paint(graphics, WIDTH, HEIGHT);
    } catch (RuntimeException | Error e) {
      if (e instanceof OutOfMemoryError) {
        throw e;
      }
      throw cannotDraw(e);
    }
    var bytes = new ByteArrayOutputStream();
    try {
      new SVGProcessor()
          .getDocument(graphics.getCommands(), new PageSize(0, 0, WIDTH, HEIGHT))
          .writeTo(bytes);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return themed(bytes.toString(StandardCharsets.UTF_8));
  }

  /**
   * Checks, before any work is done, that this Java can draw.
   *
   * @throws InputException if it cannot
   */
  static void requireFonts() {
    var probe = new CurveChart("", "x", "y", false);
    probe.add("probe", new double[] {0, 1}, new double[] {0, 1});
    probe.svg();
  }

  private static InputException cannotDraw(Throwable cause) {
    return new InputException(
        "train --report",
        "the charts cannot be drawn, this Java finds no fonts or has no graphics (" + cause + ")",
        "install a font and fontconfig, such as the packages fonts-dejavu-core and fontconfig,"
            + " and a Java with java.desktop; or leave out --report",
        cause);
  }

  /** The element alone, which takes its colours and its size from the page. */
  private String themed(String document) {
    String svg =
        document
            .substring(document.indexOf("<svg"))
            .replaceFirst(
                "<svg [^>]*>",
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\">"
                        .formatted(WIDTH, HEIGHT)
                    + "<title>"
                    + Html.escape(title)
                    + "</title>")
            .replace(rgb(TEXT), "currentColor")
            .replace(rgb(GRID), "var(--grid)")
            .replace(rgb(NOTHING), "none");
    for (int i = 0; i < chart.getSeriesMap().size(); i++) {
      svg = svg.replace(rgb(new Color(CURVE + i, CURVE + i, CURVE + i)), "var(--curve-" + i + ")");
    }

    return SvgText.compact(svg);
  }

  private static String rgb(Color color) {
    return "rgb(" + color.getRed() + "," + color.getGreen() + "," + color.getBlue() + ")";
  }
}
