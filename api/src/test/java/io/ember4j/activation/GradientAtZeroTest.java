package io.ember4j.activation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ember4j.Tensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the documentation says about the gradient at 0 is what is computed. */
class GradientAtZeroTest {
  /** What stands there where it is no number, for the default parameters. */
  private static final Map<String, Double> IN_WORDS =
      Map.of(
          "negative_slope", 0.01,
          "weight", 0.25,
          "alpha", 1.0,
          "(lower + upper) / 2", 11.0 / 48,
          "0 if threshold >= 0", 0.0);

  @Test
  void isAsDocumented() {
    List<String> names =
        Activations.names().stream().filter(name -> isElementwise(example(name))).toList();
    assertTrue(names.size() >= 24, names.toString());
    for (String name : names) {
      Activation activation = example(name);
      String documented = activation.documentation().gradientAtZero();
      if (!documented.isEmpty()) {
        double expected =
            IN_WORDS.containsKey(documented)
                ? IN_WORDS.get(documented)
                : Double.parseDouble(documented);
        try (Tensor zero = Tensor.of(new double[] {0});
            Tensor one = Tensor.of(new double[] {1})) {
          assertEquals(expected, activation.gradient(zero, one).item(), 5e-5, name);
        }
      }
    }
  }

  private static boolean isElementwise(Activation activation) {
    return activation.expression().isPresent() || activation.name().equals("prelu");
  }

  private static Activation example(String name) {
    return name.equals("threshold")
        ? Activations.get(name, Map.of("threshold", 0.1, "value", 20))
        : Activations.get(name);
  }
}
