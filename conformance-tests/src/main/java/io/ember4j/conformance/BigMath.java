package io.ember4j.conformance;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * Elementary functions to a given number of significant digits, from their series; slow and
 * independent of everything they are compared with.
 *
 * <p>Relative accuracy holds near zeros too: {@link #expm1}, {@link #log1p} and {@link #erfc} do
 * not cancel. Exponentials below e^-30000, far below the range of every dtype, are replaced by
 * {@link #VANISHING}.
 */
final class BigMath {
  /** Stands for positive values too small for any dtype. */
  static final BigDecimal VANISHING = BigDecimal.ONE.scaleByPowerOfTen(-13_000);

  private static final BigDecimal LIMIT = BigDecimal.valueOf(30_000);
  private static final BigDecimal TWO = BigDecimal.valueOf(2);
  private static final BigDecimal HALF = new BigDecimal("0.5");
  private static final BigDecimal TENTH = new BigDecimal("0.1");
  private static final BigDecimal SEVEN = BigDecimal.valueOf(7);

  /** More digits than any caller asks for. */
  private static final BigDecimal PI =
      new BigDecimal(
          "3.14159265358979323846264338327950288419716939937510"
              + "58209749445923078164062862089986280348253421170679821480865132823");

  private final MathContext context;
  private final MathContext guarded;

  /** Functions to so many digits. */
  BigMath(int digits) {
    context = new MathContext(digits);
    guarded = new MathContext(digits + 10);
  }

  /** The precision, for arithmetic between the functions. */
  MathContext context() {
    return context;
  }

  /** Returns pi; to 100 digits at most. */
  BigDecimal pi() {
    return PI.round(context);
  }

  /** Returns e^x for x up to 30,000: by its series for x / 2^n, squared n times. */
  BigDecimal exp(BigDecimal x) {
    if (x.compareTo(LIMIT.negate()) < 0) {
      return VANISHING;
    }
    if (x.compareTo(LIMIT) > 0) {
      throw new ArithmeticException("exp(" + x.round(MathContext.DECIMAL32) + ") is out of reach");
    }
    int halvings = Math.max(0, (int) Math.ceil(3.33 * magnitude(x)) + 7);
    MathContext working = new MathContext(guarded.getPrecision() + halvings);
    BigDecimal reduced = x.divide(BigDecimal.valueOf(1L << halvings), working);
    BigDecimal result = expm1Series(reduced, working).add(BigDecimal.ONE);
    for (int i = 0; i < halvings; i++) {
      result = result.multiply(result, working);
    }
    return result.round(context);
  }

  /** Returns e^x - 1. */
  BigDecimal expm1(BigDecimal x) {
    return x.abs().compareTo(HALF) < 0
        ? expm1Series(x.round(guarded), guarded).round(context)
        : exp(x).subtract(BigDecimal.ONE, context);
  }

  private static BigDecimal expm1Series(BigDecimal x, MathContext working) {
    BigDecimal term = x;
    BigDecimal sum = x;
    for (int n = 2; counts(term, sum, working); n++) {
      term = term.multiply(x, working).divide(BigDecimal.valueOf(n), working);
      sum = sum.add(term, working);
    }
    return sum;
  }

  /** Returns log(1 + y) for y &gt;= 0. */
  BigDecimal log1p(BigDecimal y) {
    if (y.compareTo(TENTH) < 0) {
      return atanh(y.divide(y.add(TWO, guarded), guarded)).multiply(TWO, context);
    }
    // Halley's iteration on e^s = 1 + y triples the digits each time.
    BigDecimal target = y.add(BigDecimal.ONE);
    BigDecimal log = new BigDecimal(Math.log(target.doubleValue()));
    for (int digits = 14; digits < guarded.getPrecision(); digits *= 3) {
      BigDecimal exp = exp(log);
      BigDecimal step = target.subtract(exp).multiply(TWO).divide(target.add(exp), guarded);
      log = log.add(step, guarded);
    }
    return log.round(context);
  }

  private BigDecimal atanh(BigDecimal z) {
    BigDecimal square = z.multiply(z, guarded);
    BigDecimal power = z;
    BigDecimal sum = z;
    for (int n = 3; counts(power, sum, guarded); n += 2) {
      power = power.multiply(square, guarded);
      sum = sum.add(power.divide(BigDecimal.valueOf(n), guarded), guarded);
    }
    return sum;
  }

  /** Returns the hyperbolic tangent. */
  BigDecimal tanh(BigDecimal x) {
    BigDecimal e = expm1(x.abs().multiply(TWO).negate());
    BigDecimal tanh = e.negate().divide(e.add(TWO), context);
    return x.signum() < 0 ? tanh.negate() : tanh;
  }

  /** Returns 1 / (1 + e^-x). */
  BigDecimal sigmoid(BigDecimal x) {
    BigDecimal e = exp(x.abs().negate());
    return (x.signum() < 0 ? e : BigDecimal.ONE).divide(e.add(BigDecimal.ONE, context), context);
  }

  /** Returns log(1 + e^x). */
  BigDecimal softplus(BigDecimal x) {
    BigDecimal log = log1p(exp(x.abs().negate()));
    return x.signum() < 0 ? log : log.add(x, context);
  }

  /** Returns the complementary error function. */
  BigDecimal erfc(BigDecimal x) {
    if (x.signum() < 0) {
      return TWO.subtract(erfc(x.negate()), context);
    }
    return x.compareTo(SEVEN) < 0
        ? BigDecimal.ONE.subtract(new BigMath(context.getPrecision() + 25).erf(x), context)
        : erfcFraction(x);
  }

  /** erf(x) = 2 / sqrt(pi) e^(-x^2) sum of 2^n x^(2n+1) / (1 3 5 ... (2n+1)), for x &gt;= 0. */
  private BigDecimal erf(BigDecimal x) {
    BigDecimal square = x.multiply(x, guarded);
    BigDecimal factor = square.multiply(TWO);
    BigDecimal term = x.round(guarded);
    BigDecimal sum = term;
    for (int n = 1; counts(term, sum, guarded); n++) {
      term = term.multiply(factor, guarded).divide(BigDecimal.valueOf(2L * n + 1), guarded);
      sum = sum.add(term, guarded);
    }
    BigDecimal scale = TWO.divide(pi().sqrt(context), context);
    return sum.multiply(exp(square.negate())).multiply(scale, context);
  }

  /** erfc(x) = e^(-x^2) / sqrt(pi) / (x + (1/2) / (x + (2/2) / (x + (3/2) / ...))), x &gt;= 7. */
  private BigDecimal erfcFraction(BigDecimal x) {
    double nats = guarded.getPrecision() * Math.log(10);
    int levels = (int) (nats * nats / (8 * 49)) + 10;
    BigDecimal denominator = x;
    for (int k = levels; k >= 1; k--) {
      denominator =
          x.add(HALF.multiply(BigDecimal.valueOf(k)).divide(denominator, guarded), guarded);
    }
    BigDecimal gauss = exp(x.multiply(x, guarded).negate());
    return gauss.divide(denominator.multiply(pi().sqrt(context)), context);
  }

  /** Whether the term still changes a sum of that precision. */
  private static boolean counts(BigDecimal term, BigDecimal sum, MathContext working) {
    return term.signum() != 0 && magnitude(term) >= magnitude(sum) - working.getPrecision() - 1;
  }

  /** The least d with |x| &lt; 10^d. */
  private static int magnitude(BigDecimal x) {
    return x.precision() - x.scale();
  }
}
