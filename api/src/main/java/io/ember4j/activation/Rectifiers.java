package io.ember4j.activation;

import io.ember4j.Ops;
import io.ember4j.ParameterException;
import io.ember4j.RandomKey;
import io.ember4j.ShapeException;
import io.ember4j.Tensor;
import io.ember4j.expr.Expr;
import io.ember4j.expr.NamedFunction;
import java.util.List;

/** The rows of relu and its relatives: linear above 0, something else below. */
final class Rectifiers {
  private static final Expr ZERO = Expr.constant(0);
  private static final Expr ONE = Expr.constant(1);
  private static final Expr NAN = Expr.constant(Double.NaN);

  /** Scale of selu, which with {@link #SELU_ALPHA} keeps mean 0 and variance 1. */
  static final double SELU_SCALE = 1.0507009873554805;

  /** Alpha of selu. */
  static final double SELU_ALPHA = 1.6732632423543772;

  /** x where x &gt; 0, else slope x; the slope may be a tensor. */
  static final NamedFunction PRELU =
      NamedFunction.of(
              "prelu",
              List.of("x", "weight"),
              Expr.where(Expr.input(0).gt(0), Expr.input(0), Expr.input(0).times(Expr.input(1))))
          .withDerivatives(
              bySign(Expr.input(0), ONE, Expr.input(1)),
              Expr.where(Expr.input(0).gt(0), ZERO, Expr.input(0)));

  static final List<Definition> ROWS =
      List.of(
          Definition.row("relu")
              .inPlace()
              .documented("max(x, 0)", "[0, inf)", "0", "the default of deep networks")
              .derivative((x, p) -> bySign(x, ONE, ZERO))
              .body((x, p) -> Expr.where(x.lt(0), Expr.constant(0), x)),
          Definition.row("leaky_relu")
              .number("negative_slope", 0.01)
              .inPlace()
              .documented(
                  "x if x > 0, else negative_slope x",
                  "(-inf, inf)",
                  "negative_slope",
                  "where relu units die; GAN discriminators")
              .derivative((x, p) -> bySign(x, ONE, p.get("negative_slope")))
              .body((x, p) -> Expr.where(x.gt(0), x, x.times(p.get("negative_slope")))),
          Definition.row("prelu")
              .parameter(
                  ParameterSpec.integer(
                      "num_parameters",
                      1,
                      n -> n >= 1 && n <= Integer.MAX_VALUE,
                      "an integer >= 1"))
              .number("init", 0.25)
              .documented(
                  "x if x > 0, else weight x",
                  "(-inf, inf)",
                  "weight",
                  "image networks that learn the slope")
              .forward(
                  new Forward.Prepared(
                      Rectifiers::preluByName, PRELU.apply(Expr.input(0), Expr.input(1)))),
          Definition.row("relu6")
              .inPlace()
              .documented("min(max(x, 0), 6)", "[0, 6]", "0", "mobile networks in low precision")
              .derivative((x, p) -> bySign(x, Expr.where(x.lt(6), ONE, ZERO), ZERO))
              .body((x, p) -> x.clip(0, 6)),
          Definition.row("elu")
              .number("alpha", 1)
              .inPlace()
              .documented(
                  "x if x > 0, else alpha (e^x - 1)",
                  "(-alpha, inf)",
                  "alpha",
                  "relu with mean nearer to 0")
              .derivative((x, p) -> Expr.where(x.gt(0), ONE, x.exp().times(p.get("alpha"))))
              .body((x, p) -> Expr.where(x.gt(0), x, x.expm1().times(p.get("alpha")))),
          Definition.row("celu")
              .number("alpha", 1, a -> Double.isFinite(a) && a != 0, "a finite number, not 0")
              .inPlace()
              .documented(
                  "x if x > 0, else alpha (e^(x/alpha) - 1)",
                  "(-alpha, inf)",
                  "1",
                  "elu with a continuous derivative for every alpha")
              .derivative((x, p) -> Expr.where(x.gt(0), ONE, x.dividedBy(p.get("alpha")).exp()))
              .body(
                  (x, p) ->
                      Expr.where(
                          x.gt(0), x, x.dividedBy(p.get("alpha")).expm1().times(p.get("alpha")))),
          Definition.row("selu")
              .inPlace()
              .documented(
                  "1.0507 x if x > 0, else 1.0507 1.6733 (e^x - 1)",
                  "(-1.7581, inf)",
                  "1.7581",
                  "self-normalizing networks, with AlphaDropout")
              .derivative(
                  (x, p) ->
                      Expr.where(
                          x.gt(0),
                          Expr.constant(SELU_SCALE),
                          x.exp().times(SELU_SCALE * SELU_ALPHA)))
              .body(
                  (x, p) ->
                      Expr.where(
                          x.gt(0), x.times(SELU_SCALE), x.expm1().times(SELU_SCALE * SELU_ALPHA))),
          Definition.row("rrelu")
              .number("lower", 1.0 / 8)
              .number("upper", 1.0 / 3)
              .parameter(ParameterSpec.optionalInteger("seed"))
              .check(Rectifiers::checkBounds)
              .inPlace()
              .documented(
                  "x if x > 0, else slope x; slope random in [lower, upper] in training, its mean"
                      + " at inference",
                  "(-inf, inf)",
                  "(lower + upper) / 2",
                  "small data sets, as a regularizer")
              .forward(new RandomSlope()),
          Definition.row("threshold")
              .parameter(ParameterSpec.requiredNumber("threshold"))
              .parameter(ParameterSpec.requiredNumber("value"))
              .example("threshold", 0.1)
              .example("value", 20.0)
              .inPlace()
              .documented(
                  "x if x > threshold, else value", "depends", "0 if threshold >= 0", "rarely")
              .derivative(
                  (x, p) -> {
                    Expr t = p.get("threshold");
                    return Expr.where(x.gt(t), ONE, Expr.where(x.le(t), ZERO, NAN));
                  })
              .body((x, p) -> Expr.where(x.le(p.get("threshold")), p.get("value"), x)));

