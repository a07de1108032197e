package io.ember4j.conformance;

import io.ember4j.DType;
import io.ember4j.Ops;
import io.ember4j.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** TP-1 and TP-2: gradients of what works element by element. */
final class TapeElementwiseRules {
  private static final int[] SIZES = {1, 17, 1000};
  private static final double EXP_ULPS = 2;

  private TapeElementwiseRules() {}

  static List<Rule> rules() {
    return List.of(
        new Rule(
            "TP-1.elementwise",
            "The gradient of every elementwise operation is the upstream times its analytic"
                + " derivative, within the running error; at ties of maximum and minimum half"
                + " of it goes each way, abs has none at 0, clip all of it at its bounds.",
            "the primitives that the gradient needs: mul, div, select and comparisons",
            subject -> elementwise()),
        new Rule(
            "TP-1.choices",
            "Where an operand of where, maximum, minimum or clip was not chosen, its gradient is"
                + " exactly 0, whatever the upstream and the operands are; where clip leaves NaN as"
                + " it is, its gradient is the upstream.",
            "SELECT computes with what it does not choose",
            subject -> choices()),
        new Rule(
            "TP-2.broadcast",
            "The gradient of an operand that was repeated is the sum over its repetitions, of its"
                + " own shape and dtype, for any two shapes of rank 0 to 2, and for an eighth of the"
                + " pairs with rank 3.",
            "reduce over the leading or over inner axes, or an operand view in a wrong pattern",
            subject -> broadcast()));
  }

  /** The gradient of one operand, from the operands' values and the upstream at one element. */
  private interface Partial {
    Rounded of(Rounded[] x, Rounded upstream);
  }

  /** An operation, from which on its operands' values lie, and its gradients. */
  private record Op(
      String name, double low, Function<Tensor[], Tensor> function, List<Partial> partials) {}

  private static Op op(
      String name, double low, Function<Tensor[], Tensor> function, Partial... partials) {
    return new Op(name, low, function, List.of(partials));
  }

  private static final Rounded ZERO = Rounded.of(0);

  private static final List<Op> OPS =
      List.of(
          op("add", -4, t -> Ops.add(t[0], t[1]), (x, u) -> u, (x, u) -> u),
          op("sub", -4, t -> Ops.sub(t[0], t[1]), (x, u) -> u, (x, u) -> u.negate()),
          op("mul", -4, t -> Ops.mul(t[0], t[1]), (x, u) -> u.times(x[1]), (x, u) -> u.times(x[0])),
          op(
              "div",
              0.25,
              t -> Ops.div(t[0], t[1]),
              (x, u) -> u.dividedBy(x[1]),
              (x, u) -> u.times(x[0].dividedBy(x[1])).dividedBy(x[1]).negate()),
          op("add a number", -4, t -> Ops.add(t[0], 0.1), (x, u) -> u),
          op("sub a number", -4, t -> Ops.sub(t[0], 0.1), (x, u) -> u),
          op("mul by a number", -4, t -> Ops.mul(t[0], 0.1), (x, u) -> u.times(0.1)),
          op("div by a number", -4, t -> Ops.div(t[0], 3), (x, u) -> u.dividedBy(3)),
          op("neg", -4, t -> Ops.neg(t[0]), (x, u) -> u.negate()),
          op("abs", -4, t -> Ops.abs(t[0]), (x, u) -> signed(x[0].value(), u)),
          op("sqrt", 0.01, t -> Ops.sqrt(t[0]), (x, u) -> u.dividedBy(x[0].sqrt().times(2))),
          op("exp", -4, t -> Ops.exp(t[0]), (x, u) -> u.times(x[0].exp(EXP_ULPS))),
          op("log", 0.01, t -> Ops.log(t[0]), (x, u) -> u.dividedBy(x[0])),
          op(
              "maximum",
              -4,
              t -> Ops.maximum(t[0], t[1]),
              (x, u) -> share(x[0], x[1], u),
              (x, u) -> share(x[1], x[0], u)),
          op(
              "minimum",
              -4,
              t -> Ops.minimum(t[0], t[1]),
              (x, u) -> share(x[1], x[0], u),
              (x, u) -> share(x[0], x[1], u)),
          op(
              "clip",
              -4,
              t -> Ops.clip(t[0], -1, 1.5),
              (x, u) -> x[0].value() >= -1 && x[0].value() <= 1.5 ? u : ZERO),
          op(
              "where",
              -4,
              t -> Ops.where(Ops.gt(t[0], t[1]), t[0], t[1]),
              (x, u) -> x[0].value() > x[1].value() ? u : ZERO,
              (x, u) -> x[0].value() > x[1].value() ? ZERO : u));

