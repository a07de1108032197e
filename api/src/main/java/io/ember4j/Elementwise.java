package io.ember4j;

import io.ember4j.expr.Expr;
import io.ember4j.spi.Buffer;
import io.ember4j.spi.Operand;
import java.util.ArrayList;
import java.util.List;

/** Evaluates expressions over tensors: dtypes, broadcasting, operands, and in-place. */
final class Elementwise {
  private Elementwise() {}

  static Tensor evaluate(Call call, Expr expression, Tensor... inputs) {
    checkInputs(expression, inputs);
    Shape shape = inputs[0].shape();
    DType dtype = inputs[0].dtype();
    for (Tensor input : inputs) {
      shape = shape.broadcast(input.shape());
      dtype = dtype.promote(input.dtype());
    }
    Buffer result;
    if (shape.size() == 0) {
      result = call.allocate(dtype, 0);
    } else {
      List<Operand> operands = operands(call, inputs, dtype, shape);
      result = call.allocate(dtype, shape.size());
      call.evaluate(expression, operands, result);
    }
    return call.result(shape, result);
  }

  /** Evaluates the expression over equal parts of x along the axis, of which there are as many. */
  static Tensor evaluateParts(Call call, Expr expression, Tensor x, int axis) {
    Shape shape = Tensor.checkUsable(x, "x").shape();
    int along = shape.axis(axis);
    long extent = shape.extent(along);
    int parts = checkParts(expression, shape, along);
    Shape part = shape.with(along, extent / parts);
    Buffer result = call.allocate(x.dtype(), part.size());
    if (part.size() > 0) {
      Buffer buffer = call.buffer(x, x.dtype());
      boolean reads = call.readsSlices(expression, x.dtype());
      long run = part.extent(along) * shape.inner(along);
      List<Operand> operands = new ArrayList<>(parts);
      for (int i = 0; i < parts; i++) {
        long start = i * part.extent(along);
        operands.add(
            reads
                ? new Operand.Slice(buffer, i * run, run, parts * run)
                : new Operand.View(
                    Layouts.part(call, buffer, shape, along, start, part.extent(along)), 1));
      }
      call.evaluate(expression, operands, result);
    }
    return call.result(part, result);
  }

  /** Returns into how many parts an axis is divided for the expression. */
  static int checkParts(Expr expression, Shape shape, int axis) {
    int parts = expression.inputCount();
    if (parts == 0) {
      throw new ParameterException(
          "the expression " + expression + " reads no input; it needs one for each part");
    }
    long extent = shape.extent(axis);
    if (extent % parts != 0) {
      throw new ShapeException(
          "cannot divide axis "
              + axis
              + " of shape "
              + shape
              + " into "
              + parts
              + " equal parts, one for each input of "
              + expression
              + "; its extent must be a multiple of "
              + parts);
    }
    return parts;
  }

  private static List<Operand> operands(Call call, Tensor[] inputs, DType dtype, Shape shape) {
    // The short lists are half as large as others, and most calls are made with them.
    if (inputs.length == 1) {
      return List.of(operand(call, inputs[0], dtype, shape));
    }
    if (inputs.length == 2) {
      Operand first = operand(call, inputs[0], dtype, shape);
      return List.of(first, operand(call, inputs[1], dtype, shape));
    }
    List<Operand> operands = new ArrayList<>(inputs.length);
    for (Tensor input : inputs) {
      operands.add(operand(call, input, dtype, shape));
    }
    return operands;
  }

  /** Returns how the kernel reads a tensor, in this dtype, for a result of shape {@code to}. */
  static Operand operand(Call call, Tensor tensor, DType dtype, Shape to) {
    return operand(call, call.buffer(tensor, dtype), tensor.shape(), to);
  }

  /** Overwrites the target with the expression of (target, others...) and returns it. */
  static Tensor evaluateInPlace(Call call, Expr expression, Tensor target, Tensor... others) {
    Tensor[] inputs = new Tensor[others.length + 1];
    inputs[0] = target;
    System.arraycopy(others, 0, inputs, 1, others.length);
    checkInputs(expression, inputs);
    Shape shape = target.shape();
    for (Tensor other : others) {
      if (!shape.covers(other.shape())) {
        throw new ShapeException(
            "cannot change a tensor of shape "
                + shape
                + " in place with an operand of shape "
                + other.shape()
                + ": the result would have another shape; use the form that"
                + " returns a new tensor");
      }
      if (target.dtype().promote(other.dtype()) != target.dtype()) {
        throw new InPlaceException(
            "cannot change a float32 tensor in place with a float64 operand: the result would be"
                + " float64; use the form that returns a new tensor");
      }
    }
    Storage storage = target.storage();
    Resident resident = storage.startChange(call.backend());
    Storage.Change change = Storage.Change.NONE;
    try {
      if (shape.size() > 0) {
        List<Operand> operands = new ArrayList<>(inputs.length);
        for (Tensor input : inputs) {
          Buffer buffer =
              input.storage() == storage ? resident.buffer() : call.buffer(input, target.dtype());
          operands.add(operand(call, buffer, input.shape(), shape));
        }
        change = Storage.Change.BROKEN;
        call.evaluate(expression, operands, resident.buffer());
        change = Storage.Change.DONE;
      }
    } finally {
      storage.endChange(resident, change);
    }
    return target;
  }

  private static void checkInputs(Expr expression, Tensor[] inputs) {
    if (inputs.length == 0 || expression.inputCount() > inputs.length) {
      throw new ParameterException(
          "the expression "
              + expression
              + " reads "
              + expression.inputCount()
              + " input(s), got "
              + inputs.length
              + " tensor(s)");
    }
    for (int i = 0; i < inputs.length; i++) {
      Tensor.checkUsable(inputs[i], "input ", i);
    }
  }

  /**
   * Returns how the kernel reads a buffer of shape {@code from} for a result of shape {@code to}.
   */
  static Operand operand(Call call, Buffer buffer, Shape from, Shape to) {
    if (from.size() == to.size()) {
      return new Operand.View(buffer, 1);
    }
    // The extents in which both agree must be one run of axes: then the pattern is [outer, period,
    // repeat]. Leading and trailing broadcast axes are outer and repeat.
    int lead = to.rank() - from.rank();
    int first = 0;
    while (first < to.rank() && extent(from, first - lead) == 1) {
      first++;
    }
    int end = to.rank();
    while (end > first && extent(from, end - 1 - lead) == 1) {
      end--;
    }
    boolean oneRun = true;
    for (int i = first; i < end; i++) {
      oneRun &= extent(from, i - lead) == to.extent(i);
    }
    if (oneRun) {
      return new Operand.View(buffer, to.product(end, to.rank()));
    }
    return new Operand.View(Layouts.broadcast(call, buffer, from, to), 1);
  }

  private static long extent(Shape shape, int axis) {
    return axis < 0 ? 1 : shape.extent(axis);
  }
}
