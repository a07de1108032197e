package io.ember4j;

import io.ember4j.expr.Expr;
import io.ember4j.spi.Reduction;

/** Records reductions and the softmax family. */
final class ReductionGradients {
  private static final Expr X = Expr.input(0);
  private static final Expr Y = Expr.input(1);
  private static final Expr TIES = Expr.input(2);
  private static final Expr UPSTREAM = Expr.input(3);

  /**
   * The gradient of max and min, shared by those that are equal to it; NaN for all if one is NaN.
   */
  private static final Expr SHARED =
      Expr.where(X.eq(Y), UPSTREAM.dividedBy(TIES), Expr.where(Y.eq(Y), Expr.constant(0), Y));

  /** y (u - s), with 0 where y is 0. */
  private static final Expr SOFTMAX =
      Expr.where(X, X.times(Y.minus(Expr.input(2))), Expr.constant(0));

  /** y u, with 0 where y is 0. */
  private static final Expr WEIGHTED = Expr.where(X, X.times(Y), Expr.constant(0));

  /** u - e^y s, with 0 where e^y is 0. */
  private static final Expr LOG_SOFTMAX =
      Y.minus(Expr.where(X.exp(), X.exp().times(Expr.input(2)), Expr.constant(0)));

  private ReductionGradients() {}

  static void reduce(TapeContent tape, Reduction reduction, Tensor result, Tensor x, int... axes) {
    if (reduction == Reduction.SUM) {
      sum(tape, result, x, 1, axes);
      return;
    }
    Tensor held = tape.hold(x);
    int[] along = axes.clone();
    Shape kept = kept(x.shape(), along);
    tape.add(
        result,
        new Tensor[] {x},
        (upstream, wanted) -> {
          // Computed anew: the result's own handle may be gone, and this is as cheap as keeping it.
          try (Tensor u = upstream.reshapeTo(kept);
              Tensor y =
                  reduction == Reduction.MAX
                      ? Ops.max(held, true, along)
                      : Ops.min(held, true, along);
              Tensor equal = Ops.eq(held, y);
              Tensor ties = Ops.sum(equal, true, along)) {
            return new Tensor[] {Ops.evaluate(SHARED, held, y, ties, u)};
          }
        });
  }

  /** Records a sum over the axes, divided by {@code divisor}. */
  static void sum(TapeContent tape, Tensor result, Tensor x, double divisor, int... axes) {
    Shape shape = x.shape();
    Shape kept = kept(shape, axes);
    tape.add(
        result,
        new Tensor[] {x},
        (upstream, wanted) -> {
          try (Tensor u = upstream.reshapeTo(kept);
              Tensor share = divisor == 1 ? u.detach() : Ops.div(u, divisor)) {
            return new Tensor[] {Ops.broadcastTo(share, shape.toArray())};
          }
        });
  }

  /** Records the sum of squared deviations from the mean over {@code divisor}. */
  static void variance(TapeContent tape, Tensor result, Tensor x, double divisor, int... axes) {
    Tensor held = tape.hold(x);
    int[] along = axes.clone();
    Shape kept = kept(x.shape(), along);
    Expr gradient = X.minus(Y).times(2).dividedBy(divisor).times(Expr.input(2));
    tape.add(
        result,
        new Tensor[] {x},
        (upstream, wanted) -> {
          try (Tensor u = upstream.reshapeTo(kept);
              Tensor mean = Ops.mean(held, true, along)) {
            return new Tensor[] {Ops.evaluate(gradient, held, mean, u)};
          }
        });
  }

  /** Records softmax or its logarithm; the gradient is computed from the result. */
  static void softmax(TapeContent tape, Tensor result, Tensor x, int axis, boolean logarithm) {
    Tensor y = tape.hold(result);
    tape.add(
        result,
        new Tensor[] {x},
        (upstream, wanted) -> {
          try (Tensor weighted =
                  logarithm ? Ops.cast(upstream, y.dtype()) : Ops.evaluate(WEIGHTED, y, upstream);
              Tensor sum = y.rank() == 0 ? Ops.sum(weighted) : Ops.sum(weighted, true, axis)) {
            Expr gradient = logarithm ? LOG_SOFTMAX : SOFTMAX;
            return new Tensor[] {Ops.evaluate(gradient, y, upstream, sum)};
          }
        });
  }

  private static Shape kept(Shape shape, int... axes) {
    return Reductions.shapeAfter(shape, Reductions.reducedAxes(shape, axes), true);
  }
}
