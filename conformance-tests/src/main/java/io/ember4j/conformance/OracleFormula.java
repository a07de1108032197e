package io.ember4j.conformance;

import io.ember4j.DType;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The textbook formula of an elementwise activation, with its limits.
 *
 * <p>A Number is a Double if it is NaN, an infinity or a zero (whose sign counts), else a
 * BigDecimal.
 *
 * @param value the function of a finite x, not zero
 * @param up the limit at +infinity
 * @param down the limit at -infinity
 * @param zero the value at +0
 * @param negativeZero the value at -0
 */
record OracleFormula(
    Function<BigDecimal, Number> value, Number up, Number down, Number zero, Number negativeZero) {
  private static final double INFINITY = Double.POSITIVE_INFINITY;
  private static final BigDecimal ONE = BigDecimal.ONE;
  private static final BigDecimal THREE = BigDecimal.valueOf(3);
  private static final BigDecimal SIX = BigDecimal.valueOf(6);
  private static final BigDecimal HALF = new BigDecimal("0.5");
  private static final BigDecimal SELU_SCALE = new BigDecimal("1.0507009873554804934193349852946");
  private static final BigDecimal SELU_ALPHA = new BigDecimal("1.6732632423543772848170429916717");
  private static final BigDecimal LECUN = new BigDecimal("1.7159");
  private static final BigMath MATH = new BigMath(60);

  /**
   * Returns the formula of the named activation, if it is one of the catalogue that works element
   * by element.
   *
   * @param config all parameters; a number is rounded to the dtype, as a kernel is given it
   */
  static Optional<OracleFormula> of(String name, Map<String, ?> config, DType dtype) {
    Arguments p = new Arguments(config, dtype);
    return Optional.ofNullable(
        switch (name) {
          case "relu" -> new OracleFormula(x -> positive(x, 0.0), INFINITY, 0.0, 0.0, -0.0);
          case "leaky_relu" -> leaky(p.number("negative_slope"));
          case "prelu" -> leaky(p.number("init"));
          case "rrelu" -> leaky(p.mean("lower", "upper"));
          case "relu6" -> clip(BigDecimal.ZERO, SIX);
          case "hardtanh" -> clip(p.number("min_val"), p.number("max_val"));
          case "elu" -> elu(ONE, p.number("alpha"), ONE);
          case "celu" -> elu(ONE, p.number("alpha"), p.number("alpha"));
          case "selu" -> elu(SELU_SCALE, SELU_ALPHA, ONE);
          case "threshold" -> threshold(p.number("threshold"), p.number("value"));
          case "gelu" -> gelu((String) config.get("approximate"));
          case "silu" -> gated(MATH::sigmoid);
          case "mish" -> gated(x -> MATH.tanh(MATH.softplus(x)));
          case "softplus" -> softplus(p.number("beta"), p.number("threshold"));
          case "sigmoid" -> new OracleFormula(MATH::sigmoid, ONE, 0.0, HALF, HALF);
          case "log_sigmoid" -> logSigmoid();
          case "tanh" -> odd(MATH::tanh, ONE);
          case "lecun_tanh" -> odd(OracleFormula::lecunTanh, LECUN);
          case "hardsigmoid" -> new OracleFormula(x -> orZero(gate(x), 0.0), ONE, 0.0, HALF, HALF);
          case "hardswish" ->
              new OracleFormula(x -> orZero(x.multiply(gate(x)), -0.0), INFINITY, -0.0, 0.0, -0.0);
          case "softsign" -> odd(x -> x.divide(x.abs().add(ONE), MATH.context()), ONE);
          case "softshrink" -> shrink(p.number("lambd"), p.number("lambd"));
          case "hardshrink" -> shrink(p.number("lambd"), BigDecimal.ZERO);
          case "tanhshrink" -> odd(OracleFormula::tanhshrink, INFINITY);
          default -> null;
        });
  }

  /** Returns the value at any number. */
  Number at(double x) {
    if (Double.isNaN(x)) {
      return Double.NaN;
    }
    if (Double.isInfinite(x)) {
      return x > 0 ? up : down;
    }
    if (x == 0) {
      return 1 / x > 0 ? zero : negativeZero;
    }
    return value.apply(new BigDecimal(x));
  }

  private static Number positive(BigDecimal x, Number otherwise) {
    return x.signum() > 0 ? x : otherwise;
  }

  /** The value, or the zero of a stated sign if it is zero. */
  private static Number orZero(BigDecimal value, double zero) {
    return value.signum() == 0 ? (Number) zero : value;
  }

  private static OracleFormula odd(Function<BigDecimal, Number> value, Number limit) {
    Number opposite = limit instanceof BigDecimal exact ? exact.negate() : (Number) (-INFINITY);
    return new OracleFormula(value, limit, opposite, 0.0, -0.0);
  }

  /** x times a gate that vanishes at -infinity. */
  private static OracleFormula gated(Function<BigDecimal, BigDecimal> gate) {
    return new OracleFormula(
        x -> x.multiply(gate.apply(x), MATH.context()), INFINITY, -0.0, 0.0, -0.0);
  }

  private static OracleFormula leaky(BigDecimal slope) {
    double down = -INFINITY * slope.signum();
    return new OracleFormula(
        x -> x.signum() > 0 ? x : orZero(x.multiply(slope), -0.0), INFINITY, down, 0.0, -0.0);
  }

  private static OracleFormula clip(BigDecimal low, BigDecimal high) {
    return new OracleFormula(
        x -> orZero(x.max(low).min(high), 0.0), orZero(high, 0.0), orZero(low, 0.0), 0.0, -0.0);
  }

  private static OracleFormula elu(BigDecimal scale, BigDecimal alpha, BigDecimal divisor) {
    BigDecimal factor = scale.multiply(alpha);
    return new OracleFormula(
        x ->
            x.signum() > 0
                ? x.multiply(scale)
                : factor.multiply(MATH.expm1(x.divide(divisor, MATH.context())), MATH.context()),
        INFINITY,
        factor.negate(),
        0.0,
        -0.0);
  }

  private static OracleFormula threshold(BigDecimal threshold, BigDecimal value) {
    Number below = orZero(value, 0.0);
    boolean keepsZero = threshold.signum() < 0;
    return new OracleFormula(
        x -> x.compareTo(threshold) > 0 ? x : below,
        INFINITY,
        below,
        keepsZero ? (Number) 0.0 : below,
        keepsZero ? (Number) (-0.0) : below);
  }

  private static OracleFormula gelu(String approximate) {
    return switch (approximate) {
      // 0.5 x (1 + tanh u) = x sigmoid(2u), u = sqrt(2 / pi) (x + 0.044715 x^3)
      case "tanh" ->
          gated(
              x -> {
                BigDecimal cubic = x.pow(3, MATH.context()).multiply(new BigDecimal("0.044715"));
                BigDecimal root = BigDecimal.valueOf(8).divide(MATH.pi(), MATH.context());
                return MATH.sigmoid(x.add(cubic).multiply(root.sqrt(MATH.context())));
              });
      case "sigmoid" -> gated(x -> MATH.sigmoid(x.multiply(new BigDecimal("1.702"))));
      default ->
          gated(
              x -> {
                BigDecimal root = BigDecimal.valueOf(2).sqrt(MATH.context());
                return MATH.erfc(x.negate().divide(root, MATH.context())).multiply(HALF);
              });
    };
  }

  private static OracleFormula softplus(BigDecimal beta, BigDecimal threshold) {
    BigDecimal zero = MATH.log1p(ONE).divide(beta, MATH.context());
    return new OracleFormula(
        x -> {
          BigDecimal z = x.multiply(beta);
          boolean isLinear = z.compareTo(threshold) > 0;
          return isLinear ? x : MATH.softplus(z).divide(beta, MATH.context());
        },
        INFINITY,
        0.0,
        zero,
        zero);
  }

  private static OracleFormula logSigmoid() {
    BigDecimal zero = MATH.log1p(ONE).negate();
    return new OracleFormula(x -> MATH.softplus(x.negate()).negate(), 0.0, -INFINITY, zero, zero);
  }

  private static Number lecunTanh(BigDecimal x) {
    BigDecimal scaled = x.multiply(BigDecimal.valueOf(2)).divide(THREE, MATH.context());
    return LECUN.multiply(MATH.tanh(scaled), MATH.context());
  }

  /** clip(x + 3, 0, 6) / 6. */
  private static BigDecimal gate(BigDecimal x) {
    return x.add(THREE).max(BigDecimal.ZERO).min(SIX).divide(SIX, MATH.context());
  }

  /** x beyond [-lambd, lambd], moved towards 0 by {@code move}; else +0. */
  private static OracleFormula shrink(BigDecimal lambd, BigDecimal move) {
    return new OracleFormula(
        x ->
            x.abs().compareTo(lambd) <= 0
                ? (Number) 0.0
                : x.signum() > 0 ? x.subtract(move) : x.add(move),
        INFINITY,
        -INFINITY,
        0.0,
        0.0);
  }

  /** x - tanh(x), about x^3 / 3 near 0: so many more digits make up for what cancels. */
  private static Number tanhshrink(BigDecimal x) {
    int lost = 2 * Math.max(0, x.scale() - x.precision() + 1);
    BigMath math = new BigMath(MATH.context().getPrecision() + lost);
    return x.subtract(math.tanh(x)).round(MATH.context());
  }

  /** The parameters, exact. */
  private record Arguments(Map<String, ?> config, DType dtype) {
    BigDecimal number(String name) {
      return new BigDecimal(dtype.round(value(name)));
    }

    BigDecimal mean(String low, String high) {
      return new BigDecimal(dtype.round((value(low) + value(high)) / 2));
    }

    private double value(String name) {
      return ((Number) config.get(name)).doubleValue();
    }
  }
}
