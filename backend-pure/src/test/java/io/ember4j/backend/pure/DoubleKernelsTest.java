package io.ember4j.backend.pure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ember4j.expr.SpecialFunctions;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The kernels in float64, against api's routines. */
class DoubleKernelsTest {
  private static final double[] SAMPLE = DoubleKernel.sample();
  private static final double INF = Double.POSITIVE_INFINITY;
  private static final double NAN = Double.NaN;
  private static final double LOG_2 = Math.log(2);
  private static final double LECUN = 1.7159 * 2 / 3;

  /** Within 1 ULP, which StrictMath's is not for |x| &lt; 1. */
  private static double tanh(double x) {
    return Math.abs(x) < 1 ? x - SpecialFunctions.tanhshrink(x) : StrictMath.tanh(x);
  }

  static Stream<DoubleKernel> odd() {
    return Stream.of(
        kernel(
            "tanhshrink",
            TanhshrinkKernel::tanhshrink,
            SpecialFunctions::tanhshrink,
            2.9,
            -INF,
            -0.0,
            0,
            INF),
        kernel("tanh", LogisticKernels::tanh, DoubleKernelsTest::tanh, 1.8, -1, -0.0, 0, 1),
        kernel("erf", ErrorKernels::erf, SpecialFunctions::erf, 1.1, -1, -0.0, 0, 1));
  }

  static Stream<DoubleKernel> others() {
    return Stream.of(
        kernel("exp", ExpKernels::exp, StrictMath::exp, 1.01, 0, 1, 1, INF),
        kernel("expm1", ExpKernels::expm1, SpecialFunctions::expm1, 2.1, -1, -0.0, 0, INF),
        kernel("log", LogKernels::log, StrictMath::log, 1.3, NAN, -INF, -INF, INF),
        kernel("log1p", LogKernels::log1p, SpecialFunctions::log1p, 1.9, NAN, -0.0, 0, INF),
        kernel("sigmoid", LogisticKernels::sigmoid, SpecialFunctions::sigmoid, 2.4, 0, .5, .5, 1),
        kernel(
            "log1pexp",
            LogisticKernels::log1pexp,
            SpecialFunctions::softplus,
            2.2,
            0,
            LOG_2,
            LOG_2,
            INF),
        kernel(
            "log_sigmoid",
            LogisticKernels::logSigmoid,
            SpecialFunctions::logSigmoid,
            2.2,
            -INF,
            -LOG_2,
            -LOG_2,
            0));
  }

  static Stream<DoubleKernel> tails() {
    return Stream.of(
        kernel("erfc", ErrorKernels::erfc, SpecialFunctions::erfc, 3, 2, 1, 1, 0),
        kernel("ndtr", NormalKernels::ndtr, SpecialFunctions::ndtr, 3.1, 0, 0.5, 0.5, 1),
        gate("gelu", NormalKernels::gelu, SpecialFunctions::gelu, 3),
        kernel(
            "gelu'",
            NormalKernels::geluDerivative,
            SpecialFunctions::geluDerivative,
            3,
            -0.0,
            0.5,
            0.5,
            1));
  }

  static Stream<DoubleKernel> even() {
    return Stream.of(
        bell(
            "erf'",
            ErrorKernels::erfDerivative,
            SpecialFunctions::erfDerivative,
            1.3,
            2 / Math.sqrt(Math.PI)),
        bell(
            "normal_pdf",
            NormalKernels::normalPdf,
            SpecialFunctions::normalPdf,
            1.6,
            1 / Math.sqrt(2 * Math.PI)),
        bell(
            "sigmoid'",
            BellKernels::sigmoidDerivative,
            SpecialFunctions::sigmoidDerivative,
            2.4,
            .25),
        bell("tanh'", BellKernels::tanhDerivative, SpecialFunctions::tanhDerivative, 2.4, 1),
        bell(
            "lecun_tanh'",
            BellKernels::lecunTanhDerivative,
            SpecialFunctions::lecunTanhDerivative,
            3.5,
            LECUN));
  }

