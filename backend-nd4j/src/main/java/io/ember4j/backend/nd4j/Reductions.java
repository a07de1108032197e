package io.ember4j.backend.nd4j;

import io.ember4j.spi.Reduction;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.reduce.same.Max;
import org.nd4j.linalg.api.ops.impl.reduce.same.Min;
import org.nd4j.linalg.api.ops.impl.reduce.same.Sum;
import org.nd4j.linalg.api.ops.impl.scalar.ScalarReverseDivision;
import org.nd4j.linalg.api.ops.impl.transforms.custom.EqualTo;
import org.nd4j.linalg.api.ops.impl.transforms.pairwise.arithmetic.SubOp;
import org.nd4j.linalg.factory.Nd4j;

/** Reductions along the middle axis of {@code [outer, n, inner]}. */
final class Reductions {
  private Reductions() {}

  static void reduce(
      Reduction reduction, Nd4jBuffer source, long outer, long n, long inner, Nd4jBuffer result) {
    if (n == 0) {
      result.array().assign(0.0);
      return;
    }
    if (n == 1) {
      result.array().assign(source.array());
      return;
    }
    INDArray x = source.array().reshape('c', outer, n, inner);
    INDArray z = result.array().reshape('c', outer, inner);
    switch (reduction) {
      case SUM -> Nd4j.exec(new Sum(x, null, z, 1));
      case MAX -> Nd4j.exec(new Max(x, null, z, 1));
      case MIN -> Nd4j.exec(new Min(x, null, z, 1));
    }
    // ND4J's maximum and minimum skip NaN. A NaN makes the sum NaN, which is quickly seen; so do
    // infinities of both signs, which then only cost time.
    if (reduction != Reduction.SUM && Double.isNaN(sum(source.array()))) {
      spreadNaN(x, z);
    }
  }

  private static double sum(INDArray x) {
    try (INDArray sum = Nd4j.exec(new Sum(x, 0))) {
      return sum.getDouble(0);
    }
  }

  /**
   * Makes those results NaN in whose slice there is a NaN: by z - 0 / 0, and z - 0 / 1 elsewhere.
   */
  private static void spreadNaN(INDArray x, INDArray z) {
    try (Scratch scratch = new Scratch()) {
      INDArray ordered = scratch.array(DataType.BOOL, x.length()).reshape('c', x.shape());
      Nd4j.exec(new EqualTo(x, x, ordered));
      INDArray ones = scratch.array(x.dataType(), x.length()).reshape('c', x.shape());
      ones.assign(ordered);
      INDArray allOrdered = scratch.array(x.dataType(), z.length()).reshape('c', z.shape());
      Nd4j.exec(new Min(ones, null, allOrdered, 1));
      Nd4j.exec(new ScalarReverseDivision(allOrdered, null, allOrdered, 0));
      Nd4j.exec(new SubOp(z, allOrdered, z));
    }
  }
}
