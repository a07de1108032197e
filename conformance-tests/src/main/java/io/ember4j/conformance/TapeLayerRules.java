package io.ember4j.conformance;

import io.ember4j.DType;
import io.ember4j.GradientTape;
import io.ember4j.Ops;
import io.ember4j.Tensor;
import io.ember4j.activation.Activations;
import io.ember4j.nn.AlphaDropout;
import io.ember4j.nn.Dropout;
import io.ember4j.nn.Layer;
import io.ember4j.nn.PReLU;
import io.ember4j.nn.RReLU;
import java.util.Arrays;
import java.util.List;

/** TP-8: gradients of layers that draw in training, and of prelu's weight. */
final class TapeLayerRules {
  private static final int[] SIZES = {1, 17, 1000};
  private static final double SATURATED = -1.0507009873554805 * 1.6732632423543772;

  private TapeLayerRules() {}

  static List<Rule> rules() {
    return List.of(
        new Rule(
            "TP-8.dropout",
            "The gradient of Dropout is upstream / (1 - p) where that very call kept the element, and"
                + " 0 where it dropped it, NaN and infinities too; also if the layer was called again"
                + " since, and for one in place, which leaves its input as it is on a tape.",
            "SELECT and LT with a constant operand, or where an element stands",
            subject -> dropout(Taped::of)),
        new Rule(
            "TP-8.drawn",
            "The gradients of AlphaDropout and RReLU in training have the mask and the slopes of that"
                + " very call, within the running error.",
            "SELECT and LT with a constant operand, or where an element stands",
            subject -> drawn()),
        new Rule(
            "TP-8.prelu-weight",
            "The gradient of prelu's weight is the sum of x times upstream over the elements not above"
                + " 0, of each channel for rank 2 to 4, or of all for one slope; the layer's parameter"
                + " gets the same bits.",
            "SUM over all axes but one, and the weight as an operand of period C",
            subject -> prelu()));
  }