  static Stream<DoubleKernel> gates() {
    return Stream.of(
        gate("silu", GateKernels::silu, SpecialFunctions::silu, 3.1),
        gate("gelu_sigmoid", GateKernels::geluSigmoid, SpecialFunctions::geluSigmoid, 3.3),
        gate("gelu_tanh", GateKernels::geluTanh, SpecialFunctions::geluTanh, 3.2),
        gate("mish", GateKernels::mish, SpecialFunctions::mish, 3.7));
  }

  static Stream<DoubleKernel> gateDerivatives() {
    return Stream.of(
        slope(
            "silu'", GateDerivativeKernels::siluDerivative, SpecialFunctions::siluDerivative, 3.4),
        slope(
            "gelu_sigmoid'",
            GateDerivativeKernels::geluSigmoidDerivative,
            SpecialFunctions::geluSigmoidDerivative,
            3.7),
        slope(
            "gelu_tanh'",
            GateDerivativeKernels::geluTanhDerivative,
            SpecialFunctions::geluTanhDerivative,
            3.7),
        slope(
            "mish'", GateDerivativeKernels::mishDerivative, SpecialFunctions::mishDerivative, 3.6));
  }

  static Stream<DoubleKernel> all() {
    return Stream.of(odd(), others(), tails(), even(), gates(), gateDerivatives()).flatMap(s -> s);
  }

  private static DoubleKernel kernel(
      String name,
      UnaryOperator<Value> kernel,
      DoubleUnaryOperator routine,
      double ulp,
      double atMinusInfinity,
      double atMinusZero,
      double atZero,
      double atInfinity) {
    List<Double> limits = List.of(atMinusInfinity, atMinusZero, atZero, atInfinity);
    return new DoubleKernel(name, kernel, routine, ulp, 0, limits);
  }

  private static DoubleKernel bell(
      String name,
      UnaryOperator<Value> kernel,
      DoubleUnaryOperator routine,
      double ulp,
      double atZero) {
    return kernel(name, kernel, routine, ulp, 0, atZero, atZero, 0);
  }

  private static DoubleKernel gate(
      String name, UnaryOperator<Value> kernel, DoubleUnaryOperator routine, double ulp) {
    return kernel(name, kernel, routine, ulp, -0.0, -0.0, 0, INF);
  }

  private static DoubleKernel slope(
      String name, UnaryOperator<Value> kernel, DoubleUnaryOperator routine, double ulp) {
    double atZero = routine.applyAsDouble(0);
    List<Double> limits = List.of(-0.0, atZero, atZero, 1.0);
    return new DoubleKernel(name, kernel, routine, ulp, 0x1p-54, limits);
  }

  @ParameterizedTest
  @MethodSource("all")
  void theErrorStaysWithinTheBound(DoubleKernel c) {
    check(c, SAMPLE);
  }

