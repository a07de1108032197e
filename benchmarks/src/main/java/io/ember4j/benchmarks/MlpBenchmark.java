package io.ember4j.benchmarks;

import io.ember4j.Tensor;
import io.ember4j.nn.Dense;
import io.ember4j.nn.GELU;
import io.ember4j.nn.Initializer;
import io.ember4j.nn.Layer;
import io.ember4j.nn.Sequential;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * How long does inference of a small network take, from a {@code float[]} into a {@code float[]}?
 */
@State(Scope.Thread)
public class MlpBenchmark extends AlternatingBenchmark {
  private static final int IN = 784;
  private static final int HIDDEN = 512;
  private static final int OUT = 10;

  /** Rows of the input. */
  @Param({"1", "32", "256"})
  public int batch;

  @Override
  Contender contender(String name) {
    float[] x = Inputs.normal(batch * IN, 1);
    Dense first = new Dense(IN, HIDDEN, Initializer.GLOROT_UNIFORM, 1);
    Dense second = new Dense(HIDDEN, OUT, Initializer.GLOROT_UNIFORM, 2);
    return switch (name) {
      case "ember4j" -> new EmberNetwork(new Sequential(first, new GELU(), second), x, batch);
      case "pytorch" -> new TorchNetwork(first, second, x, batch);
      default -> throw new IllegalArgumentException("no contender " + name);
    };
  }

  private static final class EmberNetwork implements Contender {
    private final Layer network;
    private final float[] x;
    private final int batch;
    private final float[] out;

    EmberNetwork(Layer network, float[] x, int batch) {
      this.network = network;
      this.x = x;
      this.batch = batch;
      this.out = new float[batch * OUT];
    }

    @Override
    public Object call() {
      try (Tensor input = Tensor.of(x, batch, IN);
          Tensor result = network.forward(input)) {
        result.copyTo(out);
        return out;
      }
    }

    @Override
    public float[] result() {
      call();
      return out.clone();
    }
  }

  /** With the same weights, and with input and intermediates in memory that is used again. */
  private static final class TorchNetwork implements Contender {
    private final float[] x;
    private final float[] result;
    private final org.bytedeco.pytorch.Tensor input;
    private final org.bytedeco.pytorch.Tensor hidden;
    private final org.bytedeco.pytorch.Tensor out;
    private final org.bytedeco.pytorch.Tensor firstWeight;
    private final org.bytedeco.pytorch.Tensor secondWeight;
    private final TensorOptional firstBias;
    private final TensorOptional secondBias;
    private final FloatPointer inputMemory;
    private final FloatPointer outMemory;

    TorchNetwork(Dense first, Dense second, float[] x, int batch) {
      this.x = x;
      this.result = new float[batch * OUT];
      this.input = torch.empty(batch, IN);
      this.hidden = torch.empty(batch, HIDDEN);
      this.out = torch.empty(batch, OUT);
      this.firstWeight = parameter(first, "weight", HIDDEN, IN);
      this.secondWeight = parameter(second, "weight", OUT, HIDDEN);
      this.firstBias = new TensorOptional(parameter(first, "bias", HIDDEN));
      this.secondBias = new TensorOptional(parameter(second, "bias", OUT));
      this.inputMemory = new FloatPointer(input.data_ptr());
      this.outMemory = new FloatPointer(out.data_ptr());
    }

    private static org.bytedeco.pytorch.Tensor parameter(Dense layer, String name, long... shape) {
      return AbstractTensor.create(layer.parameters().get(name).value().toFloatArray(), shape);
    }

    @Override
    public Object call() {
      inputMemory.put(x);
      torch.linear_out(hidden, input, firstWeight, firstBias);
      torch.gelu_(hidden);
      torch.linear_out(out, hidden, secondWeight, secondBias);
      outMemory.get(result);
      return result;
    }

    @Override
    public float[] result() {
      call();
      return result.clone();
    }
  }
}