  static void dropout(Taped.Asking asking) {
    double[] special = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 0.1};
    for (DType dtype : DType.values()) {
      for (int size : SIZES) {
        double[] x = Naive.random(dtype, size, 3, 91);
        for (int i = 3; i < size; i += 5) {
          x[i] = dtype.round(special[i % 4]);
        }
        for (boolean inPlace : new boolean[] {false, true}) {
          Layer layer = new Dropout(0.3, inPlace, 9);
          try (Tensor tensor = Checks.tensor(dtype, x, size)) {
            Taped once = asking.of(Taped.Upstream.RANDOM, t -> layer.forward(t[0], true), tensor);
            checkMask(dtype, once, size, 1);
            Taped twice =
                asking.of(
                    Taped.Upstream.RANDOM,
                    t -> Ops.concat(0, layer.forward(t[0], true), layer.forward(t[0], true)),
                    tensor);
            checkMask(dtype, twice, size, 2);
            Checks.same("input of Dropout", dtype, new long[] {size}, x, tensor);
          }
        }
      }
    }
  }

  /** Compares with the masks that show in the result of so many calls. */
  private static void checkMask(DType dtype, Taped taped, int size, int calls) {
    Rounded[] expected = new Rounded[size];
    for (int i = 0; i < size; i++) {
      Rounded.Sum sum = new Rounded.Sum();
      for (int call = 0; call < calls; call++) {
        boolean kept = taped.value()[call * size + i] != 0;
        Rounded u = Rounded.of(taped.upstream()[call * size + i]);
        sum.add(kept ? u.times(1 / (1 - 0.3)) : Rounded.of(0));
      }
      expected[i] = sum.total();
    }
    String what = "gradient of Dropout, " + calls + " call(s)";
    Rounded.check(what, dtype, new long[] {size}, expected, taped.gradients().get(0));
  }

  private static void drawn() {
    for (DType dtype : DType.values()) {
      for (int size : SIZES) {
        double[] x = Naive.random(dtype, size, 3, 92);
        // Layers with one seed draw the same: others of them show what was drawn.
        double[] kept = train(new AlphaDropout(0.4, false, 7), dtype, Naive.count(size, 1, 0));
        double a = 1 / Math.sqrt(0.6 + SATURATED * SATURATED * 0.6 * 0.4);
        Rounded[] alpha = new Rounded[size];
        Arrays.setAll(alpha, i -> kept[i] < 0 ? Rounded.of(0) : Rounded.constant(a));
        check(dtype, "AlphaDropout", new AlphaDropout(0.4, false, 7), x, alpha);
        double[] below = train(new RReLU(0.1, 0.3, false, 7), dtype, Naive.count(size, -1, 0));
        Rounded[] slopes = new Rounded[size];
        // A slope is u (upper - lower) + lower: three roundings, or none where it is fused.
        Arrays.setAll(
            slopes, i -> x[i] > 0 ? Rounded.of(1) : new Rounded(-below[i], 3 * -below[i]));
        check(dtype, "RReLU", new RReLU(0.1, 0.3, false, 7), x, slopes);
      }
    }
  }

  private static double[] train(Layer layer, DType dtype, double... x) {
    try (Tensor tensor = Checks.tensor(dtype, x, x.length);
        Tensor y = layer.forward(tensor, true)) {
      return y.toDoubleArray();
    }
  }

  private static void check(
      DType dtype, String what, Layer layer, double[] x, Rounded... derivatives) {
    try (Tensor tensor = Checks.tensor(dtype, x, x.length)) {
      Taped taped =
          Taped.of(
              Taped.Upstream.RANDOM,
              t -> {
                Tensor y = layer.forward(t[0], true);
                layer.forward(t[0], true).close(); // draws anew, which must not matter
                return y;
              },
              tensor);
      Rounded[] expected = new Rounded[x.length];
      Arrays.setAll(expected, i -> derivatives[i].times(Rounded.of(taped.upstream()[i])));
      long[] shape = {x.length};
      Rounded.check("gradient of " + what, dtype, shape, expected, taped.gradients().get(0));
    }
  }

  private static void prelu() {
    long[][] shapes = {{7}, {4, 3}, {17, 3}, {2, 3, 5}, {2, 3, 2, 4}};
    for (DType dtype : DType.values()) {
      for (long[] shape : shapes) {
        prelu(dtype, shape, 1);
        if (shape.length > 1) {
          prelu(dtype, shape, 3);
        }
      }
    }
  }

  private static void prelu(DType dtype, long[] shape, int slopes) {
    int size = Naive.size(shape);
    double[] x = Naive.random(dtype, size, 3, 93);
    x[0] = 0;
    double[] weight = slopes == 1 ? new double[] {0.25} : new double[] {0.25, -0.5, 2};
    PReLU layer = new PReLU(slopes, 0.25, dtype);
    try (Tensor tensor = Checks.tensor(dtype, x, shape);
        Tensor w = Checks.tensor(dtype, weight, slopes)) {
      layer.parameters().get("weight").set(w);
      Taped taped = Taped.of(Taped.Upstream.RANDOM, t -> Activations.prelu(t[0], t[1]), tensor, w);
      Rounded[] expected = new Rounded[size];
      Rounded.Sum[] sums = Rounded.Sum.zeros(slopes);
      for (int i = 0; i < size; i++) {
        int channel = slopes == 1 ? 0 : (int) Naive.index(i, shape)[1];
        Rounded u = Rounded.of(taped.upstream()[i]);
        expected[i] = x[i] > 0 ? u : u.times(Rounded.of(weight[channel]));
        sums[channel].add(x[i] > 0 ? Rounded.of(0) : u.times(Rounded.of(x[i])));
      }
      String what = "prelu with " + slopes + " slope(s)";
      Rounded.check(what, dtype, shape, expected, taped.gradients().get(0));
      long[] channels = {slopes};
      Rounded[] ofWeight = Rounded.Sum.totals(sums);
      Rounded.check(what + ", weight", dtype, channels, ofWeight, taped.gradients().get(1));
      try (GradientTape tape = GradientTape.record();
          Tensor upstream = Checks.tensor(dtype, taped.upstream(), shape)) {
        tape.backward(layer.forward(tensor, true), upstream);
        Tensor grad = layer.parameters().get("weight").grad();
        Checks.same("weight of PReLU", dtype, channels, taped.gradients().get(1), grad);
      }
    }
  }
}
