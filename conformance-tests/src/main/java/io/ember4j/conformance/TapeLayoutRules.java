package io.ember4j.conformance;

import io.ember4j.DType;
import io.ember4j.Ops;
import io.ember4j.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** TP-5: gradients of what moves elements. */
final class TapeLayoutRules {
  private TapeLayoutRules() {}

  static List<Rule> rules() {
    return List.of(
        new Rule(
            "TP-5.moves",
            "The gradient of reshape, permute, slice with any step and concat is the upstream's"
                + " elements at the places where the elements came from, bit for bit, NaN and -0"
                + " included, and 0 where nothing was taken.",
            "copy with target strides and a target offset that are not those of a whole tensor",
            subject -> moves()),
        new Rule(
            "TP-5.adds",
            "Where an element was taken several times (split and joined again, overlapping slices,"
                + " broadcastTo), its gradient is the sum of those upstream.",
            "copy into part of a tensor, or SUM over the axes that were repeated",
            subject -> adds()),
        new Rule(
            "TP-5.cast",
            "The gradient of a cast is the upstream in the dtype from which was cast, rounded to"
                + " nearest; a tensor that is detached is a constant.",
            "convert",
            subject -> cast()));
  }

  /** Something that moves elements, of one tensor of this shape. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Move(String name, UnaryOperator<Tensor> move, long... shape) {}

  private static final List<Move> MOVES =
      List.of(
          new Move("reshape", x -> Ops.reshape(x, 4, 6), 2, 3, 4),
          new Move("reshape with -1", x -> x.reshape(3, -1), 2, 3, 4),
          new Move("reshape to a scalar", x -> x.reshape(), 1, 1),
          new Move("transpose", Ops::transpose, 3, 17),
          new Move("transpose of rank 3", Ops::transpose, 2, 3, 4),
          new Move("permute 1 2 0", x -> Ops.permute(x, 1, 2, 0), 2, 3, 4),
          new Move("permute 2 0 1", x -> Ops.permute(x, 2, 0, 1), 2, 3, 4),
          new Move("permute 0 2 1", x -> Ops.permute(x, 0, -1, 1), 2, 3, 4),
          new Move("permute of rank 4", x -> Ops.permute(x, 3, 1, 0, 2), 2, 3, 4, 2),
          new Move("slice of axis 0", x -> Ops.slice(x, 0, 1, 3), 4, 5),
          new Move("slice of axis 1", x -> Ops.slice(x, 1, 1, 4), 4, 5),
          new Move("slice with step 2", x -> Ops.slice(x, 0, 0, 17, 2), 17),
          new Move("slice with step 3", x -> Ops.slice(x, 1, 1, 8, 3), 3, 8, 2),
          new Move("slice with a step beyond", x -> Ops.slice(x, -1, 2, 5, 100), 3, 5),
          new Move("slice of nothing", x -> Ops.slice(x, 0, 2, 2), 4, 5),
          new Move("concat of one", x -> Ops.concat(1, x), 3, 4),
          new Move("slice of a permutation", x -> Ops.slice(x.transpose(), 0, 1, 3, 2), 4, 3));

  private static void moves() {
    for (DType dtype : DType.values()) {
      for (Move move : MOVES) {
        check(dtype, move, (d, size) -> specials(size), true);
      }
      concat(dtype);
    }
  }

  private static double[] specials(int size) {
    double[] specials = {Double.NaN, -0.0, Double.POSITIVE_INFINITY, 2, Double.NEGATIVE_INFINITY};
    double[] values = new double[size];
    for (int i = 0; i < size; i++) {
      values[i] = i % 3 == 0 ? specials[i / 3 % 5] : i;
    }
    return values;
  }

  /** Compares with the sums of the upstream over the places that moved numbers name. */
  private static void check(DType dtype, Move move, Taped.Upstream upstream, boolean bits) {
    int size = Naive.size(move.shape());
    double[] expected = new double[size];
    try (Tensor x = Checks.tensor(dtype, Naive.count(size, 0, 1), move.shape())) {
      Taped taped = Taped.of(upstream, t -> move.move().apply(t[0]), x);
      double[] from = taped.value();
      for (int i = 0; i < from.length; i++) {
        double u = taped.upstream()[i];
        expected[(int) from[i]] = bits ? u : expected[(int) from[i]] + u;
      }
      double[] actual = taped.gradients().get(0);
      String what = "gradient of " + move.name();
      if (bits) {
        Checks.same(what, dtype, move.shape(), expected, actual);
      } else {
        Checks.within(what, dtype, move.shape(), expected, new double[size], actual);
      }
    }
  }

