package io.ember4j.conformance;

import io.ember4j.DType;
import io.ember4j.Ops;
import io.ember4j.ShapeException;
import io.ember4j.Tensor;
import io.ember4j.expr.Expr;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** LY: moving elements without changing them. */
final class LayoutRules {
  private LayoutRules() {}

  static List<Rule> rules() {
    return List.of(
        new Rule(
            "LY-1.permute",
            "permute gives every permutation of the axes of every shape of rank 0 to 4.",
            "copy with source strides in another order than the target's",
            subject -> permute()),
        new Rule(
            "LY-2.transpose",
            "transpose reverses the axes, at extents around SIMD and block sizes.",
            "the edges of a blocked transpose",
            subject -> transpose()),
        new Rule(
            "LY-3.slice",
            "slice gives the elements from start to stop with any step, along any axis; also none.",
            "copy with a source offset or a stride above 1",
            subject -> slice()),
        new Rule(
            "LY-4.concat",
            "concat puts tensors of different extents one after another along any axis, empty ones"
                + " included, in the wider dtype.",
            "copy with a target offset or target strides",
            subject -> concat()),
        new Rule(
            "LY-5.split",
            "split undoes concat, with parts of different extents and empty ones.",
            "copy with a source offset",
            subject -> split()),
        new Rule(
            "LY-6.reshape",
            "reshape keeps the elements in row-major order; -1 stands for what remains; a shape of"
                + " another size is refused.",
            "checked by the api: nothing a backend does should change it",
            subject -> reshape()),
        new Rule(
            "LY-7.bits",
            "Moving elements keeps their bits: -0.0, subnormals, infinities and NaN.",
            "copy computes with what it copies, such as adding 0",
            subject -> bits()),
        new Rule(
            "LY-8.parts",
            "An expression over equal parts of a tensor along any axis reads every part where it"
                + " begins, however the runs of a part lie.",
            "the offset, the run and the stride of a slice, or copy with a source offset",
            subject -> parts()));
  }

  private static void permute() {
    for (DType dtype : DType.values()) {
      List<long[]> shapes = new ArrayList<>(Naive.shapes(2, 0, 1, 3, 17));
      shapes.add(new long[] {2, 3, 5});
      shapes.add(new long[] {17, 1, 4});
      shapes.add(new long[] {2, 0, 3});
      shapes.add(new long[] {2, 3, 4, 5});
      shapes.add(new long[] {3, 1, 16, 2});
      for (long[] shape : shapes) {
        for (int[] axes : permutations(shape.length)) {
          permuted("permute to " + Arrays.toString(axes), dtype, shape, axes);
        }
      }
    }
  }

  private static List<int[]> permutations(int rank) {
    List<int[]> all = new ArrayList<>(List.of(new int[0]));
    for (int axis = 0; axis < rank; axis++) {
      List<int[]> longer = new ArrayList<>();
      for (int[] shorter : all) {
        for (int at = 0; at <= axis; at++) {
          int[] next = new int[axis + 1];
          for (int i = 0; i <= axis; i++) {
            next[i] = i == at ? axis : shorter[i < at ? i : i - 1];
          }
          longer.add(next);
        }
      }
      all = longer;
    }
    return all;
  }

  private static void permuted(String what, DType dtype, long[] shape, int... axes) {
    double[] values = Naive.count(Naive.size(shape), 1, 1);
    long[] result = new long[axes.length];
    for (int i = 0; i < axes.length; i++) {
      result[i] = shape[axes[i]];
    }
    double[] expected = new double[values.length];
    for (int i = 0; i < expected.length; i++) {
      long[] to = Naive.index(i, result);
      long[] from = new long[shape.length];
      for (int j = 0; j < axes.length; j++) {
        from[axes[j]] = to[j];
      }
      expected[i] = values[Naive.position(from, shape)];
    }
    try (Tensor x = Checks.tensor(dtype, values, shape);
        Tensor y = Ops.permute(x, axes)) {
      Checks.same(what + " of " + Arrays.toString(shape), dtype, result, expected, y);
    }
  }

