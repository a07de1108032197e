package io.ember4j.benchmarks;

import io.ember4j.Backends;
import io.ember4j.Ops;
import io.ember4j.Tensor;
import java.util.function.Supplier;
import org.jblas.FloatMatrix;
import org.jblas.MatrixFunctions;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Exp;
import org.nd4j.linalg.factory.Nd4j;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * What does Ember4j add to a library's own call, on the backend that forwards to it? Fresh outputs,
 * freed at once on both sides.
 */
@State(Scope.Thread)
public class BackendOverheadBenchmark extends AlternatingBenchmark {
  private static final int SIZE = 100_000;
  private static final int SIDE = 320;

  /** The library, nd4j or jblas. */
  @Param({"nd4j", "jblas"})
  public String library;

  /**
   * The operation: exp and add of 100,000 elements, or the product of two matrices of 320 x 320.
   */
  @Param({"exp", "add", "matmul"})
  public String operation;

  @Override
  Contender contender(String name) {
    boolean matmul = operation.equals("matmul");
    int length = matmul ? SIDE * SIDE : SIZE;
    float[] a = Inputs.normal(length, 1);
    float[] b = Inputs.normal(length, 2);
    long[] shape = matmul ? new long[] {SIDE, SIDE} : new long[] {SIZE};
    return switch (name) {
      case "ember4j" -> ember(a, b, shape);
      case "nd4j" ->
          nd4j(Nd4j.createFromArray(a).reshape(shape), Nd4j.createFromArray(b).reshape(shape));
      case "jblas" -> jblas(a, b, matmul ? SIDE : SIZE, matmul ? SIDE : 1);
      default -> throw new IllegalArgumentException("no contender " + name);
    };
  }

  private Contender ember(float[] a, float[] b, long... shape) {
    Backends.set(library);
    Tensor left = Tensor.of(a, shape);
    Tensor right = Tensor.of(b, shape);
    Supplier<Tensor> call =
        switch (operation) {
          case "exp" -> () -> Ops.exp(left);
          case "add" -> () -> Ops.add(left, right);
          default -> () -> Ops.matmul(left, right);
        };
    return new EmberContender(Outputs.RECYCLED, call);
  }

  private Contender nd4j(INDArray a, INDArray b) {
    Supplier<INDArray> call =
        switch (operation) {
          case "exp" ->
              () -> Nd4j.getExecutioner().exec(new Exp(a, Nd4j.createUninitialized(a.shape())));
          case "add" -> () -> a.add(b);
          default -> () -> a.mmul(b);
        };
    return new Contender() {
      @Override
      public Object call() {
        INDArray result = call.get();
        result.close();
        return result;
      }

      @Override
      public float[] result() {
        return call.get().dup('c').data().asFloat();
      }
    };
  }

  private Contender jblas(float[] a, float[] b, int rows, int columns) {
    if (operation.equals("matmul")) {
      Libraries.requireJblasNatives();
    }
    FloatMatrix left = new FloatMatrix(rows, columns, a);
    FloatMatrix right = new FloatMatrix(rows, columns, b);
    // Row by row is the other way round for jblas, which stores columns.
    Supplier<FloatMatrix> call =
        switch (operation) {
          case "exp" -> () -> MatrixFunctions.exp(left);
          case "add" -> () -> left.add(right);
          default -> () -> right.mmul(left);
        };
    return new Contender() {
      @Override
      public Object call() {
        return call.get();
      }

      @Override
      public float[] result() {
        return call.get().data;
      }
    };
  }
}