  private Rectifiers() {}

  /** Returns the one where x &gt; 0, the other where x &lt;= 0, and NaN where x is NaN. */
  private static Expr bySign(Expr x, Expr above, Expr below) {
    return Expr.where(x.gt(0), above, Expr.where(x.le(0), below, NAN));
  }

  /**
   * Returns prelu of x with one slope, or one for each channel (dim 1).
   *
   * @throws ShapeException if the number of slopes is neither 1 nor the number of channels
   */
  static Tensor prelu(Tensor x, Tensor weight) {
    if (weight.rank() > 1) {
      throw new ShapeException(
          "prelu's weight has shape "
              + weight.shape()
              + "; pass one slope or a vector of one per channel");
    }
    checkChannels(x, weight.size());
    if (weight.size() == 1) {
      try (Tensor scalar = weight.reshape()) {
        return Ops.evaluate(PRELU.apply(Expr.input(0), Expr.input(1)), x, scalar);
      }
    }
    long[] extents = new long[x.rank() - 1];
    java.util.Arrays.fill(extents, 1);
    extents[0] = weight.size();
    try (Tensor channels = weight.reshape(extents)) {
      return Ops.evaluate(PRELU.apply(Expr.input(0), Expr.input(1)), x, channels);
    }
  }

  private static void checkChannels(Tensor x, long slopes) {
    long channels = x.rank() < 2 ? 1 : x.shape().extent(1);
    if (slopes != 1 && slopes != channels) {
      throw new ShapeException(
          "prelu got "
              + slopes
              + " slopes for a tensor of shape "
              + x.shape()
              + "; pass 1, or "
              + channels
              + " (the extent of dim 1)");
    }
  }

  private static Tensor preluByName(Settings settings, Tensor x) {
    checkChannels(x, settings.integer("num_parameters"));
    Expr slope = Expr.constant(settings.number("init"));
    return Ops.evaluate(PRELU.apply(Expr.input(0), slope), x);
  }

  private static void checkBounds(Settings settings) {
    if (settings.number("lower") > settings.number("upper")) {
      throw new ParameterException(
          "rrelu: lower is "
              + settings.number("lower")
              + " and upper "
              + settings.number("upper")
              + "; lower must not be above upper");
    }
  }

  /** rrelu: prelu with the mean slope, or with a random slope for each element. */
  private static final class RandomSlope implements Forward.Randomized {
    @Override
    public Expr inference(Settings settings) {
      double mean = (settings.number("lower") + settings.number("upper")) / 2;
      return PRELU.apply(Expr.input(0), Expr.constant(mean));
    }

    @Override
    public Tensor training(Settings settings, Tensor x, RandomKey key, boolean inPlace) {
      double lower = settings.number("lower");
      double width = settings.number("upper") - lower;
      Expr slope = Expr.input(1).times(width).plus(lower);
      Expr expression = PRELU.apply(Expr.input(0), slope);
      try (Tensor uniform = key.uniform(x.dtype(), x.shape().toArray())) {
        return inPlace
            ? Ops.evaluate_(expression, x, uniform)
            : Ops.evaluate(expression, x, uniform);
      }
    }
  }
}
