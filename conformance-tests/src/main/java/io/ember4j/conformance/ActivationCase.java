package io.ember4j.conformance;

import io.ember4j.DType;
import io.ember4j.activation.Activation;
import io.ember4j.activation.Activations;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * An activation of the catalogue and the reference tables that tell its values. Adding an
 * activation to the kit is adding a line here, with its bounds in {@code bounds.txt}.
 *
 * @param number the number of its rules, AC-number
 * @param name its name in rules and reports; that of the catalogue but for the forms of gelu
 * @param activation its name in the catalogue
 * @param tables its reference tables, the first one for its default parameters
 */
record ActivationCase(int number, String name, String activation, List<String> tables) {
  /** Those that work element by element, then glu and the softmax family. */
  static final List<ActivationCase> ALL =
      List.of(
          of(1, "relu", "relu"),
          of(2, "leaky_relu", "leaky_relu", "leaky_relu.negative_slope=0.2"),
          of(3, "prelu", "prelu"),
          of(4, "relu6", "relu6"),
          of(5, "elu", "elu", "elu.alpha=2"),
          of(6, "celu", "celu", "celu.alpha=2"),
          of(7, "selu", "selu"),
          of(8, "rrelu", "rrelu"),
          new ActivationCase(9, "gelu", "gelu", List.of("gelu")),
          new ActivationCase(10, "gelu_tanh", "gelu", List.of("gelu_tanh")),
          new ActivationCase(11, "gelu_sigmoid", "gelu", List.of("gelu_sigmoid")),
          of(12, "silu", "silu"),
          of(13, "mish", "mish"),
          of(14, "sigmoid", "sigmoid"),
          of(15, "log_sigmoid", "log_sigmoid"),
          of(16, "tanh", "tanh"),
          of(17, "lecun_tanh", "lecun_tanh"),
          of(18, "hardtanh", "hardtanh", "hardtanh.min_val=-2,max_val=0.5"),
          of(19, "hardsigmoid", "hardsigmoid"),
          of(20, "hardswish", "hardswish"),
          of(21, "softshrink", "softshrink", "softshrink.lambd=0.25"),
          of(22, "hardshrink", "hardshrink", "hardshrink.lambd=0.25"),
          of(23, "tanhshrink", "tanhshrink"),
          of(24, "softplus", "softplus", "softplus.beta=2"),
          of(25, "softsign", "softsign"),
          of(26, "threshold", "threshold.threshold=0.1,value=20"),
          of(27, "glu", "glu"),
          of(28, "softmax", "softmax", "softmax.temperature=0.5", "softmax.temperature=2"),
          of(29, "log_softmax", "log_softmax"),
          of(30, "softmin", "softmin"),
          new ActivationCase(31, "softmax2d", "softmax2d", List.of()));

  /** Those of {@link #ALL} that work element by element. */
  static final List<ActivationCase> ELEMENTWISE = ALL.subList(0, 26);

  private static ActivationCase of(int number, String name, String... tables) {
    return new ActivationCase(number, name, name, List.of(tables));
  }

  /** Returns the id of one of its rules, such as AC-9.gelu-values. */
  String rule(String check) {
    return "AC-" + number + "." + name.replace('_', '-') + "-" + check;
  }

  /** Returns the activation as the first table has it. */
  Activation example() {
    return tables.isEmpty()
        ? Activations.get(activation)
        : of(ReferenceTable.values(parameters(tables.get(0))));
  }

  /** Returns the activation with these parameters. */
  Activation of(Map<String, Object> parameters) {
    return Activations.get(activation, parameters);
  }

  private static Map<String, String> parameters(String table) {
    return TableFile.load(table, DType.FLOAT64).parameters();
  }

  /** Returns the elementwise activations, each in the form of every table. */
  static Stream<Activation> examples() {
    return ELEMENTWISE.stream()
        .flatMap(c -> c.tables().stream().map(t -> c.of(ReferenceTable.values(parameters(t)))));
  }
}
