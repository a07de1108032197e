package io.ember4j.benchmarks;

import io.ember4j.Tensor;
import java.util.List;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** How near do activations that hardly compute come to the speed of the memory? */
@State(Scope.Thread)
public class ArraycopyBenchmark extends AlternatingBenchmark {
  /** Those that read each element once, write it once, and do next to nothing between. */
  static final List<String> ACTIVATIONS =
      List.of("relu", "leaky_relu", "relu6", "hardtanh", "threshold", "softshrink", "hardshrink");

  /** A name of {@link ActivationRow#ALL}. */
  @Param("relu")
  public String activation;

  /** The number of elements, float32. */
  @Param("10000000")
  public int size;

  @Override
  Contender contender(String name) {
    float[] x = Inputs.normal(size, 1);
    return switch (name) {
      case "ember4j" -> {
        Tensor input = Tensor.of(x);
        ActivationRow row = ActivationRow.named(activation);
        yield new EmberContender(Outputs.RECYCLED, () -> row.activation().apply(input));
      }
      case "arraycopy" ->
          ((JavaLoop) (from, to) -> System.arraycopy(from, 0, to, 0, from.length))
              .contender(Outputs.RECYCLED, x);
      case "pytorch" -> {
        TorchCall call = TorchValues.CALLS.get(activation);
        yield call.contender(Outputs.RECYCLED, TorchOperands.of(x, x, call));
      }
      default -> throw new IllegalArgumentException("no contender " + name);
    };
  }

  /** A copy computes nothing, so there is nothing to compare. */
  @Override
  double tolerance() {
    return Double.POSITIVE_INFINITY;
  }
}
