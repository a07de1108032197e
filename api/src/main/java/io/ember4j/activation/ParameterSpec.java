package io.ember4j.activation;

import io.ember4j.ParameterException;
import java.util.List;
import java.util.function.DoublePredicate;

/**
 * A parameter of an activation: its name, default and range.
 *
 * @param name PyTorch's name
 * @param kind what values it takes
 * @param defaultValue the value when none is given; null when one must be given or none is needed
 * @param required whether a value must be given
 * @param choices the values of a CHOICE
 * @param valid the range of a number
 * @param range the range in words, such as {@code "a finite number >= 0"}
 */
record ParameterSpec(
    String name,
    Kind kind,
    Object defaultValue,
    boolean required,
    List<String> choices,
    DoublePredicate valid,
    String range) {
  enum Kind {
    NUMBER,
    INTEGER,
    CHOICE
  }

  static ParameterSpec number(
      String name, double defaultValue, DoublePredicate valid, String range) {
    return new ParameterSpec(name, Kind.NUMBER, defaultValue, false, List.of(), valid, range);
  }

  static ParameterSpec requiredNumber(String name) {
    return new ParameterSpec(
        name, Kind.NUMBER, null, true, List.of(), Double::isFinite, "a finite number");
  }

  static ParameterSpec integer(
      String name, long defaultValue, DoublePredicate valid, String range) {
    return new ParameterSpec(name, Kind.INTEGER, defaultValue, false, List.of(), valid, range);
  }

  /** An axis: any int, as the range depends on the tensor. */
  static ParameterSpec dim() {
    return integer("dim", -1, d -> (int) d == d, "an integer: an axis, such as -1 for the last");
  }

  static ParameterSpec optionalInteger(String name) {
    return new ParameterSpec(name, Kind.INTEGER, null, false, List.of(), v -> true, "an integer");
  }

  static ParameterSpec choice(String name, String defaultValue, List<String> choices) {
    return new ParameterSpec(
        name, Kind.CHOICE, defaultValue, false, choices, v -> true, "one of " + choices);
  }

  /**
   * Returns the value in canonical form: Double, Long or String.
   *
   * @throws ParameterException if it is of another kind or out of range
   */
  Object check(String activation, Object value) {
    if (kind == Kind.CHOICE) {
      if (!(value instanceof String text) || !choices.contains(text)) {
        throw invalid(activation, value);
      }
      return text;
    }
    if (!(value instanceof Number number)) {
      throw invalid(activation, value);
    }
    boolean integral =
        number instanceof Long
            || number instanceof Integer
            || (number.doubleValue() == Math.rint(number.doubleValue())
                && Math.abs(number.doubleValue()) < 0x1p53);
    if (!valid.test(number.doubleValue()) || (kind == Kind.INTEGER && !integral)) {
      throw invalid(activation, value);
    }
    return kind == Kind.INTEGER ? (Object) number.longValue() : (Object) exactDouble(number);
  }

  /** A float stands for its shortest decimal, so that 0.01f means 0.01. */
  private static double exactDouble(Number number) {
    return number instanceof Float ? Double.parseDouble(number.toString()) : number.doubleValue();
  }

  private ParameterException invalid(String activation, Object value) {
    return new ParameterException(
        activation
            + ": "
            + name
            + " is "
            + (value instanceof String ? "\"" + value + "\"" : value)
            + "; it must be "
            + range);
  }
}