  private static Rounded signed(double x, Rounded upstream) {
    return x > 0 ? upstream : x < 0 ? upstream.negate() : ZERO;
  }

  /** Returns what of the upstream goes to {@code mine}, of which the larger is chosen. */
  private static Rounded share(Rounded mine, Rounded other, Rounded upstream) {
    double difference = mine.value() - other.value();
    return difference > 0 ? upstream : difference < 0 ? ZERO : upstream.dividedBy(2);
  }

  /** Returns values for the operands, among them ties, zeros and the bounds of clip. */
  private static double[][] values(DType dtype, int size, double low) {
    double[] a = Data.spread(dtype, size, low, 4, 41);
    double[] b = Data.spread(dtype, size, low, 4, 42);
    double[] kinks = {0, -1, 1.5};
    for (int i = 2; i < size; i += 3) {
      a[i] = low < 0 && i % 2 == 0 ? kinks[i / 6 % 3] : a[i];
      b[i] = a[i];
    }
    return new double[][] {a, b};
  }

  static void elementwise() {
    for (DType dtype : DType.values()) {
      for (int size : SIZES) {
        for (Op op : OPS) {
          double[][] values = values(dtype, size, op.low());
          int count = op.partials().size();
          Tensor[] inputs = new Tensor[count];
          for (int i = 0; i < count; i++) {
            inputs[i] = Checks.tensor(dtype, values[i], size);
          }
          Taped taped = Taped.of(Taped.Upstream.RANDOM, op.function(), inputs);
          for (int i = 0; i < count; i++) {
            Rounded[] expected = new Rounded[size];
            for (int j = 0; j < size; j++) {
              Rounded[] x = Rounded.of(values[0][j], values[1][j]);
              expected[j] = op.partials().get(i).of(x, Rounded.of(taped.upstream()[j]));
            }
            String what = "gradient of operand " + i + " of " + op.name();
            Rounded.check(what, dtype, new long[] {size}, expected, taped.gradients().get(i));
            inputs[i].close();
          }
        }
      }
    }
  }

