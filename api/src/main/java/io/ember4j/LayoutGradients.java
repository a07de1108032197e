package io.ember4j;

import java.util.Arrays;

/** Records what moves elements: the gradients go back to where the elements came from. */
final class LayoutGradients {
  private LayoutGradients() {}

  static void reshape(TapeContent tape, Tensor result, Tensor x) {
    Shape shape = x.shape();
    tape.add(
        result, new Tensor[] {x}, (upstream, wanted) -> new Tensor[] {upstream.reshapeTo(shape)});
  }

  static void permute(TapeContent tape, Tensor result, Tensor x, int... axes) {
    int[] inverse = new int[axes.length];
    for (int i = 0; i < axes.length; i++) {
      inverse[x.shape().axis(axes[i])] = i;
    }
    tape.add(
        result,
        new Tensor[] {x},
        (upstream, wanted) -> new Tensor[] {Ops.permute(upstream, inverse)});
  }

  static void slice(TapeContent tape, Tensor result, Tensor x, int axis, long start, long step) {
    Shape shape = x.shape();
    int along = shape.axis(axis);
    tape.add(
        result,
        new Tensor[] {x},
        (upstream, wanted) -> {
          try (Call call = Call.begin()) {
            return new Tensor[] {Layouts.unslice(call, upstream, shape, along, start, step)};
          }
        });
  }

  static void split(TapeContent tape, Tensor[] results, Tensor x, int axis) {
    long start = 0;
    for (Tensor result : results) {
      slice(tape, result, x, axis, start, 1);
      start += result.shape().extent(axis);
    }
  }

  static void concat(TapeContent tape, Tensor result, int axis, Tensor... parts) {
    int along = result.shape().axis(axis);
    long[] extents = Arrays.stream(parts).mapToLong(p -> p.shape().extent(along)).toArray();
    DType[] dtypes = Arrays.stream(parts).map(Tensor::dtype).toArray(DType[]::new);
    tape.add(
        result,
        parts.clone(),
        (upstream, wanted) -> {
          Tensor[] gradients = new Tensor[extents.length];
          long start = 0;
          try {
            for (int i = 0; i < extents.length; i++) {
              if (wanted[i]) {
                try (Tensor part = Ops.slice(upstream, along, start, start + extents[i])) {
                  gradients[i] = Ops.cast(part, dtypes[i]);
                }
              }
              start += extents[i];
            }
          } catch (RuntimeException | Error e) {
            TapeContent.closeAll(gradients);
            throw e;
          }
          return gradients;
        });
  }

  static void broadcast(TapeContent tape, Tensor result, Tensor x) {
    Shape shape = x.shape();
    tape.add(
        result,
        new Tensor[] {x},
        (upstream, wanted) -> new Tensor[] {Broadcasts.sumTo(upstream, shape, upstream.dtype())});
  }

  static void cast(TapeContent tape, Tensor result, Tensor x) {
    DType dtype = x.dtype();
    tape.add(
        result, new Tensor[] {x}, (upstream, wanted) -> new Tensor[] {Ops.cast(upstream, dtype)});
  }
}
