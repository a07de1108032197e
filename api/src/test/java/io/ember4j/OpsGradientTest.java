package io.ember4j;

import static io.ember4j.naive.GradientCheck.check;
import static io.ember4j.naive.GradientCheck.mixed;
import static io.ember4j.naive.GradientCheck.positive;

import io.ember4j.expr.Expr;
import io.ember4j.naive.GradientCheck;
import io.ember4j.naive.GradientCheck.Input;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The gradient of every operation against finite differences. */
class OpsGradientTest {
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Case(GradientCheck.Function function, Input... inputs) {}

  private static final Map<String, Case> CASES = new LinkedHashMap<>();

  private static void add(String name, GradientCheck.Function function, Input... inputs) {
    String full = name + " of " + List.of(inputs);
    if (CASES.put(full, new Case(function, inputs)) != null) {
      throw new IllegalStateException("two cases named " + full);
    }
  }

  private static long[] shape(long... extents) {
    return extents;
  }

  static {
    elementwise();
    selections();
    matmuls();
    batches();
    layouts();
  }

  private static void elementwise() {
    long[][][] pairs = {
      {shape(2, 3), shape(2, 3)},
      {shape(2, 3), shape(3)},
      {shape(3), shape(2, 3)},
      {shape(2, 1), shape(1, 3)},
      {shape(2, 3), shape()},
      {shape(), shape(2, 3)},
      {shape(), shape()},
      {shape(1), shape()},
      {shape(2, 1, 3), shape(4, 1)},
      {shape(2, 2, 3), shape(2, 1, 3)},
      {shape(0, 3), shape(3)},
      {shape(3), shape(0, 3)},
      {shape(2, 1), shape(0)},
    };
    for (long[][] pair : pairs) {
      Input a = mixed(1, pair[0]);
      Input b = mixed(2, pair[1]);
      add("add", x -> Ops.add(x[0], x[1]), a, b);
      add("sub", x -> Ops.sub(x[0], x[1]), a, b);
      add("mul", x -> Ops.mul(x[0], x[1]), a, b);
      add("div", x -> Ops.div(x[0], x[1]), a, b);
      add("maximum", x -> Ops.maximum(x[0], x[1]), a, b);
      add("minimum", x -> Ops.minimum(x[0], x[1]), a, b);
      add("evaluate", x -> Ops.evaluate(mixture(), x), a, b);
    }
    for (long[] shape : new long[][] {shape(2, 3), shape(), shape(0, 3)}) {
      Input a = mixed(3, shape);
      Input b = positive(4, shape);
      add("add number", x -> Ops.add(x[0], 3), a);
      add("sub number", x -> Ops.sub(x[0], 3), a);
      add("mul number", x -> Ops.mul(x[0], -3), a);
      add("div number", x -> Ops.div(x[0], -3), a);
      add("neg", x -> Ops.neg(x[0]), a);
      add("abs", x -> Ops.abs(x[0]), a);
      add("sqrt", x -> Ops.sqrt(x[0]), b);
      add("exp", x -> Ops.exp(x[0]), a);
      add("log", x -> Ops.log(x[0]), b);
      add("clip", x -> Ops.clip(x[0], -1, 0.75), a);
      add("square", x -> Ops.mul(x[0], x[0]), a);
      add("tensor methods", x -> x[0].times(x[0]).plus(2).minus(x[0]).dividedBy(x[0]), a);
    }
  }

  private static Expr mixture() {
    Expr x = Expr.input(0);
    Expr y = Expr.input(1);
    return x.times(y).exp().plus(x.times(2).log1pexp()).dividedBy(y.times(y).plus(1));
  }

  private static void selections() {
    Tensor row = Tensor.of(new double[] {0, 1, -2});
    Tensor column = Tensor.of(new float[] {1, 0}, 2, 1);
    add("where row", x -> Ops.where(row, x[0], x[1]), mixed(1, 2, 3), mixed(2, 2, 3));
    add("where column", x -> Ops.where(column, x[0], x[1]), mixed(1, 3), mixed(2, 2, 1));
    add("where scalars", x -> Ops.where(row, x[0], x[1]), mixed(1), mixed(2));
    add("where of itself", x -> Ops.where(x[0], x[0].times(x[0]), x[0]), mixed(1, 2, 3));
    add(
        "where of comparison",
        x -> Ops.where(Ops.lt(x[0], x[1]), x[0].times(x[1]), Ops.exp(x[0])),
        mixed(1, 2, 3),
        mixed(2, 3));
  }

  private static void matmuls() {
    long[][][] pairs = {
      {shape(2, 3), shape(3, 4)},
      {shape(1, 1), shape(1, 1)},
      {shape(2, 0), shape(0, 4)},
      {shape(0, 3), shape(3, 4)},
      {shape(5, 2, 3), shape(3, 4)},
      {shape(2, 3), shape(5, 3, 4)},
      {shape(5, 2, 3), shape(5, 3, 4)},
      {shape(1, 2, 3), shape(5, 3, 4)},
      {shape(5, 2, 3), shape(1, 3, 4)},
      {shape(2, 1, 2, 3), shape(3, 3, 4)},
      {shape(2, 3, 2, 3), shape(2, 1, 3, 2)},
      {shape(0, 2, 3), shape(3, 4)},
      {shape(2, 3), shape(0, 3, 4)},
    };
    for (long[][] pair : pairs) {
      for (boolean left : new boolean[] {false, true}) {
        for (boolean right : new boolean[] {false, true}) {
          Input a = mixed(1, left ? swapped(pair[0]) : pair[0]);
          Input b = mixed(2, right ? swapped(pair[1]) : pair[1]);
          String name = "matmul" + (left ? " left transposed" : "") + (right ? " right too" : "");
          add(name, x -> Ops.matmul(x[0], x[1], left, right), a, b);
        }
      }
    }
    Input m = mixed(1, 2, 3);
    add("matmul of itself", x -> Ops.matmul(x[0], x[0], false, true), m);
  }

