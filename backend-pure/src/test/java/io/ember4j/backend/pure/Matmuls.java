package io.ember4j.backend.pure;

import io.ember4j.DType;
import io.ember4j.spi.MatmulSpec;
import java.util.ArrayList;
import java.util.List;

/** One of the ways in which backend-pure computes a matrix product. */
interface Matmuls {
  /** Computes a product of numbers that are exact in the dtype. */
  double[] run(Workers workers, MatmulSpec spec, double[] a, double[] b, FinishedRows finished);

  /** Returns the ways of a dtype: scalar, with a plain tile, and with SIMD where it is there. */
  static List<Matmuls> all(DType dtype) {
    List<Matmuls> all = new ArrayList<>();
    if (dtype == DType.FLOAT32) {
      all.add((w, s, a, b, f) -> run(w, s, a, b, f, (FloatTile) null));
      all.add((w, s, a, b, f) -> run(w, s, a, b, f, new PlainFloatTile()));
      Simd.find(FloatTile.class, "VectorFloatTile")
          .ifPresent(tile -> all.add((w, s, a, b, f) -> run(w, s, a, b, f, tile)));
    } else {
      all.add((w, s, a, b, f) -> run(w, s, a, b, f, (DoubleTile) null));
      all.add((w, s, a, b, f) -> run(w, s, a, b, f, new PlainDoubleTile()));
      Simd.find(DoubleTile.class, "VectorDoubleTile")
          .ifPresent(tile -> all.add((w, s, a, b, f) -> run(w, s, a, b, f, tile)));
    }
    return all;
  }

  private static double[] run(
      Workers workers,
      MatmulSpec spec,
      double[] a,
      double[] b,
      FinishedRows finished,
      FloatTile tile) {
    PureBuffer c = (PureBuffer) Data.dirty(DType.FLOAT32, (int) spec.resultSize());
    float[] left = ((PureBuffer) Data.buffer(DType.FLOAT32, a)).floats();
    float[] right = ((PureBuffer) Data.buffer(DType.FLOAT32, b)).floats();
    new FloatMatmul(workers, Products.of(spec), left, right, c.floats(), finished).runWith(tile);
    return Data.values(c);
  }

  private static double[] run(
      Workers workers,
      MatmulSpec spec,
      double[] a,
      double[] b,
      FinishedRows finished,
      DoubleTile tile) {
    double[] c = Data.values(Data.dirty(DType.FLOAT64, (int) spec.resultSize()));
    new DoubleMatmul(workers, Products.of(spec), a, b, c, finished).runWith(tile);
    return c;
  }
}
