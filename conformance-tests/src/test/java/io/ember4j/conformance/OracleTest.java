package io.ember4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ember4j.DType;
import io.ember4j.activation.Activations;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The oracle agrees with the reference tables, which another program made. */
class OracleTest {
  private static final Path TABLES = Path.of("src/main/resources/io/ember4j/conformance/reference");
  private static final BigDecimal TOLERANCE = new BigDecimal("1e-30");
  private static final BigDecimal LIMIT = new BigDecimal("1e-9999");

  /** Tables of functions that are no activations. */
  private static final List<String> BUILDING_BLOCKS =
      List.of("abs", "erf", "erfc", "exp", "expm1", "log", "log1p", "ndtr", "sqrt");

  static Stream<Path> tables() throws IOException {
    try (Stream<Path> files = Files.list(TABLES)) {
      return files
          .filter(f -> !f.getFileName().toString().contains(GradientCase.SUFFIX + "."))
          .filter(f -> !f.getFileName().toString().startsWith("onnx."))
          .filter(f -> !BUILDING_BLOCKS.contains(f.getFileName().toString().split("\\.", 2)[0]))
          .sorted()
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("tables")
  void agreesWithTheReferenceTablesTo30Digits(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    String name = header(lines, "function");
    DType dtype = header(lines, "dtype").equals("float32") ? DType.FLOAT32 : DType.FLOAT64;
    Map<String, Object> config = config(name, header(lines, "parameters"));
    int compared = 0;
    for (String line : lines) {
      if (line.startsWith("#") || line.equals("x,y")) {
        continue;
      }
      String[] sides = line.split(line.contains("|") ? " \\| " : ",", 2);
      double[] x = Arrays.stream(sides[0].split(" ", -1)).mapToDouble(OracleTest::input).toArray();
      String[] expected = sides[1].split(" ", -1);
      Number[] actual =
          OracleFormula.of(name, config, dtype)
              .map(formula -> new Number[] {formula.at(x[0])})
              .orElseGet(() -> OracleRows.of(name, config, dtype).orElseThrow().at(x));
      assertEquals(expected.length, actual.length, line);
      for (int i = 0; i < expected.length; i++) {
        assertAgrees(expected[i], actual[i], line);
        compared++;
      }
    }
    assertTrue(compared > 80, () -> "only a few values in " + file);
  }

  private static void assertAgrees(String text, Number actual, String line) {
    if (actual instanceof Double special) {
      assertEquals(special(text), special, line);
      return;
    }
    BigDecimal value = (BigDecimal) actual;
    BigDecimal expected = new BigDecimal(text);
    assertEquals(expected.signum(), value.signum(), line);
    if (expected.abs().compareTo(LIMIT) == 0) {
      assertTrue(value.abs().compareTo(LIMIT) <= 0, line);
    } else {
      BigDecimal difference = value.subtract(expected).abs();
      assertTrue(
          difference.compareTo(expected.abs().multiply(TOLERANCE)) <= 0, () -> line + ": " + value);
    }
  }

  private static String header(List<String> lines, String key) {
    String start = "# " + key + ": ";
    return lines.stream()
        .filter(line -> line.startsWith(start))
        .findFirst()
        .orElseThrow()
        .substring(start.length());
  }

  private static Map<String, Object> config(String name, String parameters) {
    Map<String, Object> config =
        new HashMap<>(Activations.get(name, Activations.exampleParameters(name)).config());
    if (!parameters.equals("none")) {
      for (String pair : parameters.split(", ", -1)) {
        String[] parts = pair.split("=", 2);
        boolean isWord = parts[1].matches("[a-z]+");
        config.put(parts[0], isWord ? parts[1] : (Object) Double.valueOf(parts[1]));
      }
    }
    return config;
  }

  private static double input(String text) {
    return text.contains("0x") ? Double.parseDouble(text) : special(text);
  }

  private static double special(String text) {
    return switch (text) {
      case "nan" -> Double.NaN;
      case "inf" -> Double.POSITIVE_INFINITY;
      case "-inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }

  @ParameterizedTest
  @EnumSource(DType.class)
  void knowsEveryActivationOfTheCatalogue(DType dtype) {
    var unknown = new TreeSet<String>();
    for (String name : Activations.names()) {
      var activation = Activations.get(name, Activations.exampleParameters(name));
      if (Oracle.of(activation, dtype).isEmpty()) {
        unknown.add(name);
      }
    }
    assertEquals(new TreeSet<>(), unknown);
  }

  @Test
  void measuresInUnitsInTheLastPlace() {
    Oracle sigmoid = Oracle.of("sigmoid", Map.of(), DType.FLOAT32).orElseThrow();
    ExactValues values = sigmoid.at(1, 0, Double.NaN);
    float nearest = (float) (1 / (1 + Math.exp(-1)));
    assertEquals(nearest, values.nearest(0));
    assertTrue(values.error(0, nearest) <= 0.5);
    assertEquals(1, values.error(0, Math.nextUp(nearest)), 0.5);
    assertEquals(0, values.error(1, 0.5));
    assertEquals(2, values.error(1, 0.5f + 2 * Math.ulp(0.5f)));
    assertEquals(0, values.error(2, Double.NaN));
    assertEquals(Double.POSITIVE_INFINITY, values.error(2, 0));
  }
}
