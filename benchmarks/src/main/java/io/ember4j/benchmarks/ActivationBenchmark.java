package io.ember4j.benchmarks;

import io.ember4j.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.nd4j.linalg.factory.Nd4j;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** How long does each activation take, value and gradient, at each size? */
@State(Scope.Thread)
public class ActivationBenchmark extends AlternatingBenchmark {
  /** Those for which PyTorch has no kernel of the gradient with respect to x alone. */
  static final Set<String> WITHOUT_TORCH_GRADIENT = Set.of("prelu", "softsign", "tanhshrink");

  /** A name of {@link ActivationRow#ALL}. */
  @Param({"relu", "gelu", "sigmoid"})
  public String activation;

  /** Value or gradient. */
  @Param({"value", "gradient"})
  public String direction;

  /** The number of elements, float32. */
  @Param({"1", "1000", "100000", "1000000", "10000000"})
  public int size;

  /** Where results go. */
  @Param({"FRESH", "RECYCLED"})
  public Outputs outputs;

  /** Returns the contenders of a cell; those of a Java loop at one size only, for scale. */
  static List<String> contenders(String activation, String direction, int size) {
    List<String> names = new ArrayList<>(List.of("ember4j"));
    boolean gradient = direction.equals("gradient");
    if (!gradient || !WITHOUT_TORCH_GRADIENT.contains(activation)) {
      names.add("pytorch");
    }
    if ((gradient ? Nd4jActivations.GRADIENTS : Nd4jActivations.VALUES).containsKey(activation)) {
      names.add("nd4j");
    }
    if (!gradient && size == 100_000) {
      if (JavaLoops.JDK.containsKey(activation)) {
        names.add("jdk");
      }
      if (activation.equals("tanh")) {
        names.add("jblas");
      }
    }
    return names;
  }

  @Override
  Contender contender(String name) {
    float[] x = Inputs.normal(size, 1);
    float[] upstream = Inputs.normal(size, 2);
    boolean gradient = direction.equals("gradient");
    return switch (name) {
      case "ember4j" -> ember(x, upstream, gradient);
      case "pytorch" -> {
        TorchCall call = (gradient ? TorchGradients.CALLS : TorchValues.CALLS).get(activation);
        yield call.contender(outputs, TorchOperands.of(x, upstream, call));
      }
      case "nd4j" ->
          (gradient ? Nd4jActivations.GRADIENTS : Nd4jActivations.VALUES)
              .get(activation)
              .contender(outputs, Nd4j.createFromArray(x), Nd4j.createFromArray(upstream));
      case "jdk" -> JavaLoops.JDK.get(activation).contender(outputs, x);
      case "jblas" -> JavaLoops.jblasTanh(outputs, x);
      default -> throw new IllegalArgumentException("no contender " + name);
    };
  }

  private Contender ember(float[] x, float[] upstream, boolean gradient) {
    ActivationRow row = ActivationRow.named(activation);
    Tensor input = Tensor.of(x);
    Tensor incoming = Tensor.of(upstream);
    return new EmberContender(
        outputs,
        gradient
            ? () -> row.activation().gradient(input, incoming)
            : () -> row.activation().apply(input));
  }
}
