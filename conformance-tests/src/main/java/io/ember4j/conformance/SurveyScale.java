package io.ember4j.conformance;

/**
 * A scale for inputs of both signs and all magnitudes: x itself up to 1, and from there on a unit
 * for each power of ten. So -100, -10, -1, 0, 1, 10 and 100 are at -3, -2, -1, 0, 1, 2 and 3.
 */
public final class SurveyScale {
  private SurveyScale() {}

  /** Returns the place of the number on the scale. */
  public static double place(double x) {
    double magnitude = Math.abs(x);
    return magnitude <= 1 ? x : Math.copySign(1 + Math.log10(magnitude), x);
  }

  /** Returns the number at the place. */
  public static double number(double place) {
    double distance = Math.abs(place);
    return distance <= 1 ? place : Math.copySign(Math.pow(10, distance - 1), place);
  }
}
