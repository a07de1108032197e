package io.ember4j;

import io.ember4j.spi.Buffer;
import io.ember4j.spi.Reduction;
import java.util.Arrays;

/** Reductions over any set of axes, as one reduction of the middle axis of [outer, n, inner]. */
final class Reductions {
  private Reductions() {}

  static Tensor reduce(Call call, Reduction reduction, Tensor x, boolean keepDims, int... axes) {
    Shape shape = x.shape();
    boolean[] reduced = reducedAxes(shape, axes);
    Shape kept = shapeAfter(shape, reduced, true);
    Shape result = keepDims ? kept : shapeAfter(shape, reduced, false);
    long n = kept.size() == 0 ? countAlong(shape, reduced) : shape.size() / kept.size();
    if (n == 0 && reduction != Reduction.SUM && kept.size() > 0) {
      throw new ShapeException(
          "the "
              + reduction.name().toLowerCase(java.util.Locale.ROOT)
              + " over no elements does not exist: shape "
              + shape
              + " is empty along "
              + Arrays.toString(axes)
              + "; check for an empty tensor first");
    }
    Buffer target = call.allocate(x.dtype(), result.size());
    if (result.size() > 0) {
      run(call, reduction, x, reduced, n, target);
    }
    return call.result(result, target);
  }

  private static void run(
      Call call, Reduction reduction, Tensor x, boolean[] reduced, long n, Buffer target) {
    Shape shape = x.shape();
    Buffer source = call.buffer(x, x.dtype());
    int first = 0;
    while (first < reduced.length && !reduced[first]) {
      first++;
    }
    int end = first;
    while (end < reduced.length && reduced[end]) {
      end++;
    }
    boolean oneRun = true;
    for (int i = end; i < reduced.length; i++) {
      oneRun &= !reduced[i];
    }
    if (oneRun) {
      call.spi()
          .reduce(
              reduction,
              source,
              shape.product(0, first),
              n,
              shape.product(end, shape.rank()),
              target);
    } else {
      Buffer moved = reducedLast(call, source, shape, reduced);
      call.spi().reduce(reduction, moved, target.size(), n, 1, target);
    }
  }

  /** Returns a scratch copy in which the reduced axes come last. */
  private static Buffer reducedLast(Call call, Buffer source, Shape shape, boolean[] reduced) {
    long[] strides = shape.strides();
    long[] extents = new long[reduced.length];
    long[] moved = new long[reduced.length];
    int next = 0;
    for (int pass = 0; pass < 2; pass++) {
      for (int i = 0; i < reduced.length; i++) {
        if (reduced[i] == (pass == 1)) {
          extents[next] = shape.extent(i);
          moved[next++] = strides[i];
        }
      }
    }
    Buffer target = call.scratch(source.dtype(), source.size());
    if (source.size() > 0) {
      call.spi().copy(source, 0, moved, target, 0, Shape.of(extents).strides(), extents);
    }
    return target;
  }

  /** Marks the axes to reduce; none named means all. */
  static boolean[] reducedAxes(Shape shape, int... axes) {
    boolean[] reduced = new boolean[shape.rank()];
    for (int axis : axes) {
      int i = shape.axis(axis);
      if (reduced[i]) {
        throw new ShapeException(
            "axes " + Arrays.toString(axes) + " name axis " + i + " twice; name each once");
      }
      reduced[i] = true;
    }
    if (axes.length == 0) {
      Arrays.fill(reduced, true);
    }
    return reduced;
  }

  static Shape shapeAfter(Shape shape, boolean[] reduced, boolean keepDims) {
    long[] extents = new long[shape.rank()];
    int next = 0;
    for (int i = 0; i < reduced.length; i++) {
      if (!reduced[i]) {
        extents[next++] = shape.extent(i);
      } else if (keepDims) {
        extents[next++] = 1;
      }
    }
    return Shape.of(Arrays.copyOf(extents, next));
  }

  /** Returns how many elements go into one result. */
  static long countAlong(Shape shape, boolean[] reduced) {
    long n = 1;
    for (int i = 0; i < reduced.length; i++) {
      if (reduced[i]) {
        n *= shape.extent(i);
      }
    }
    return n;
  }

  /** Returns the index of the first largest element along the axis, or of the first NaN. */
  static long[] argmax(Call call, Tensor x, int axis) {
    Shape shape = x.shape();
    int along = shape.axis(axis);
    long n = shape.extent(along);
    int results = Transfers.hostLength(shape.with(along, 1).size());
    if (n == 0 && results > 0) {
      throw new ShapeException(
          "argmax over no elements does not exist: shape "
              + shape
              + " is empty along axis "
              + along
              + "; check for an empty tensor first");
    }
    double[] values = x.toDoubleArray();
    int inner = Math.toIntExact(shape.inner(along));
    long[] indices = new long[results];
    for (int i = 0; i < results; i++) {
      int start = (int) ((i / inner) * n * inner + i % inner);
      int best = 0;
      for (int j = 1; j < n && !Double.isNaN(values[start + best * inner]); j++) {
        double candidate = values[start + j * inner];
        if (candidate > values[start + best * inner] || Double.isNaN(candidate)) {
          best = j;
        }
      }
      indices[i] = best;
    }
    return indices;
  }
}
