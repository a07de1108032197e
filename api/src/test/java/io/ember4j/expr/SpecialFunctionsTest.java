package io.ember4j.expr;

import static java.util.Map.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Holds {@link SpecialFunctions} to the accuracy and the special cases its Javadoc states.
 *
 * <p>To measure with a denser table, make one with {@code api/tools/special_functions.py table
 * --points N} and name it in the system property {@value #TABLE_PROPERTY}.
 */
class SpecialFunctionsTest {

  private static final String TABLE_PROPERTY = "ember4j.special-functions.table";
  private static final String BUNDLED_TABLE = "special-functions.csv";

  /** A function and its stated bound in ULP. */
  private record Subject(DoubleUnaryOperator function, double bound) {}

  /** An argument and the function's value there, to 40 digits. */
  private record Reference(double x, BigDecimal y) {}

  private static final Map<String, Subject> SUBJECTS =
      Map.ofEntries(
          entry("erf", new Subject(SpecialFunctions::erf, 0.70)),
          entry("erfc", new Subject(SpecialFunctions::erfc, 0.88)),
          entry("ndtr", new Subject(SpecialFunctions::ndtr, 0.89)),
          entry("gelu", new Subject(SpecialFunctions::gelu, 0.81)),
          entry("gelu_tanh", new Subject(SpecialFunctions::geluTanh, 0.75)),
          entry("gelu_sigmoid", new Subject(SpecialFunctions::geluSigmoid, 0.75)),
          entry("silu", new Subject(SpecialFunctions::silu, 0.75)),
          entry("mish", new Subject(SpecialFunctions::mish, 0.76)),
          entry("sigmoid", new Subject(SpecialFunctions::sigmoid, 0.75)),
          entry("softplus", new Subject(SpecialFunctions::softplus, 0.76)),
          entry("log_sigmoid", new Subject(SpecialFunctions::logSigmoid, 0.75)),
          entry("tanhshrink", new Subject(SpecialFunctions::tanhshrink, 0.57)),
          entry("expm1", new Subject(SpecialFunctions::expm1, 0.79)),
          entry("log1p", new Subject(SpecialFunctions::log1p, 0.79)),
          entry("erf_derivative", new Subject(SpecialFunctions::erfDerivative, 0.76)),
          entry("normal_pdf", new Subject(SpecialFunctions::normalPdf, 0.75)),
          entry("gelu_derivative", new Subject(SpecialFunctions::geluDerivative, 0.96)),
          entry("gelu_tanh_derivative", new Subject(SpecialFunctions::geluTanhDerivative, 0.89)),
          entry(
              "gelu_sigmoid_derivative",
              new Subject(SpecialFunctions::geluSigmoidDerivative, 0.87)),
          entry("silu_derivative", new Subject(SpecialFunctions::siluDerivative, 0.92)),
          entry("mish_derivative", new Subject(SpecialFunctions::mishDerivative, 0.75)),
          entry("sigmoid_derivative", new Subject(SpecialFunctions::sigmoidDerivative, 0.75)),
          entry("tanh_derivative", new Subject(SpecialFunctions::tanhDerivative, 0.75)),
          entry("lecun_tanh_derivative", new Subject(SpecialFunctions::lecunTanhDerivative, 0.75)));

  private static final List<String> EVEN =
      List.of(
          "erf_derivative",
          "normal_pdf",
          "sigmoid_derivative",
          "tanh_derivative",
          "lecun_tanh_derivative");

  /** The derivatives that rise from -0.0 to 1 and vanish at their activation's minimum. */
  private static final List<String> MINIMUM_DERIVATIVES =
      List.of(
          "gelu_derivative",
          "gelu_tanh_derivative",
          "gelu_sigmoid_derivative",
          "silu_derivative",
          "mish_derivative");

  private static final Map<String, List<Reference>> TABLE = readTable();

  static List<String> names() {
    return SUBJECTS.keySet().stream().sorted().toList();
  }

  @ParameterizedTest
  @MethodSource("names")
  void staysWithinItsStatedBound(String name, TestReporter reporter) {
    Subject subject = SUBJECTS.get(name);
    double worst = 0;
    double where = Double.NaN;
    for (Reference reference : TABLE.get(name)) {
      double error = ulpError(subject.function().applyAsDouble(reference.x()), reference.y());
      if (error > worst) {
        worst = error;
        where = reference.x();
      }
    }
    String found = worst + " ULP at " + where;
    reporter.publishEntry(name, found);
    assertTrue(worst <= subject.bound(), () -> name + ": " + found);
    assertTrue(worst > 0.4, () -> name + " cannot be this exact, is the table read? " + found);
  }

  @Test
  void tableCoversEveryFunctionWithEnoughPoints() {
    assertEquals(SUBJECTS.keySet(), TABLE.keySet());
    TABLE.forEach((name, points) -> assertTrue(points.size() >= 140, name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "erfc",
        "ndtr",
        "gelu",
        "gelu_tanh",
        "gelu_sigmoid",
        "silu",
        "mish",
        "sigmoid",
        "softplus",
        "log_sigmoid",
        "erf_derivative",
        "normal_pdf",
        "gelu_derivative",
        "gelu_tanh_derivative",
        "gelu_sigmoid_derivative",
        "silu_derivative",
        "mish_derivative",
        "sigmoid_derivative",
        "tanh_derivative",
        "lecun_tanh_derivative"
      })
  void tableReachesSubnormalResultsInTheTail(String name) {
    long subnormal =
        TABLE.get(name).stream()
            .filter(point -> Math.abs(point.x()) > 1)
            .filter(point -> Math.abs(point.y().doubleValue()) < Double.MIN_NORMAL)
            .filter(point -> point.y().doubleValue() != 0)
            .count();
    assertTrue(subnormal >= 5, () -> name + ": " + subnormal);
  }

  @ParameterizedTest
  @MethodSource("names")
  void nanGivesNan(String name) {
    assertEquals(Double.NaN, SUBJECTS.get(name).function().applyAsDouble(Double.NaN));
  }

  /** assertEquals on doubles tells -0.0 from 0.0. */
  @ParameterizedTest
  @CsvSource({
    "erf,          -1,        -0.0,               0.0,                1",
    "erfc,          2,         1,                 1,                  0.0",
    "ndtr,          0.0,       0.5,               0.5,                1",
    "gelu,         -0.0,      -0.0,               0.0,                Infinity",
    "gelu_tanh,    -0.0,      -0.0,               0.0,                Infinity",
    "gelu_sigmoid, -0.0,      -0.0,               0.0,                Infinity",
    "silu,         -0.0,      -0.0,               0.0,                Infinity",
    "mish,         -0.0,      -0.0,               0.0,                Infinity",
    "sigmoid,       0.0,       0.5,               0.5,                1",
    "softplus,      0.0,       0.6931471805599453, 0.6931471805599453, Infinity",
    "log_sigmoid,  -Infinity, -0.6931471805599453, -0.6931471805599453, 0.0",
    "tanhshrink,   -Infinity, -0.0,               0.0,                Infinity",
    "expm1,        -1,        -0.0,               0.0,                Infinity",
    "log1p,         NaN,      -0.0,               0.0,                Infinity",
    "erf_derivative,          0.0, 1.1283791670955126, 1.1283791670955126, 0.0",
    "normal_pdf,              0.0, 0.3989422804014327, 0.3989422804014327, 0.0",
    "sigmoid_derivative,      0.0, 0.25,               0.25,               0.0",
    "tanh_derivative,         0.0, 1,                  1,                  0.0",
    "lecun_tanh_derivative,   0.0, 1.1439333333333332, 1.1439333333333332, 0.0",
    "gelu_derivative,        -0.0, 0.5,                0.5,                1",
    "gelu_tanh_derivative,   -0.0, 0.5,                0.5,                1",
    "gelu_sigmoid_derivative, -0.0, 0.5,               0.5,                1",
    "silu_derivative,        -0.0, 0.5,                0.5,                1",
    "mish_derivative,        -0.0, 0.6,                0.6,                1",
  })
  void takesItsLimitsAtInfinitiesAndZeros(
      String name, double atMinusInfinity, double atMinusZero, double atZero, double atInfinity) {
    DoubleUnaryOperator function = SUBJECTS.get(name).function();
    assertEquals(atMinusInfinity, function.applyAsDouble(Double.NEGATIVE_INFINITY), "-inf");
    assertEquals(atMinusZero, function.applyAsDouble(-0.0), "-0.0");
    assertEquals(atZero, function.applyAsDouble(0.0), "0.0");
    assertEquals(atInfinity, function.applyAsDouble(Double.POSITIVE_INFINITY), "+inf");
  }

  @ParameterizedTest
  @ValueSource(doubles = {60.5, 799, 801, 1e5, 1e150, Double.MAX_VALUE})
  void saturatesBeforeTheInfinities(double x) {
    for (String name : List.of("gelu", "gelu_tanh", "gelu_sigmoid", "silu", "mish", "softplus")) {
      assertEquals(x, SUBJECTS.get(name).function().applyAsDouble(x), name);
    }
    for (String name : List.of("erf", "ndtr", "sigmoid")) {
      assertEquals(1, SUBJECTS.get(name).function().applyAsDouble(x), name);
    }
    for (String name : MINIMUM_DERIVATIVES) {
      assertEquals(1, SUBJECTS.get(name).function().applyAsDouble(x), name);
    }
    assertEquals(2, SpecialFunctions.erfc(-x));
    assertEquals(-x, SpecialFunctions.logSigmoid(-x));
    assertEquals(x - 1, SpecialFunctions.tanhshrink(x));
  }

  @ParameterizedTest
  @ValueSource(doubles = {755, 799, 801, 1e5, 1e150, Double.MAX_VALUE})
  void underflowKeepsTheSign(double x) {
    for (String name : List.of("gelu", "gelu_tanh", "gelu_sigmoid", "silu", "mish")) {
      assertEquals(-0.0, SUBJECTS.get(name).function().applyAsDouble(-x), name);
    }
    for (String name : MINIMUM_DERIVATIVES) {
      assertEquals(-0.0, SUBJECTS.get(name).function().applyAsDouble(-x), name);
    }
    for (String name : EVEN) {
      assertEquals(0.0, SUBJECTS.get(name).function().applyAsDouble(-x), name);
      assertEquals(0.0, SUBJECTS.get(name).function().applyAsDouble(x), name);
    }
    for (String name : List.of("ndtr", "sigmoid", "softplus")) {
      assertEquals(0.0, SUBJECTS.get(name).function().applyAsDouble(-x), name);
    }
    assertEquals(0.0, SpecialFunctions.erfc(x));
    assertEquals(0.0, SpecialFunctions.logSigmoid(x));
  }

  @ParameterizedTest
  @ValueSource(strings = {"erf", "tanhshrink"})
  void oddFunctionsAreOddToTheBit(String name) {
    DoubleUnaryOperator function = SUBJECTS.get(name).function();
    for (Reference reference : TABLE.get(name)) {
      double expected = -function.applyAsDouble(reference.x());
      assertEquals(expected, function.applyAsDouble(-reference.x()), () -> "" + reference.x());
    }
  }

  @Test
  void evenFunctionsAreEvenToTheBit() {
    for (String name : EVEN) {
      DoubleUnaryOperator function = SUBJECTS.get(name).function();
      for (Reference reference : TABLE.get(name)) {
        double expected = function.applyAsDouble(reference.x());
        assertEquals(expected, function.applyAsDouble(-reference.x()), () -> "" + reference.x());
      }
    }
  }

  /** The result changes its sign between two neighbouring doubles. */
  @Test
  void tableHasTheDoublesAboutEachZero() {
    for (String name : MINIMUM_DERIVATIVES) {
      Reference below = nearest(name, -1);
      Reference above = nearest(name, 1);
      assertEquals(Math.nextUp(below.x()), above.x(), name);
    }
  }

  /** Returns the table's point of the given sign whose value is closest to zero, tail aside. */
  private static Reference nearest(String name, int sign) {
    return TABLE.get(name).stream()
        .filter(point -> Math.abs(point.x()) < 2 && point.y().signum() == sign)
        .min(Comparator.comparing(point -> point.y().abs()))
        .orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, 0", "1.0000000000000002, 1, 1", "1, 1.00000000000000011102230246251565404, 0.5",
    "0, 4.9406564584124654e-324, 1", "-0.0, -2e-330, 4.05e-7", "NaN, 1, Infinity"
  })
  void ulpErrorIsMeasuredInUnitsOfTheTrueValue(double actual, BigDecimal exact, double error) {
    assertEquals(error, ulpError(actual, exact), 1e-2 * Math.min(error, 1));
  }

  private static double ulpError(double actual, BigDecimal exact) {
    if (!Double.isFinite(actual)) {
      return Double.POSITIVE_INFINITY;
    }
    BigDecimal ulp = new BigDecimal(Math.ulp(exact.doubleValue()));
    return new BigDecimal(actual)
        .subtract(exact)
        .abs()
        .divide(ulp, MathContext.DECIMAL64)
        .doubleValue();
  }

  private static Map<String, List<Reference>> readTable() {
    return tableText()
        .lines()
        .filter(line -> !line.startsWith("#") && !line.equals("function,x,y"))
        .map(line -> line.split(","))
        .collect(
            Collectors.groupingBy(
                row -> row[0],
                Collectors.mapping(
                    row -> new Reference(Double.parseDouble(row[1]), new BigDecimal(row[2])),
                    Collectors.toList())));
  }

  private static String tableText() {
    String path = System.getProperty(TABLE_PROPERTY);
    try (InputStream table =
        path == null
            ? SpecialFunctionsTest.class.getResourceAsStream(BUNDLED_TABLE)
            : Files.newInputStream(Path.of(path))) {
      return new String(table.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
