package io.ember4j.conformance;

import io.ember4j.DType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Cases of the ONNX operator specification: its operators with their attributes, and what its
 * formulas give, computed on their own by {@code tools/onnx_cases.py}.
 *
 * @param operator the operator's name
 * @param attributes its attributes, as in the specification
 * @param x the input, float32
 * @param y the exact results; a zero may have either sign
 */
@SuppressWarnings("ArrayRecordComponent") // read only, never compared
record OnnxCases(String operator, Map<String, String> attributes, double[] x, Exact[] y) {
  private static final Map<String, List<OnnxCases>> BY_OPERATOR =
      parse(TableFile.load("onnx", DType.FLOAT32));

  /** Returns the cases of each operator, in the order of the file. */
  static Map<String, List<OnnxCases>> byOperator() {
    return BY_OPERATOR;
  }

  static Map<String, List<OnnxCases>> parse(TableFile file) {
    Map<String, List<OnnxCases>> cases = new LinkedHashMap<>();
    for (int i = 0; i < file.lines().size(); i++) {
      int line = file.firstLine() + i;
      String[] parts = file.lines().get(i).split(" \\| ", -1);
      if (parts.length != 4) {
        throw file.error(line, "expected operator | attributes | x1 x2 ... | y1 y2 ...", null);
      }
      double[] x = file.inputs(parts[2], " ", line);
      Exact[] y = file.outputs(parts[3], " ", line);
      if (x.length != y.length) {
        throw file.error(line, x.length + " inputs, but " + y.length + " results", null);
      }
      cases
          .computeIfAbsent(parts[0], operator -> new ArrayList<>())
          .add(new OnnxCases(parts[0], attributes(parts[1]), x, y));
    }
    return cases;
  }

  private static Map<String, String> attributes(String text) {
    Map<String, String> attributes = new LinkedHashMap<>();
    if (!text.equals("none")) {
      for (String pair : text.split(" ", -1)) {
        String[] parts = pair.split("=", 2);
        attributes.put(parts[0], parts[1]);
      }
    }
    return attributes;
  }

  /** Returns a numeric attribute. */
  double number(String attribute) {
    return Double.parseDouble(attributes.get(attribute));
  }

  /** Returns the operator with its attributes, such as {@code Celu(alpha=2)}. */
  @Override
  public String toString() {
    return operator + attributes.toString().replace('{', '(').replace('}', ')');
  }
}