  private static void concat(DType dtype) {
    for (int axis = 0; axis < 3; axis++) {
      int along = axis;
      long[] shape = {2, 3, 4};
      long[] other = shape.clone();
      other[axis] = 5;
      int size = Naive.size(other);
      try (Tensor x = Checks.tensor(dtype, Naive.count(24, 0, 1), shape);
          Tensor y = Checks.tensor(dtype, Naive.count(size, 24, 1), other)) {
        Function<Tensor[], Tensor> joined = t -> Ops.concat(along, t[0], t[1]);
        Taped taped = Taped.of((d, n) -> specials(n), joined, x, y);
        double[] expected = new double[24 + size];
        for (int i = 0; i < expected.length; i++) {
          expected[(int) taped.value()[i]] = taped.upstream()[i];
        }
        double[] first = Arrays.copyOf(expected, 24);
        double[] second = Arrays.copyOfRange(expected, 24, expected.length);
        String what = "gradient of concat along axis " + axis;
        Checks.same(what + ", first", dtype, shape, first, taped.gradients().get(0));
        Checks.same(what + ", second", dtype, other, second, taped.gradients().get(1));
      }
    }
  }

  private static void adds() {
    List<Move> moves =
        List.of(
            new Move("broadcastTo", x -> Ops.broadcastTo(x, 2, 3, 4), 3, 1),
            new Move("broadcastTo a scalar's", x -> Ops.broadcastTo(x, 17, 3)),
            new Move("broadcastTo of the same", x -> Ops.broadcastTo(x, 2, 3), 2, 3),
            new Move("concat with itself", x -> Ops.concat(0, x, x), 3, 4),
            new Move("split", x -> swap(1, Ops.split(x, 1, 2, 0, 3)), 3, 5),
            new Move("split of axis 0", x -> swap(0, Ops.split(x, 0, 1, 2, 1)), 4, 2, 3),
            new Move("one part of a split", x -> Ops.split(x, -1, 2, 3)[1], 3, 5),
            new Move(
                "overlapping slices",
                x -> Ops.concat(1, Ops.slice(x, 1, 0, 4, 3), Ops.slice(x, 1, 1, 7, 2)),
                3,
                7));
    for (DType dtype : DType.values()) {
      for (Move move : moves) {
        check(dtype, move, Taped.Upstream.WHOLE, false);
      }
    }
  }

  /** Returns the parts joined in another order. */
  private static Tensor swap(int axis, Tensor... parts) {
    return Ops.concat(axis, parts[2], parts[0], parts[1]);
  }

  private static void cast() {
    double[] values = {1, 0.1, -3, 1e-40, 5};
    long[] shape = {5};
    try (Tensor x = Checks.tensor(DType.FLOAT32, values, 5);
        Tensor y = Checks.tensor(DType.FLOAT64, values, 5)) {
      Taped widened = Taped.of((d, n) -> values, t -> Ops.cast(t[0], DType.FLOAT64), x);
      double[] rounded = Naive.widen(Naive.narrow(values));
      Checks.same("cast up", DType.FLOAT32, shape, rounded, widened.gradients().get(0));
      Taped narrowed = Taped.of((d, n) -> rounded, t -> Ops.cast(t[0], DType.FLOAT32), y);
      Checks.same("cast down", DType.FLOAT64, shape, rounded, narrowed.gradients().get(0));
      Taped mixed = Taped.of((d, n) -> values, t -> Ops.add(t[0], t[1]), x, y);
      Checks.same("mixed, float32", DType.FLOAT32, shape, rounded, mixed.gradients().get(0));
      Checks.same("mixed, float64", DType.FLOAT64, shape, values, mixed.gradients().get(1));
      Taped detached = Taped.of((d, n) -> values, t -> Ops.mul(t[0], t[0].detach()), y);
      double[] expected = new double[5];
      Arrays.setAll(expected, i -> values[i] * values[i]);
      Checks.same("detached", DType.FLOAT64, shape, expected, detached.gradients().get(0));
    }
  }
}
