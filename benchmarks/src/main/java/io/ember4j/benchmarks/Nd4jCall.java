package io.ember4j.benchmarks;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** ND4J's way to compute something of x (and, for gradients, the upstream) into an output array. */
interface Nd4jCall {
  void run(INDArray x, INDArray upstream, INDArray out);

  /** Returns it over these arrays; the output has the shape of x. */
  default Contender contender(Outputs outputs, INDArray x, INDArray upstream) {
    INDArray out = Nd4j.createUninitialized(DataType.FLOAT, x.shape());
    return new Contender() {
      @Override
      public Object call() {
        if (outputs == Outputs.RECYCLED) {
          run(x, upstream, out);
          return out;
        }
        INDArray fresh = Nd4j.createUninitialized(DataType.FLOAT, x.shape());
        run(x, upstream, fresh);
        fresh.close();
        return fresh;
      }

      @Override
      public float[] result() {
        run(x, upstream, out);
        return out.data().asFloat();
      }
    };
  }
}
