package io.ember4j.benchmarks;

import io.ember4j.Tensor;
import io.ember4j.activation.Activations;
import java.util.function.Supplier;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.global.torch;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.impl.transforms.custom.SoftMax;
import org.nd4j.linalg.factory.Nd4j;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** How fast are functions over slices, along the last axis and along axis 0? */
@State(Scope.Thread)
public class SoftmaxBenchmark extends AlternatingBenchmark {
  /** The function: softmax, log_softmax or glu. */
  @Param({"softmax", "log_softmax", "glu"})
  public String function;

  /** The axis of the slices, of two. */
  @Param({"1", "0"})
  public int axis;

  /** The extents, float32. */
  @Param({"1000x1000", "10000x16", "16x10000"})
  public String shape;

  /** Where results go. */
  @Param({"FRESH", "RECYCLED"})
  public Outputs outputs;

  @Override
  Contender contender(String name) {
    String[] extents = shape.split("x", -1);
    long rows = Long.parseLong(extents[0]);
    long columns = Long.parseLong(extents[1]);
    float[] x = Inputs.normal((int) (rows * columns), 1);
    return switch (name) {
      case "ember4j" -> {
        Tensor input = Tensor.of(x, rows, columns);
        Supplier<Tensor> operation =
            switch (function) {
              case "softmax" -> () -> Activations.softmax(input, axis);
              case "log_softmax" -> () -> Activations.logSoftmax(input, axis);
              default -> () -> Activations.glu(input, axis);
            };
        yield new EmberContender(outputs, operation);
      }
      case "pytorch" -> {
        boolean halved = function.equals("glu");
        TorchOperands operands =
            new TorchOperands(
                AbstractTensor.create(x, rows, columns),
                torch.empty(1),
                null,
                torch.empty(
                    halved && axis == 0 ? rows / 2 : rows,
                    halved && axis == 1 ? columns / 2 : columns),
                torch.empty(1));
        yield torchCall().contender(outputs, operands);
      }
      case "nd4j" -> {
        INDArray input = Nd4j.createFromArray(x).reshape(rows, columns);
        Nd4jCall call =
            function.equals("softmax")
                ? (in, upstream, out) -> Nd4j.exec(new SoftMax(in, out, axis))
                : (in, upstream, out) ->
                    Nd4j.exec(
                        DynamicCustomOp.builder("log_softmax")
                            .addInputs(in)
                            .addOutputs(out)
                            .addIntegerArguments(axis)
                            .build());
        yield call.contender(outputs, input, input);
      }
      default -> throw new IllegalArgumentException("no contender " + name);
    };
  }

  private TorchCall torchCall() {
    return switch (function) {
      case "softmax" ->
          TorchCall.of(
              t -> torch.softmax(t.x(), axis), t -> torch.softmax_out(t.out(), t.x(), axis));
      case "log_softmax" ->
          TorchCall.of(
              t -> torch.log_softmax(t.x(), axis),
              t -> torch.log_softmax_out(t.out(), t.x(), axis));
      default ->
          TorchCall.of(t -> torch.glu(t.x(), axis), t -> torch.glu_out(t.out(), t.x(), axis));
    };
  }
}