  private static void transpose() {
    for (DType dtype : DType.values()) {
      for (int rows : new int[] {1, 8, 15, 16, 17, 67}) {
        for (int columns : new int[] {1, 8, 16, 31, 1000}) {
          permuted("transpose", dtype, new long[] {rows, columns}, 1, 0);
          double[] values = Naive.count(rows * columns, 1, 1);
          try (Tensor x = Checks.tensor(dtype, values, rows, columns);
              Tensor y = Ops.transpose(x);
              Tensor back = Ops.transpose(y)) {
            Checks.form("transpose", dtype, new long[] {columns, rows}, y);
            Checks.same("transpose twice", dtype, new long[] {rows, columns}, values, back);
          }
        }
      }
    }
  }

  private static void slice() {
    for (DType dtype : DType.values()) {
      for (long[] shape : List.of(new long[] {17}, new long[] {5, 7}, new long[] {3, 6, 4})) {
        for (int axis = 0; axis < shape.length; axis++) {
          for (int start = 0; start <= shape[axis]; start++) {
            for (int stop = start; stop <= shape[axis]; stop += 2) {
              for (long step : new long[] {1, 2, 5, Long.MAX_VALUE}) {
                slice(dtype, shape, axis, start, stop, step);
              }
            }
          }
        }
      }
    }
  }

  private static void slice(DType dtype, long[] shape, int axis, int start, int stop, long step) {
    double[] values = Naive.count(Naive.size(shape), 1, 1);
    long[] result = shape.clone();
    result[axis] = stop == start ? 0 : (stop - start - 1) / step + 1;
    double[] expected = new double[Naive.size(result)];
    for (int i = 0; i < expected.length; i++) {
      long[] index = Naive.index(i, result);
      index[axis] = start + index[axis] * step;
      expected[i] = values[Naive.position(index, shape)];
    }
    try (Tensor x = Checks.tensor(dtype, values, shape);
        Tensor y = Ops.slice(x, axis - shape.length, start, stop, step)) {
      String what =
          String.format(
              "slice %d:%d:%d along axis %d of %s",
              start, stop, step, axis, Arrays.toString(shape));
      Checks.same(what, dtype, result, expected, y);
    }
  }

  private static void concat() {
    for (DType dtype : DType.values()) {
      for (long[] shape : List.of(new long[] {4}, new long[] {2, 3}, new long[] {3, 1, 17})) {
        for (int axis = 0; axis < shape.length; axis++) {
          concat(dtype, shape, axis, 1, 0, 5, 2);
          concat(dtype, shape, axis, 3);
          concat(dtype, shape, axis, 0, 0);
          concat(dtype, shape, axis, 17, 16, 1);
        }
      }
    }
    try (Tensor narrow = Tensor.full(0.1f, 2);
        Tensor wide = Tensor.full(0.1, DType.FLOAT64, 1);
        Tensor both = Ops.concat(0, narrow, wide)) {
      double[] expected = {0.1f, 0.1f, 0.1};
      Checks.same("concat of two dtypes", DType.FLOAT64, new long[] {3}, expected, both);
    }
  }

  /** Cuts a known tensor by hand, puts it together, and cuts it by split. */
  private static void concat(DType dtype, long[] shape, int axis, long... extents) {
    long[] whole = shape.clone();
    whole[axis] = Arrays.stream(extents).sum();
    double[] values = Naive.count(Naive.size(whole), 1, 1);
    Tensor[] parts = new Tensor[extents.length];
    long start = 0;
    for (int i = 0; i < parts.length; i++) {
      double[] part = part(values, whole, axis, start, extents[i]);
      long[] partShape = whole.clone();
      partShape[axis] = extents[i];
      parts[i] = Checks.tensor(dtype, part, partShape);
      start += extents[i];
    }
    String what = "along axis " + axis + " in parts of " + Arrays.toString(extents);
    try (Tensor joined = Ops.concat(axis, parts)) {
      Checks.same("concat " + what, dtype, whole, values, joined);
      Tensor[] cut = Ops.split(joined, axis - shape.length, extents);
      for (int i = 0; i < cut.length; i++) {
        long[] partShape = parts[i].shape().toArray();
        Checks.same("split " + what, dtype, partShape, parts[i].toDoubleArray(), cut[i]);
        cut[i].close();
        parts[i].close();
      }
    }
  }

  private static double[] part(double[] values, long[] whole, int axis, long start, long extent) {
    long[] shape = whole.clone();
    shape[axis] = extent;
    double[] part = new double[Naive.size(shape)];
    for (int i = 0; i < part.length; i++) {
      long[] index = Naive.index(i, shape);
      index[axis] += start;
      part[i] = values[Naive.position(index, whole)];
    }
    return part;
  }

