package io.ember4j.activation;

import io.ember4j.GradientTape;
import io.ember4j.Ops;
import io.ember4j.ParameterException;
import io.ember4j.ShapeException;
import io.ember4j.Tensor;
import io.ember4j.expr.Expr;
import java.util.List;

/** The rows of the softmax family: whole slices into probabilities. */
final class Normalizers {
  private static final Expr X = Expr.input(0);

  static final List<Definition> ROWS =
      List.of(
          Definition.row("softmax")
              .parameter(ParameterSpec.dim())
              .number("temperature", 1, t -> Double.isFinite(t) && t > 0, "a finite number > 0")
              .documented(
                  "e^(x_i / T) / sum_j e^(x_j / T)",
                  "[0, 1]",
                  "depends on the slice",
                  "class probabilities, attention")
              .forward(
                  (Forward.Whole)
                      (settings, x) ->
                          softmax(x, settings.integer("dim"), settings.number("temperature"))),
          Definition.row("log_softmax")
              .parameter(ParameterSpec.dim())
              .documented(
                  "x_i - log(sum_j e^x_j)",
                  "[-inf, 0]",
                  "depends on the slice",
                  "cross-entropy losses")
              .forward((Forward.Whole) (settings, x) -> Ops.logSoftmax(x, settings.integer("dim"))),
          Definition.row("softmin")
              .parameter(ParameterSpec.dim())
              .documented(
                  "e^-x_i / sum_j e^-x_j",
                  "[0, 1]",
                  "depends on the slice",
                  "weights that fall with distance")
              .forward((Forward.Whole) (settings, x) -> softmin(x, settings.integer("dim"))),
          Definition.row("softmax2d")
              .documented(
                  "softmax over the channels of (N, C, H, W) or (C, H, W)",
                  "[0, 1]",
                  "depends on the slice",
                  "segmentation: class probabilities per pixel")
              .forward((Forward.Whole) (settings, x) -> softmax2d(x)));

  private Normalizers() {}

  /**
   * Returns the softmax of x / temperature, shifting by the maximum first so that it cannot
   * overflow.
   */
  static Tensor softmax(Tensor x, int axis, double temperature) {
    if (!(temperature > 0) || Double.isInfinite(temperature)) {
      throw new ParameterException(
          "softmax: temperature is " + temperature + "; it must be a finite number > 0");
    }
    if (temperature == 1 || x.size() == 0 || x.rank() == 0) {
      return Ops.softmax(x, axis);
    }
    Expr scaled = X.minus(Expr.input(1)).dividedBy(temperature);
    try (Tensor max = constantMax(x, axis);
        Tensor cooled = Ops.evaluate(scaled, x, max)) {
      return Ops.softmax(cooled, axis);
    }
  }

  /** Softmax does not depend on what is subtracted, so no gradient need go through it. */
  private static Tensor constantMax(Tensor x, int axis) {
    try (GradientTape.Pause pause = GradientTape.pause()) {
      return Ops.max(x, true, axis);
    }
  }

  /** Returns the softmax over the elements whose mask is not 0; the others get 0. */
  static Tensor maskedSoftmax(Tensor x, Tensor mask, int axis) {
    if (!x.shape().broadcast(mask.shape()).equals(x.shape())) {
      throw new ShapeException(
          "softmax's mask of shape "
              + mask.shape()
              + " does not fit x of shape "
              + x.shape()
              + "; it must broadcast to it");
    }
    try (Tensor lowest = Tensor.full(Double.NEGATIVE_INFINITY, x.dtype());
        Tensor zero = Tensor.full(0, x.dtype());
        Tensor scores = Ops.where(mask, x, lowest);
        Tensor softmax = Ops.softmax(scores, axis)) {
      return Ops.where(mask, softmax, zero);
    }
  }

  static Tensor softmin(Tensor x, int axis) {
    try (Tensor negated = Ops.neg(x)) {
      return Ops.softmax(negated, axis);
    }
  }

  static Tensor softmax2d(Tensor x) {
    if (x.rank() != 3 && x.rank() != 4) {
      throw new ShapeException(
          "softmax2d takes (N, C, H, W) or (C, H, W), got shape "
              + x.shape()
              + "; use softmax with a dim for other ranks");
    }
    return Ops.softmax(x, -3);
  }
}