  @ParameterizedTest
  @MethodSource("all")
  void infinitiesAndZerosGiveTheirLimits(DoubleKernel c) {
    double[] x = DoubleKernel.special();
    double[] results = c.results(x);
    for (int i = 0; i < x.length; i++) {
      if (c.limits().get(i) == 0) {
        // As objects: the sign of a zero counts.
        assertEquals(c.limits().get(i), (Double) results[i], c + "(" + x[i] + ")");
      } else if (Double.isFinite(x[i])) {
        assertEquals("", c.complaint(x[i], results[i]));
      } else {
        assertEquals(c.limits().get(i), results[i], c + "(" + x[i] + ")");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void nanGivesNanWhateverItsBits(DoubleKernel c) {
    // The bits are an operand of the integer arithmetic that makes powers of two.
    for (long bits : new long[] {0x7FF8L << 48, (0x7FFL << 52) + 1, Long.MAX_VALUE, -1}) {
      double result = c.results(Double.longBitsToDouble(bits))[0];
      assertTrue(Double.isNaN(result), c + "(" + Long.toHexString(bits) + ") is " + result);
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void resultsThatUnderflowBecomeZerosAtTheEndOnly(DoubleKernel c) {
    check(c, DoubleKernel.steps(-760, -700, 0x1p-8));
    check(c, DoubleKernel.steps(-570, -525, 0x1p-8));
    check(c, DoubleKernel.steps(-450, -350, 0x1p-8));
    check(c, DoubleKernel.steps(-39, -20, 0x1p-9));
    check(c, DoubleKernel.steps(20, 39, 0x1p-9));
    check(c, DoubleKernel.steps(700, 760, 0x1p-8));
  }

  @ParameterizedTest
  @MethodSource("all")
  void simdGivesTheSameBits(DoubleKernel c) {
    assumeTrue(Simd.isAvailable());
    assertArrayEquals(c.results(SAMPLE), c.vectorResults(SAMPLE));
  }

  @ParameterizedTest
  @MethodSource("odd")
  void oddFunctionsAreOdd(DoubleKernel c) {
    assertArrayEquals(negated(c.results(SAMPLE)), c.results(negated(SAMPLE)));
  }

  @ParameterizedTest
  @MethodSource("even")
  void evenFunctionsAreEven(DoubleKernel c) {
    assertArrayEquals(c.results(SAMPLE), c.results(negated(SAMPLE)));
  }

  @Test
  void logarithmsHaveAPoleAndNoValueBelowIt() {
    DoubleKernel log = find("log");
    assertArrayEquals(new double[] {0, NAN, NAN}, log.results(1, -Double.MIN_VALUE, -1e300));
    DoubleKernel log1p = find("log1p");
    assertArrayEquals(new double[] {-INF, NAN, NAN}, log1p.results(-1, Math.nextDown(-1), -1e300));
  }

  @Test
  void tinyNumbersAreTheirOwnTanhAndExpm1AndLog1p() {
    double[] tiny = {Double.MIN_VALUE, -3 * Double.MIN_VALUE, 1e-310, -0x1.234568p-1022, 0x1p-60};
    for (String name : List.of("tanh", "expm1", "log1p")) {
      assertArrayEquals(tiny, find(name).results(tiny), name);
    }
  }

  @Test
  void logarithmsOfSubnormalNumbersAndNextToOneAreWithinTheBound() {
    check(find("log"), DoubleKernel.steps(0x1p-1040, 0x1p-1022, 0x1p-1037));
    check(find("log"), DoubleKernel.steps(1 - 0x1p-20, 1 + 0x1p-20, 0x1p-35));
    check(find("log1p"), DoubleKernel.steps(-1, -0.99, 0x1p-20));
  }

  @ParameterizedTest
  @MethodSource("tails")
  void zerosOfTailsGiveTheirLimitsToTheLastBit(DoubleKernel c) {
    double[] atZeros = {c.limits().get(1), c.limits().get(2)};
    assertArrayEquals(atZeros, c.results(-0.0, 0));
  }

  @Test
  void bothSidesOfTheSplitOfErfAreWithinTheBound() {
    check(find("erf"), DoubleKernel.steps(0.93, 0.95, 0x1p-22));
  }

  @Test
  void theDerivativeOfGeluCancelsNothingAtItsZero() {
    double zero = -0x1.80ead197f00b4p-1;
    check(find("gelu'"), DoubleKernel.steps(-0.7519, -0.7517, 0x1p-29));
    check(find("gelu'"), DoubleKernel.steps(zero - 0x1p-41, zero + 0x1p-41, 0x1p-53));
  }

  private static DoubleKernel find(String name) {
    return all().filter(k -> k.name().equals(name)).findFirst().orElseThrow();
  }

  private static void check(DoubleKernel c, double[] x) {
    double[] results = c.results(x);
    for (int i = 0; i < x.length; i++) {
      assertEquals("", c.complaint(x[i], results[i]));
    }
  }

  private static double[] negated(double[] x) {
    double[] result = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      result[i] = -x[i];
    }
    return result;
  }
}
