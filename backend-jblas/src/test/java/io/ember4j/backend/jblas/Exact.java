package io.ember4j.backend.jblas;

import java.math.BigDecimal;
import java.math.MathContext;

/** The transcendental primitives to some 80 digits, by series. */
final class Exact {
  private static final MathContext DIGITS = new MathContext(110);
  private static final BigDecimal TWO = BigDecimal.valueOf(2);

  private Exact() {}

  static BigDecimal exp(BigDecimal x) {
    // e^x = (e^(x / 2^20))^(2^20): the series of a small number is short.
    int halvings = 20;
    BigDecimal small = x.divide(TWO.pow(halvings), DIGITS);
    BigDecimal term = BigDecimal.ONE;
    BigDecimal sum = BigDecimal.ONE;
    for (int i = 1; i < 40; i++) {
      term = term.multiply(small, DIGITS).divide(BigDecimal.valueOf(i), DIGITS);
      sum = sum.add(term, DIGITS);
    }
    for (int i = 0; i < halvings; i++) {
      sum = sum.multiply(sum, DIGITS);
    }
    return sum;
  }

  static BigDecimal log(BigDecimal x) {
    // Halley's iteration for e^y = x triples the digits, from 15 on.
    BigDecimal y = new BigDecimal(StrictMath.log(x.doubleValue()));
    for (int i = 0; i < 2; i++) {
      BigDecimal power = exp(y);
      y = y.add(TWO.multiply(x.subtract(power)).divide(x.add(power), DIGITS), DIGITS);
    }
    return y;
  }

  static BigDecimal tanh(BigDecimal x) {
    BigDecimal power = exp(x.multiply(TWO));
    return power.subtract(BigDecimal.ONE, DIGITS).divide(power.add(BigDecimal.ONE, DIGITS), DIGITS);
  }
}
