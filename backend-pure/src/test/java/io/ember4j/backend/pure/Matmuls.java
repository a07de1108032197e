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
      all.add((w, s, a, b, f) -> onPanels(w, s, a, b, f, new PlainFloatTile()));
      Simd.find(FloatTile.class, "VectorFloatTile")
          .ifPresent(
              tile -> {
                all.add((w, s, a, b, f) -> run(w, s, a, b, f, tile));
                all.add((w, s, a, b, f) -> onPanels(w, s, a, b, f, tile));
              });
    } else {
      all.add((w, s, a, b, f) -> run(w, s, a, b, f, (DoubleTile) null));
      all.add((w, s, a, b, f) -> run(w, s, a, b, f, new PlainDoubleTile()));
      all.add((w, s, a, b, f) -> onPanels(w, s, a, b, f, new PlainDoubleTile()));
      Simd.find(DoubleTile.class, "VectorDoubleTile")
          .ifPresent(
              tile -> {
                all.add((w, s, a, b, f) -> run(w, s, a, b, f, tile));
                all.add((w, s, a, b, f) -> onPanels(w, s, a, b, f, tile));
              });
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

  /** Returns whether a right factor can be in panels. */
  private static boolean fitsPanels(MatmulSpec spec) {
    return Products.of(spec).byColumns() != null && Products.of(spec).columnA() == 1;
  }

  private static double[] onPanels(
      Workers workers,
      MatmulSpec spec,
      double[] a,
      double[] b,
      FinishedRows finished,
      FloatTile tile) {
    if (!fitsPanels(spec)) {
      return run(workers, spec, a, b, finished, tile);
    }
    Products products = Products.of(spec).byColumns();
    PureBuffer c = (PureBuffer) Data.dirty(DType.FLOAT32, (int) spec.resultSize());
    float[] left = ((PureBuffer) Data.buffer(DType.FLOAT32, a)).floats();
    float[] panels =
        (float[])
            new Panels(products.n(), products.k(), tile.columns(), tile.lanes())
                .of((PureBuffer) Data.buffer(DType.FLOAT32, b));
    new FloatMatmul(workers, products, left, panels, c.floats(), finished).runOnPanels(tile);
    return Data.values(c);
  }

  private static double[] onPanels(
      Workers workers,
      MatmulSpec spec,
      double[] a,
      double[] b,
      FinishedRows finished,
      DoubleTile tile) {
    if (!fitsPanels(spec)) {
      return run(workers, spec, a, b, finished, tile);
    }
    Products products = Products.of(spec).byColumns();
    double[] c = Data.values(Data.dirty(DType.FLOAT64, (int) spec.resultSize()));
    double[] panels =
        (double[])
            new Panels(products.n(), products.k(), tile.columns(), tile.lanes())
                .of((PureBuffer) Data.buffer(DType.FLOAT64, b));
    new DoubleMatmul(workers, products, a, panels, c, finished).runOnPanels(tile);
    return c;
  }
}
