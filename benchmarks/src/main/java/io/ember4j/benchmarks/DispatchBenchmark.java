package io.ember4j.benchmarks;

import io.ember4j.Ops;
import io.ember4j.Tensor;
import io.ember4j.activation.Activations;
import java.util.function.Supplier;
import org.bytedeco.pytorch.global.torch;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What does a call cost when there is nothing to compute: one element, result closed? */
@State(Scope.Thread)
public class DispatchBenchmark extends AlternatingBenchmark {
  /** The operation: relu, tanh, or add (of x to itself). */
  @Param({"relu", "tanh", "add"})
  public String operation;

  @Override
  Contender contender(String name) {
    float[] x = {0.5f};
    return switch (name) {
      case "ember4j" -> {
        Tensor input = Tensor.of(x);
        Supplier<Tensor> call =
            switch (operation) {
              case "relu" -> () -> Activations.relu(input);
              case "tanh" -> () -> Activations.tanh(input);
              default -> () -> Ops.add(input, input);
            };
        yield new EmberContender(Outputs.RECYCLED, call);
      }
      case "pytorch" -> {
        TorchCall call =
            operation.equals("add")
                ? TorchCall.of(t -> torch.add(t.x(), t.x()), null)
                : TorchValues.CALLS.get(operation);
        yield call.contender(Outputs.FRESH, TorchOperands.of(x, x, call));
      }
      case "nd4j" -> {
        INDArray input = Nd4j.createFromArray(x);
        Nd4jCall call =
            operation.equals("add")
                ? (a, upstream, out) -> a.addi(a, out)
                : Nd4jActivations.VALUES.get(operation);
        yield call.contender(Outputs.FRESH, input, input);
      }
      default -> throw new IllegalArgumentException("no contender " + name);
    };
  }
}
