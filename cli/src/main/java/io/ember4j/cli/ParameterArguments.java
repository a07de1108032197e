package io.ember4j.cli;

import io.ember4j.ParameterException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads the parameters of an activation from a command line. */
final class ParameterArguments {
  private ParameterArguments() {}

  /**
   * Parses {@code name=value} arguments: a value that reads as a number is one (Long or Double),
   * any other is text.
   *
   * @throws ParameterException if there is no name or no =, or a name comes twice
   */
  static Map<String, Object> parse(List<String> arguments) {
    Map<String, Object> parameters = new LinkedHashMap<>();
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      if (equals < 1) {
        throw new ParameterException(
            "--param " + InputException.quote(argument) + " is not like name=value");
      }
      String name = argument.substring(0, equals).strip();
      if (parameters.put(name, value(argument.substring(equals + 1).strip())) != null) {
        throw new ParameterException("--param " + name + " is given twice; give it once");
      }
    }
    return parameters;
  }

  private static Object value(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "nan" -> (Object) Double.NaN;
      case "inf", "+inf" -> (Object) Double.POSITIVE_INFINITY;
      case "-inf" -> (Object) Double.NEGATIVE_INFINITY;
      default -> decimalOrText(text);
    };
  }

  private static Object decimalOrText(String text) {
    if (text.matches("[+-]?[0-9]{1,18}")) {
      return Long.valueOf(text);
    }
    if (text.matches("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?")) {
      return Double.valueOf(text);
    }
    return text;
  }
}
