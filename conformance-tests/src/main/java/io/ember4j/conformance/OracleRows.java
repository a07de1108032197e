package io.ember4j.conformance;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The textbook formulas of the activations that work on whole rows: softmax and its kin, and glu.
 * Numbers are as in {@link OracleFormula}.
 */
final class OracleRows {
  private static final BigMath MATH = new BigMath(60);
  private static final MathContext CONTEXT = MATH.context();

  /** A number of a row before its exponential. */
  private record Shifted(BigDecimal x, BigDecimal shift) {}

  private final String name;
  private final BigDecimal scale;
  private final Map<Shifted, BigDecimal> exponentials = new ConcurrentHashMap<>();
  private final Map<Double, BigDecimal> gates = new ConcurrentHashMap<>();

  private OracleRows(String name, BigDecimal scale) {
    this.name = name;
    this.scale = scale;
  }

  /** Returns the formula of the named activation, if it is one of the catalogue's for rows. */
  static Optional<OracleRows> of(String name, Map<String, ?> config, io.ember4j.DType dtype) {
    return Optional.ofNullable(
        switch (name) {
          case "softmax" -> {
            double temperature = ((Number) config.get("temperature")).doubleValue();
            BigDecimal divisor = new BigDecimal(dtype.round(temperature));
            yield new OracleRows(name, BigDecimal.ONE.divide(divisor, CONTEXT));
          }
          case "softmin" -> new OracleRows(name, BigDecimal.ONE.negate());
          case "softmax2d", "log_softmax", "glu" -> new OracleRows(name, BigDecimal.ONE);
          default -> null;
        });
  }

  /** Returns the values of one row; for glu, half as many. */
  Number[] at(double... row) {
    return name.equals("glu") ? glu(row) : normalize(row);
  }

  private Number[] normalize(double... row) {
    Number[] result = new Number[row.length];
    double forbidden = Double.POSITIVE_INFINITY * scale.signum();
    BigDecimal[] x = new BigDecimal[row.length]; // null for what counts as -infinity
    BigDecimal top = null;
    for (int i = 0; i < row.length; i++) {
      if (Double.isNaN(row[i]) || row[i] == forbidden) {
        top = null;
        break;
      }
      if (!Double.isInfinite(row[i])) {
        x[i] = new BigDecimal(row[i]).multiply(scale);
        top = top == null ? x[i] : top.max(x[i]);
      }
    }
    if (top == null) {
      Arrays.fill(result, Double.NaN);
    } else if (name.equals("log_softmax")) {
      logarithms(x, top, result);
    } else {
      probabilities(x, top, result);
    }
    return result;
  }

  private void probabilities(BigDecimal[] x, BigDecimal top, Number... result) {
    BigDecimal[] exponentials = exponentials(x, top);
    BigDecimal sum = BigDecimal.ZERO;
    for (BigDecimal e : exponentials) {
      sum = e == null ? sum : sum.add(e, CONTEXT);
    }
    for (int i = 0; i < x.length; i++) {
      result[i] = x[i] == null ? (Number) 0.0 : exponentials[i].divide(sum, CONTEXT);
    }
  }

  /** (x - top) - log(1 + the others / top): both terms have one sign, so nothing cancels. */
  private void logarithms(BigDecimal[] x, BigDecimal top, Number... result) {
    BigDecimal[] exponentials = exponentials(x, top);
    int at = Arrays.asList(x).indexOf(top);
    BigDecimal rest = BigDecimal.ZERO;
    for (int i = 0; i < x.length; i++) {
      rest = i == at || x[i] == null ? rest : rest.add(exponentials[i], CONTEXT);
    }
    BigDecimal log = MATH.log1p(rest.divide(exponentials[at], CONTEXT));
    for (int i = 0; i < x.length; i++) {
      if (x[i] == null) {
        result[i] = Double.NEGATIVE_INFINITY;
      } else {
        BigDecimal value = x[i].subtract(top).subtract(log, CONTEXT);
        result[i] = value.signum() == 0 ? (Number) 0.0 : value;
      }
    }
  }

  /**
   * e^(x - shift). Any shift near the top of the row would do; thousands are the same for most
   * rows, so that an exponential once computed serves again.
   */
  private BigDecimal[] exponentials(BigDecimal[] x, BigDecimal top) {
    BigDecimal shift = top.setScale(-3, java.math.RoundingMode.FLOOR);
    return Arrays.stream(x)
        .map(
            value ->
                value == null
                    ? null
                    : exponentials.computeIfAbsent(
                        new Shifted(value, shift), key -> MATH.exp(key.x().subtract(key.shift()))))
        .toArray(BigDecimal[]::new);
  }

  private Number[] glu(double... row) {
    int half = row.length / 2;
    Number[] result = new Number[half];
    for (int i = 0; i < half; i++) {
      result[i] = gated(row[i], row[half + i]);
    }
    return result;
  }

  private Number gated(double a, double b) {
    if (Double.isNaN(a)
        || Double.isNaN(b)
        || (Double.isInfinite(a) && b == Double.NEGATIVE_INFINITY)) {
      return Double.NaN;
    }
    if (a == 0 || b == Double.NEGATIVE_INFINITY) {
      return Math.copySign(0.0, a);
    }
    if (Double.isInfinite(a)) {
      return a;
    }
    BigDecimal exact = new BigDecimal(a);
    return b == Double.POSITIVE_INFINITY
        ? exact
        : exact.multiply(
            gates.computeIfAbsent(b, key -> MATH.sigmoid(new BigDecimal(key))), CONTEXT);
  }
}