  private static void split() {
    for (DType dtype : DType.values()) {
      for (int axis = 0; axis < 4; axis++) {
        concat(dtype, new long[] {2, 3, 2, 5}, axis, 1, 2, 0, 3, 1);
      }
    }
    try (Tensor x = Tensor.zeros(2, 5)) {
      Checks.refuses(
          ShapeException.class, "split", () -> Ops.split(x, 1, 2, 2), "[2, 2]", "add up to 5");
    }
  }

  private static void parts() {
    Expr digits = Expr.input(0);
    for (int parts = 1; parts <= 3; parts++) {
      for (DType dtype : DType.values()) {
        parts(digits, dtype, parts, 12);
        parts(digits, dtype, parts, 6, 6);
        parts(digits, dtype, parts, 6, 2, 6, 3);
        parts(digits, dtype, parts, 90, 6);
        parts(digits, dtype, parts, 6, 102);
        parts(digits, dtype, parts, 6, 384);
        parts(digits, dtype, parts, 6, 3000);
        parts(digits, dtype, parts, 0, 6);
      }
      digits = digits.times(8).plus(Expr.input(parts));
    }
  }

  private static void parts(Expr digits, DType dtype, int parts, long... shape) {
    double[] values = Naive.count(Naive.size(shape), 1, 1);
    for (int axis = 0; axis < shape.length; axis++) {
      if (shape[axis] % parts != 0) {
        continue;
      }
      long[] result = shape.clone();
      result[axis] /= parts;
      double[] expected = new double[Naive.size(result)];
      for (int k = 0; k < parts; k++) {
        double[] part = part(values, shape, axis, k * result[axis], result[axis]);
        for (int i = 0; i < expected.length; i++) {
          expected[i] = expected[i] * 8 + part[i];
        }
      }
      String what =
          String.format("%d parts along axis %d of %s", parts, axis, Arrays.toString(shape));
      try (Tensor x = Checks.tensor(dtype, values, shape);
          Tensor y = Ops.evaluateParts(digits, x, axis - shape.length)) {
        Checks.same(what, dtype, result, expected, y);
      }
    }
  }

  private static void reshape() {
    for (DType dtype : DType.values()) {
      double[] values = Naive.count(60, 1, 1);
      try (Tensor x = Checks.tensor(dtype, values, 3, 4, 5);
          Tensor flat = x.reshape(60);
          Tensor rest = x.reshape(2, -1, 5);
          Tensor more = flat.reshape(1, 60, 1, 1);
          Tensor empty = Tensor.full(0, dtype, 0, 3).reshape(5, 0, 2)) {
        Checks.same("reshape", dtype, new long[] {60}, values, flat);
        Checks.same("reshape with -1", dtype, new long[] {2, 6, 5}, values, rest);
        Checks.same("reshape", dtype, new long[] {1, 60, 1, 1}, values, more);
        Checks.form("reshape of an empty tensor", dtype, new long[] {5, 0, 2}, empty);
        refuseReshape(x, 7, -1);
        refuseReshape(x, -1, -1);
        refuseReshape(x, 61);
        refuseReshape(x, 0, -1);
        refuseReshape(x);
      }
    }
  }

  private static void refuseReshape(Tensor x, long... extents) {
    String[] words = extents.length == 0 ? new String[] {"[]"} : new String[] {"" + extents[0]};
    Checks.refuses(ShapeException.class, "reshape", () -> Ops.reshape(x, extents), words);
  }

  private static void bits() {
    double[] values = {
      -0.0, 0, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1e-40, -1e-40, 1
    };
    for (DType dtype : DType.values()) {
      double[] x = Arrays.stream(values).map(dtype::round).toArray();
      double[] swapped = {x[0], x[4], x[1], x[5], x[2], x[6], x[3], x[7]};
      try (Tensor tensor = Checks.tensor(dtype, x, 2, 4);
          Tensor transposed = Ops.transpose(tensor);
          Tensor slice = Ops.slice(tensor, 0, 0, 2);
          Tensor joined = Ops.concat(0, tensor)) {
        Checks.same("transpose", dtype, new long[] {4, 2}, swapped, transposed);
        Checks.same("slice", dtype, new long[] {2, 4}, x, slice);
        Checks.same("concat", dtype, new long[] {2, 4}, x, joined);
      }
    }
  }
}
