package io.ember4j.backend.jblas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ember4j.DType;
import io.ember4j.expr.Primitive;
import io.ember4j.spi.Buffer;
import io.ember4j.spi.Operand;
import java.math.BigDecimal;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How far the transcendental primitives are from the exact value, in units in the last place. */
class AccuracyTest {
  private static final int SAMPLES = 2000;

  private final JblasBackend backend = Numbers.backend();
  private final Random random = new Random(11);

  @ParameterizedTest
  @EnumSource(DType.class)
  void exp(DType dtype) {
    // To where the result has become the smallest subnormal number, and to where it overflows.
    double low = dtype == DType.FLOAT32 ? -103 : -744;
    double high = dtype == DType.FLOAT32 ? 88.7 : 709.7;
    double bound = dtype == DType.FLOAT32 ? 0.501 : 1;
    check(dtype, Primitive.EXP, u -> low + u * (high - low), Exact::exp, bound);
    check(dtype, Primitive.EXP, u -> 2 * u - 1, Exact::exp, bound);
  }

  @ParameterizedTest
  @EnumSource(DType.class)
  void log(DType dtype) {
    double lowest = dtype == DType.FLOAT32 ? -149 : -1074;
    double highest = dtype == DType.FLOAT32 ? 128 : 1024;
    double bound = dtype == DType.FLOAT32 ? 0.501 : 1;
    check(
        dtype,
        Primitive.LOG,
        u -> Math.min(Math.pow(2, lowest + u * (highest - lowest)), Float.MAX_VALUE),
        Exact::log,
        bound);
    check(dtype, Primitive.LOG, u -> 0.5 + u, Exact::log, bound);
  }

  @ParameterizedTest
  @EnumSource(DType.class)
  void tanh(DType dtype) {
    double bound = dtype == DType.FLOAT32 ? 0.501 : 2.5;
    check(dtype, Primitive.TANH, u -> 20 * (2 * u - 1), Exact::tanh, bound);
    check(dtype, Primitive.TANH, u -> Math.pow(2, -40 * u), Exact::tanh, bound);
    check(dtype, Primitive.TANH, u -> -Math.pow(2, -80 * u), Exact::tanh, bound);
  }

  @Test
  void exactValuesAreThemselvesRight() {
    assertEquals("2.718281828459045235360287471352662497757", digits(Exact.exp(BigDecimal.ONE)));
    assertEquals(
        "0.6931471805599453094172321214581765680755", digits(Exact.log(new BigDecimal(2))));
    assertEquals("0.7615941559557648881194582826047935904128", digits(Exact.tanh(BigDecimal.ONE)));
  }

  private static String digits(BigDecimal value) {
    return value.round(new java.math.MathContext(40)).toString();
  }

  private void check(
      DType dtype,
      Primitive primitive,
      DoubleUnaryOperator sample,
      UnaryOperator<BigDecimal> exact,
      double bound) {
    double[] x = new double[SAMPLES];
    for (int i = 0; i < SAMPLES; i++) {
      x[i] = dtype.round(sample.applyAsDouble(random.nextDouble()));
    }
    Buffer result = Numbers.garbage(backend, dtype, SAMPLES);
    backend.apply(
        primitive, List.of(new Operand.View(Numbers.buffer(backend, dtype, x), 1)), result);
    double[] y = Numbers.values(backend, result);
    double worst = 0;
    double where = 0;
    for (int i = 0; i < SAMPLES; i++) {
      BigDecimal truth = exact.apply(new BigDecimal(x[i]));
      double ulp =
          dtype == DType.FLOAT32 ? Math.ulp(truth.floatValue()) : Math.ulp(truth.doubleValue());
      double error = new BigDecimal(y[i]).subtract(truth).abs().doubleValue() / ulp;
      if (error > worst) {
        worst = error;
        where = x[i];
      }
    }
    String message = primitive + " " + dtype + ": " + worst + " ULP at " + where;
    assertTrue(worst <= bound, message);
    if (Boolean.getBoolean("ember4j.accuracy.print")) {
      System.out.println(message);
    }
  }
}
