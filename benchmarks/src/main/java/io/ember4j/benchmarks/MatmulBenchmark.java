package io.ember4j.benchmarks;

import io.ember4j.Ops;
import io.ember4j.Tensor;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.global.torch;
import org.jblas.FloatMatrix;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** How fast is the product of two square float32 matrices, recycled outputs? */
@State(Scope.Thread)
public class MatmulBenchmark extends AlternatingBenchmark {
  /** Rows and columns of both matrices. */
  @Param({"64", "128", "256", "512", "1024", "2048"})
  public int size;

  @Override
  Contender contender(String name) {
    float[] a = Inputs.normal(size * size, 1);
    float[] b = Inputs.normal(size * size, 2);
    return switch (name) {
      case "ember4j" -> {
        Tensor left = Tensor.of(a, size, size);
        Tensor right = Tensor.of(b, size, size);
        yield new EmberContender(Outputs.RECYCLED, () -> Ops.matmul(left, right));
      }
      case "pytorch" -> {
        TorchOperands operands =
            new TorchOperands(
                AbstractTensor.create(a, size, size),
                AbstractTensor.create(b, size, size),
                null,
                torch.empty(size, size),
                torch.empty(1));
        yield TorchCall.of(
                t -> torch.mm(t.x(), t.upstream()), t -> torch.mm_out(t.out(), t.x(), t.upstream()))
            .contender(Outputs.RECYCLED, operands);
      }
      case "nd4j" -> {
        INDArray left = Nd4j.createFromArray(a).reshape(size, size);
        INDArray right = Nd4j.createFromArray(b).reshape(size, size);
        yield new Nd4jProduct(left, right, Nd4j.createUninitialized(left.shape(), 'f'));
      }
      case "jblas" -> {
        Libraries.requireJblasNatives();
        // Column by column, as jblas stores: the transposed product of the operands swapped.
        yield new JblasProduct(
            new FloatMatrix(size, size, b),
            new FloatMatrix(size, size, a),
            new FloatMatrix(size, size));
      }
      default -> throw new IllegalArgumentException("no contender " + name);
    };
  }

  /** The output in column order, which is what ND4J itself would allocate for a product. */
  private record Nd4jProduct(INDArray a, INDArray b, INDArray out) implements Contender {
    @Override
    public Object call() {
      return a.mmuli(b, out);
    }

    @Override
    public float[] result() {
      return a.mmul(b).dup('c').data().asFloat();
    }
  }

  private record JblasProduct(FloatMatrix a, FloatMatrix b, FloatMatrix out) implements Contender {
    @Override
    public Object call() {
      return a.mmuli(b, out);
    }

    @Override
    public float[] result() {
      return a.mmul(b).data;
    }
  }
}