  private static void choices() {
    double[] wild = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 3};
    double[] a = new double[16];
    double[] b = new double[16];
    double[] upstream = new double[16];
    for (int i = 0; i < 16; i++) {
      a[i] = i % 2 == 0 ? 1 : wild[i / 4];
      b[i] = i % 2 == 0 ? wild[i / 4] : -7;
      upstream[i] = wild[i % 4];
    }
    double[] chosen = new double[16];
    double[] other = new double[16];
    double[] condition = new double[16];
    for (int i = 0; i < 16; i++) {
      condition[i] = i % 2 == 0 ? 1 : 0;
      chosen[i] = i % 2 == 0 ? upstream[i] : 0;
      other[i] = i % 2 == 0 ? 0 : upstream[i];
    }
    long[] shape = {16};
    for (DType dtype : DType.values()) {
      try (Tensor when = Checks.tensor(dtype, condition, 16);
          Tensor x = Checks.tensor(dtype, a, 16);
          Tensor y = Checks.tensor(dtype, b, 16);
          Tensor low = Checks.tensor(dtype, Naive.count(16, 1, 0), 16);
          Tensor high = Checks.tensor(dtype, Naive.count(16, 2, 0), 16);
          Tensor nans = Checks.tensor(dtype, Naive.count(16, Double.NaN, 0), 16);
          Tensor outside = Checks.tensor(dtype, Naive.count(16, 5, 1), 16)) {
        Taped.Upstream wilds = (d, size) -> upstream;
        Taped where = Taped.of(wilds, t -> Ops.where(when, t[0], t[1]), x, y);
        Checks.same("where, chosen", dtype, shape, chosen, where.gradients().get(0));
        Checks.same("where, other", dtype, shape, other, where.gradients().get(1));
        Taped max = Taped.of(wilds, t -> Ops.maximum(t[0], t[1]), low, high);
        Checks.same("maximum, larger", dtype, shape, upstream, max.gradients().get(1));
        Checks.same("maximum, smaller", dtype, shape, new double[16], max.gradients().get(0));
        Taped min = Taped.of(wilds, t -> Ops.minimum(t[0], t[1]), low, high);
        Checks.same("minimum, smaller", dtype, shape, upstream, min.gradients().get(0));
        Checks.same("minimum, larger", dtype, shape, new double[16], min.gradients().get(1));
        Taped clip = Taped.of(wilds, t -> Ops.clip(t[0], -1, 1), outside);
        Checks.same("clip, outside", dtype, shape, new double[16], clip.gradients().get(0));
        Taped nan = Taped.of(wilds, t -> Ops.clip(t[0], -1, 1), nans);
        Checks.same("clip, NaN", dtype, shape, upstream, nan.gradients().get(0));
      }
    }
  }

  private static void broadcast() {
    List<long[]> shapes = new ArrayList<>(Naive.shapes(3, 1, 2, 3));
    shapes.addAll(List.of(new long[] {0}, new long[] {2, 0}, new long[] {1, 0}));
    for (int i = 0; i < shapes.size(); i++) {
      for (int j = 0; j < shapes.size(); j++) {
        boolean rank3 = Math.max(shapes.get(i).length, shapes.get(j).length) == 3;
        boolean taken = !rank3 || (31 * i + j) % 8 == 0;
        if (taken && Naive.broadcast(shapes.get(i), shapes.get(j)) != null) {
          DType left = (i + j) % 3 == 0 ? DType.FLOAT64 : DType.FLOAT32;
          DType right = (i + j) % 5 < 2 ? DType.FLOAT64 : DType.FLOAT32;
          broadcast(left, shapes.get(i), right, shapes.get(j));
        }
      }
    }
    for (DType dtype : DType.values()) {
      for (long n : new long[] {15, 16, 17, 67}) {
        broadcast(dtype, new long[] {3, n, 5}, dtype, new long[] {n, 1});
        broadcast(dtype, new long[] {n}, dtype, new long[] {3, 5, n});
        broadcast(dtype, new long[] {n, 1}, dtype, new long[] {1, n});
        broadcast(dtype, new long[] {}, dtype, new long[] {n, 7});
      }
    }
  }

  /** Sums of products of small whole numbers are exact, so the gradients have to be. */
  private static void broadcast(DType left, long[] a, DType right, long... b) {
    double[] x = Taped.wholes(Naive.size(a), 2);
    double[] y = Taped.wholes(Naive.size(b), 3);
    try (Tensor p = Checks.tensor(left, x, a);
        Tensor q = Checks.tensor(right, y, b)) {
      Taped taped = Taped.of(Taped.Upstream.WHOLE, t -> Ops.mul(t[0], t[1]), p, q);
      String what = "mul of " + Arrays.toString(a) + " and " + Arrays.toString(b);
      long[] to = taped.shape();
      double[] ofA = new double[x.length];
      double[] ofB = new double[y.length];
      double[] fullA = Naive.broadcast(x, a, to);
      double[] fullB = Naive.broadcast(y, b, to);
      double[] fromA = Naive.broadcast(Naive.count(x.length, 0, 1), a, to);
      double[] fromB = Naive.broadcast(Naive.count(y.length, 0, 1), b, to);
      for (int i = 0; i < fullA.length; i++) {
        ofA[(int) fromA[i]] += taped.upstream()[i] * fullB[i];
        ofB[(int) fromB[i]] += taped.upstream()[i] * fullA[i];
      }
      exact(what + ", left", left, a, ofA, taped.gradients().get(0));
      exact(what + ", right", right, b, ofB, taped.gradients().get(1));
    }
  }

  /** Zeros of both signs count as one. */
  private static void exact(
      String what, DType dtype, long[] shape, double[] expected, double[] actual) {
    Checks.within(what, dtype, shape, expected, new double[expected.length], actual);
  }
}
