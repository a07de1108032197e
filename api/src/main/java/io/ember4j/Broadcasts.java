package io.ember4j;

import io.ember4j.spi.Buffer;
import java.util.ArrayList;
import java.util.List;

/** Repeats a tensor to a larger shape, and the reverse of it: sums a gradient back. */
final class Broadcasts {
  private Broadcasts() {}

  /** Returns x repeated to a shape that it broadcasts to. */
  static Tensor broadcastTo(Call call, Tensor x, Shape shape) {
    Buffer result;
    if (shape.size() == 0) {
      result = call.allocate(x.dtype(), 0);
    } else {
      result = call.allocate(x.dtype(), shape.size());
      Layouts.broadcastInto(call, call.buffer(x, x.dtype()), x.shape(), result, shape);
    }
    return call.result(shape, result);
  }

  /**
   * Returns the sum over the axes along which a tensor of that shape was repeated to the shape of
   * the gradient, in the dtype; a tensor of its own, also where nothing is to be done.
   */
  static Tensor sumTo(Tensor gradient, Shape shape, DType dtype) {
    Shape from = gradient.shape();
    if (from.equals(shape)) {
      return Ops.cast(gradient, dtype);
    }
    int lead = from.rank() - shape.rank();
    List<Integer> repeated = new ArrayList<>();
    for (int i = 0; i < from.rank(); i++) {
      if (i < lead || (shape.extent(i - lead) == 1 && from.extent(i) != 1)) {
        repeated.add(i);
      }
    }
    if (repeated.isEmpty()) {
      return Ops.cast(gradient, dtype);
    }
    int[] axes = repeated.stream().mapToInt(Integer::intValue).toArray();
    try (Tensor sum = Ops.sum(gradient, true, axes);
        Tensor reshaped = sum.reshapeTo(shape)) {
      return Ops.cast(reshaped, dtype);
    }
  }
}
