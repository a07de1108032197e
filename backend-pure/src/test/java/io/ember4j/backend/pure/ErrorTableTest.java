package io.ember4j.backend.pure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The float64 kernels around the error function, against a table of 40 digits. */
class ErrorTableTest {

  /** An argument and the function's value there. */
  private record Reference(double x, BigDecimal y) {}

  private static final Map<String, List<Reference>> TABLE = readTable();

  static Stream<DoubleKernel> kernels() {
    return DoubleKernelsTest.all().filter(kernel -> TABLE.containsKey(kernel.name()));
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void theErrorStaysWithinTheBound(DoubleKernel kernel) {
    List<Reference> references = TABLE.get(kernel.name());
    double[] results = kernel.results(references.stream().mapToDouble(Reference::x).toArray());
    double worst = 0;
    for (int i = 0; i < results.length; i++) {
      Reference reference = references.get(i);
      double error = errorInUlp(results[i], reference.y());
      String what = kernel + "(" + reference.x() + ") is " + results[i];
      assertTrue(error <= kernel.ulp(), () -> what + ", off by " + error + " ULP");
      worst = Math.max(worst, error);
    }
    assertTrue(worst > 0.4, "too exact to be true: " + worst);
  }

  @Test
  void theTableHasEveryKernelAndSubnormalResults() {
    assertEquals(5, kernels().count());
    for (String name : List.of("erfc", "ndtr", "gelu", "gelu'")) {
      long subnormal =
          TABLE.get(name).stream()
              .filter(reference -> Math.abs(reference.x()) > 1)
              .filter(reference -> Math.abs(reference.y().doubleValue()) < Double.MIN_NORMAL)
              .count();
      assertTrue(subnormal >= 10, name + ": " + subnormal);
    }
  }

  private static double errorInUlp(double actual, BigDecimal exact) {
    BigDecimal spacing = new BigDecimal(Math.ulp(exact.doubleValue()));
    BigDecimal error = new BigDecimal(actual).subtract(exact).abs();
    return error.divide(spacing, MathContext.DECIMAL64).doubleValue();
  }

  private static Map<String, List<Reference>> readTable() {
    try (InputStream in = ErrorTableTest.class.getResourceAsStream("error-functions.csv")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .skip(2)
          .map(line -> line.split(",", -1))
          .collect(
              Collectors.groupingBy(
                  row -> row[0],
                  Collectors.mapping(
                      row -> new Reference(Double.parseDouble(row[1]), new BigDecimal(row[2])),
                      Collectors.toList())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
