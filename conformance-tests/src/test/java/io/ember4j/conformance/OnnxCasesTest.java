package io.ember4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ember4j.DType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OnnxCasesTest {
  @Test
  void haveTheActivationsOfTheSpecification() {
    assertEquals(
        Set.of(
            "Celu",
            "Clip",
            "Elu",
            "Erf",
            "Gelu",
            "HardSigmoid",
            "HardSwish",
            "LeakyRelu",
            "LogSoftmax",
            "Mish",
            "PRelu",
            "Relu",
            "Selu",
            "Shrink",
            "Sigmoid",
            "Softmax",
            "Softplus",
            "Softsign",
            "Swish",
            "Tanh",
            "ThresholdedRelu"),
        OnnxCases.byOperator().keySet());
  }

  /** What the operators' pages of the specification print. */
  @Test
  void haveTheValuesThatTheSpecificationPrints() {
    OnnxCases softmax = OnnxCases.byOperator().get("Softmax").get(0);
    double[] printed = {0.09003058, 0.24472848, 0.66524094};
    for (int i = 0; i < printed.length; i++) {
      assertEquals(printed[i], softmax.y()[i].nearest(), 5e-8);
    }
    OnnxCases elu = OnnxCases.byOperator().get("Elu").get(1);
    assertEquals("2", elu.attributes().get("alpha"));
    assertEquals(-1.2642411, at(elu, -1), 5e-8);
    assertEquals(1, at(elu, 1), 0);
  }

  private static double at(OnnxCases cases, double x) {
    for (int i = 0; i < cases.x().length; i++) {
      if (cases.x()[i] == x) {
        return cases.y()[i].nearest();
      }
    }
    throw new AssertionError("no case at " + x);
  }

  @Test
  void aCaseHasItsAttributes() {
    OnnxCases parsed = parse("Celu | alpha=2 | 0x1.0p0 | 1.0").get("Celu").get(0);
    assertEquals(2, parsed.number("alpha"));
    assertEquals("Celu(alpha=2)", parsed.toString());
  }

  @Test
  void aBrokenLineIsNamed() {
    IllegalArgumentException three =
        assertThrows(IllegalArgumentException.class, () -> parse("Relu | none | 0x1.0p0"));
    assertTrue(three.getMessage().contains(":6: expected operator"), three.getMessage());
    IllegalArgumentException uneven =
        assertThrows(
            IllegalArgumentException.class, () -> parse("Relu | none | 0x1.0p0 0x1.0p1 | 1.0"));
    assertTrue(uneven.getMessage().contains("2 inputs, but 1 results"), uneven.getMessage());
  }

  private static Map<String, List<OnnxCases>> parse(String line) {
    List<String> lines =
        new ArrayList<>(
            List.of(
                "# function: onnx",
                "# parameters: none",
                "# dtype: float32",
                "# formula: of the test",
                "# columns: operator | attributes | x | y"));
    lines.add(line);
    return OnnxCases.parse(TableFile.parse("onnx", DType.FLOAT32, lines));
  }
}
