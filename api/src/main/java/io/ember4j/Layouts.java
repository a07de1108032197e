package io.ember4j;

import io.ember4j.expr.Expr;
import io.ember4j.spi.Buffer;
import java.util.Arrays;
import java.util.List;

/** Moves elements: permute, slice, concat, and broadcasts that an operand view cannot express. */
final class Layouts {
  private Layouts() {}

  /** Returns a scratch buffer with the elements repeated to the shape {@code to}. */
  static Buffer broadcast(Call call, Buffer source, Shape from, Shape to) {
    Buffer target = call.scratch(source.dtype(), to.size());
    broadcastInto(call, source, from, target, to);
    return target;
  }

  /** Repeats the elements to the shape {@code to}, which is not empty. */
  static void broadcastInto(Call call, Buffer source, Shape from, Buffer target, Shape to) {
    long[] strides = new long[to.rank()];
    long[] fromStrides = from.strides();
    int lead = to.rank() - from.rank();
    for (int i = lead; i < to.rank(); i++) {
      strides[i] = from.extent(i - lead) == 1 ? 0 : fromStrides[i - lead];
    }
    call.spi().copy(source, 0, strides, target, 0, to.strides(), to.toArray());
  }

  /** Returns a scratch buffer with that part of the axis, of which neither is empty. */
  static Buffer part(Call call, Buffer source, Shape shape, int axis, long start, long length) {
    Shape part = shape.with(axis, length);
    Buffer target = call.scratch(source.dtype(), part.size());
    long offset = start * shape.inner(axis);
    call.spi().copy(source, offset, shape.strides(), target, 0, part.strides(), part.toArray());
    return target;
  }

  static Tensor permute(Call call, Tensor x, int... axes) {
    Shape shape = x.shape();
    int rank = shape.rank();
    boolean[] seen = new boolean[rank];
    long[] extents = new long[rank];
    long[] strides = new long[rank];
    if (axes.length != rank) {
      throw new ShapeException(
          "permutation "
              + Arrays.toString(axes)
              + " has "
              + axes.length
              + " axes, shape "
              + shape
              + " has "
              + rank
              + "; name each axis once");
    }
    long[] sourceStrides = shape.strides();
    for (int i = 0; i < rank; i++) {
      int axis = shape.axis(axes[i]);
      if (seen[axis]) {
        throw new ShapeException(
            "permutation "
                + Arrays.toString(axes)
                + " names axis "
                + axis
                + " twice; name each axis once");
      }
      seen[axis] = true;
      extents[i] = shape.extent(axis);
      strides[i] = sourceStrides[axis];
    }
    Shape result = Shape.of(extents);
    Buffer target = call.allocate(x.dtype(), result.size());
    if (result.size() > 0) {
      Buffer source = call.buffer(x, x.dtype());
      call.spi().copy(source, 0, strides, target, 0, result.strides(), extents);
    }
    return call.result(result, target);
  }

  static Tensor slice(Call call, Tensor x, int axis, long start, long stop, long step) {
    Shape shape = x.shape();
    int along = shape.axis(axis);
    long extent = shape.extent(along);
    if (start < 0 || stop < start || stop > extent || step < 1) {
      throw new ShapeException(
          "slice ["
              + start
              + ", "
              + stop
              + ") step "
              + step
              + " does not fit axis "
              + along
              + " of shape "
              + shape
              + "; use 0 <= start <= stop <= "
              + extent
              + " and step >= 1");
    }
    long length = stop == start ? 0 : (stop - start - 1) / step + 1;
    Shape result = shape.with(along, length);
    Buffer target = call.allocate(x.dtype(), result.size());
    if (result.size() > 0) {
      Buffer source = call.buffer(x, x.dtype());
      long[] strides = shape.strides();
      long offset = start * strides[along];
      if (length > 1) {
        strides[along] *= step;
      }
      call.spi().copy(source, offset, strides, target, 0, result.strides(), result.toArray());
    }
    return call.result(result, target);
  }

  /**
   * Returns zeros of that shape with the part at start, start + step, ... along the axis: the
   * reverse of a slice.
   */
  static Tensor unslice(Call call, Tensor part, Shape shape, int axis, long start, long step) {
    Buffer target = call.allocate(part.dtype(), shape.size());
    if (shape.size() > 0) {
      call.evaluate(Expr.constant(0), List.of(), target);
    }
    if (part.size() > 0) {
      long[] strides = shape.strides();
      long offset = start * strides[axis];
      if (part.shape().extent(axis) > 1) {
        strides[axis] *= step;
      }
      Buffer source = call.buffer(part, part.dtype());
      long[] extents = part.shape().toArray();
      call.spi().copy(source, 0, part.shape().strides(), target, offset, strides, extents);
    }
    return call.result(shape, target);
  }

  /** Returns slices of these extents, which add up to the axis; all of them or none. */
  static Tensor[] split(Call call, Tensor x, int axis, long... extents) {
    Tensor[] parts = new Tensor[extents.length];
    long start = 0;
    try {
      for (int i = 0; i < parts.length; i++) {
        parts[i] = slice(call, x, axis, start, start + extents[i], 1);
        start += extents[i];
      }
      return parts;
    } catch (RuntimeException | Error e) {
      for (Tensor part : parts) {
        if (part != null) {
          part.close();
        }
      }
      throw e;
    }
  }

  static Tensor concat(Call call, int axis, Tensor... parts) {
    if (parts.length == 0) {
      throw new ParameterException("concat needs at least one tensor");
    }
    Shape first = Tensor.checkUsable(parts[0], "part 0").shape();
    int along = first.axis(axis);
    DType dtype = parts[0].dtype();
    long total = 0;
    for (int i = 0; i < parts.length; i++) {
      Shape shape = Tensor.checkUsable(parts[i], "part " + i).shape();
      if (shape.rank() != first.rank() || !shape.with(along, 0).equals(first.with(along, 0))) {
        throw new ShapeException(
            "cannot concatenate shapes "
                + first
                + " and "
                + shape
                + " along axis "
                + along
                + "; all other extents must be equal");
      }
      total += shape.extent(along);
      dtype = dtype.promote(parts[i].dtype());
    }
    Shape result = first.with(along, total);
    Buffer target = call.allocate(dtype, result.size());
    long[] strides = result.strides();
    long offset = 0;
    for (Tensor part : parts) {
      if (part.size() > 0) {
        Buffer source = call.buffer(part, dtype);
        call.spi()
            .copy(
                source, 0, part.shape().strides(), target, offset, strides, part.shape().toArray());
      }
      offset += part.shape().extent(along) * strides[along];
    }
    return call.result(result, target);
  }
}
