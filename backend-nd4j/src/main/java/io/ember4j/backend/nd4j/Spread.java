package io.ember4j.backend.nd4j;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.custom.Assign;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The shapes in which a repeating array broadcasts over a whole one: {@code [1, period, 1]} over
 * {@code [outer, period, repeat]}, without the outer axes that are 1.
 *
 * <p>Fewer axes are worth it: ND4J adds a row to {@code [outer, period]} twelve times faster than
 * to {@code [outer, period, 1]}.
 */
record Spread(INDArray part, INDArray whole) {
  static Spread of(Arg.Array part, INDArray whole) {
    long period = part.buffer().size();
    long repeat = part.repeat();
    long outer = whole.length() / (period * repeat);
    INDArray array = part.buffer().array();
    if (repeat == 1) {
      return new Spread(array.reshape('c', 1, period), whole.reshape('c', outer, period));
    }
    if (outer == 1) {
      return new Spread(array.reshape('c', period, 1), whole.reshape('c', period, repeat));
    }
    return new Spread(array.reshape('c', 1, period, 1), whole.reshape('c', outer, period, repeat));
  }

  /** Fills the whole array with the repeating one. */
  void copy() {
    // The operation, not INDArray.assign: that does not broadcast and does not say so.
    Nd4j.exec(new Assign(new INDArray[] {whole, part}, new INDArray[] {whole}));
  }
}