  private static long[] swapped(long... shape) {
    long[] swapped = shape.clone();
    swapped[shape.length - 1] = shape[shape.length - 2];
    swapped[shape.length - 2] = shape[shape.length - 1];
    return swapped;
  }

  private static void batches() {
    add("dot", x -> Ops.matmul(x[0], x[1]), mixed(1, 3), mixed(2, 3));
    add("dot of nothing", x -> Ops.matmul(x[0], x[1]), mixed(1, 0), mixed(2, 0));
    add("row by matrix", x -> Ops.matmul(x[0], x[1]), mixed(1, 3), mixed(2, 3, 4));
    add("matrix by column", x -> Ops.matmul(x[0], x[1]), mixed(1, 2, 3), mixed(2, 3));
    add("row by batch", x -> Ops.matmul(x[0], x[1]), mixed(1, 3), mixed(2, 5, 3, 4));
    add("batch by column", x -> Ops.matmul(x[0], x[1]), mixed(1, 5, 2, 3), mixed(2, 3));
    add(
        "row by transposed batch",
        x -> Ops.matmul(x[0], x[1], false, true),
        mixed(1, 3),
        mixed(2, 2, 4, 3));
    add(
        "transposed batch by column",
        x -> Ops.matmul(x[0], x[1], true, false),
        mixed(1, 2, 3, 2),
        mixed(2, 3));
    Expr product = Expr.input(0);
    Expr epilogue = product.plus(Expr.input(1)).exp().times(Expr.input(2)).plus(product);
    add(
        "matmul with epilogue",
        x -> Ops.matmul(x[0], x[1], false, true, epilogue, x[2], x[3]),
        mixed(1, 2, 3),
        mixed(2, 4, 3),
        mixed(3, 4),
        mixed(4, 2, 1));
    add(
        "matmul of batches with epilogue",
        x -> Ops.matmul(x[0], x[1], true, false, epilogue, x[2], x[3]),
        mixed(1, 2, 3, 2),
        mixed(2, 3, 4),
        mixed(3),
        mixed(4, 2, 1, 4));
  }

  private static void layouts() {
    Input cube = mixed(5, 2, 3, 4);
    add("reshape", x -> Ops.reshape(x[0], 4, -1), cube);
    add("reshape scalar", x -> Ops.reshape(x[0], 1, 1), mixed(5));
    add("reshape nothing", x -> Ops.reshape(x[0], 2, 0), mixed(5, 0, 3));
    add("transpose", x -> Ops.transpose(x[0]), cube);
    add("transpose scalar", x -> Ops.transpose(x[0]), mixed(5));
    add("transpose nothing", x -> Ops.transpose(x[0]), mixed(5, 0, 3));
    add("permute to the left", x -> Ops.permute(x[0], 1, 2, 0), cube);
    add("permute to the right", x -> Ops.permute(x[0], -1, 0, -2), cube);
    add("cast", x -> Ops.cast(x[0], DType.FLOAT64), cube);
    for (int axis = -3; axis < 3; axis++) {
      int along = axis;
      add("slice at " + axis, x -> Ops.slice(x[0], along, 1, 2), cube);
    }
    add("slice every second", x -> Ops.slice(x[0], 2, 1, 4, 2), cube);
    add("slice every third", x -> Ops.slice(x[0], -1, 0, 4, 3), cube);
    add("slice with a long step", x -> Ops.slice(x[0], 1, 1, 3, 9), cube);
    add("slice nothing", x -> Ops.slice(x[0], 1, 2, 2), cube);
    add("slice of nothing", x -> Ops.slice(x[0], 1, 0, 2), mixed(5, 0, 3));
    for (int axis : new int[] {0, 1, -1}) {
      add("concat at " + axis, x -> Ops.concat(axis, x[0], x[1], x[0]), cube, mixed(6, 2, 3, 4));
    }
    add(
        "concat of unequal parts",
        x -> Ops.concat(1, x),
        mixed(1, 2, 3),
        mixed(2, 2, 0),
        mixed(3, 2, 1));
    UnaryOperator<Tensor[]> reordered = p -> new Tensor[] {p[2], p[0], p[2].times(p[2])};
    add("split", x -> Ops.concat(2, reordered.apply(Ops.split(x[0], 2, 1, 0, 3))), cube);
    add("split at -2", x -> Ops.concat(1, Ops.split(x[0], -2, 1, 2)), cube);
    add("broadcastTo same", x -> Ops.broadcastTo(x[0], 2, 3, 4), cube);
    add("broadcastTo batches", x -> Ops.broadcastTo(x[0], 5, 2, 3), mixed(5, 2, 3));
    add("broadcastTo middle", x -> Ops.broadcastTo(x[0], 2, 5, 3), mixed(5, 2, 1, 3));
    add("broadcastTo from scalar", x -> Ops.broadcastTo(x[0], 2, 3), mixed(5));
    add("broadcastTo nothing", x -> Ops.broadcastTo(x[0], 0, 3), mixed(5, 1, 3));
    add("broadcastTo scalar", x -> Ops.broadcastTo(x[0]), mixed(5));
  }

  static List<Arguments> cases() {
    List<Arguments> all = new ArrayList<>();
    for (String name : CASES.keySet()) {
      for (String backend : List.of("naive", "rich")) {
        all.add(Arguments.of(name, backend));
      }
    }
    return all;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void gradientIsTheFiniteDifference(String name, String backend) {
    try (BackendScope scope = Backends.use(backend)) {
      check(CASES.get(name).function(), CASES.get(name).inputs());
    }
  }
}
