package io.ember4j;

import io.ember4j.expr.Expr;
import io.ember4j.spi.Backend;
import io.ember4j.spi.Buffer;
import io.ember4j.spi.Operand;
import java.util.ArrayList;
import java.util.List;

/**
 * One public call: the backend it runs on from start to end, the operands it holds, and the scratch
 * buffers it returns when it is over.
 */
final class Call implements AutoCloseable {
  private final ActiveBackend backend;
  private final Lowering lowering;

  // Most calls hold one to three operands: in fields they take no list.
  private Resident first;
  private Resident second;
  private Resident third;
  private List<Resident> others = List.of();

  private List<Buffer> scratch = List.of();

  /** The result that was allocated last, until it is a tensor. */
  private Buffer pending;

  private Call(ActiveBackend backend, Lowering lowering) {
    this.backend = backend;
    this.lowering = lowering;
  }

  /** Starts a call on this thread's current backend. */
  static Call begin() {
    BackendScope scope = Scopes.innermost();
    return new Call(
        scope == null ? Backends.active() : scope.backend(),
        scope == null ? Lowering.NATIVE : scope.lowering());
  }

  ActiveBackend backend() {
    return backend;
  }

  Backend spi() {
    return backend.spi();
  }

  Lowering lowering() {
    return lowering;
  }

  /**
   * Returns the tensor's values on this call's backend, in this dtype, held until the call ends.
   */
  Buffer buffer(Tensor tensor, DType dtype) {
    Resident resident = tensor.storage().acquire(backend, false);
    hold(resident);
    return inDType(resident.buffer(), dtype);
  }

  private void hold(Resident resident) {
    if (first == null) {
      first = resident;
    } else if (second == null) {
      second = resident;
    } else if (third == null) {
      third = resident;
    } else {
      if (others.isEmpty()) {
        others = new ArrayList<>(4);
      }
      others.add(resident);
    }
  }

  private Buffer inDType(Buffer buffer, DType dtype) {
    if (buffer.dtype() == dtype) {
      return buffer;
    }
    Buffer converted = scratch(dtype, buffer.size());
    if (buffer.size() > 0) {
      spi().convert(buffer, converted);
    }
    return converted;
  }

  /** Evaluates the expression into a result that is not empty; an operand may be in its place. */
  void evaluate(Expr expression, List<Operand> operands, Buffer result) {
    backend.plan(expression, result.dtype(), lowering).run(this, expression, operands, result);
  }

  /** Returns whether operands of the expression may be slices. */
  boolean readsSlices(Expr expression, DType dtype) {
    return backend.plan(expression, dtype, lowering).isFused() && spi().readsSlices(dtype);
  }

  /** Returns a buffer that lives until the call ends. */
  Buffer scratch(DType dtype, long size) {
    Buffer buffer = spi().allocate(dtype, size);
    keep(buffer);
    return buffer;
  }

  /** Returns a buffer for a result; if the call fails before {@link #result}, it is released. */
  Buffer allocate(DType dtype, long size) {
    Buffer buffer = spi().allocate(dtype, size);
    if (pending != null) {
      keep(pending);
    }
    pending = buffer;
    return buffer;
  }

  private void keep(Buffer buffer) {
    if (scratch.isEmpty()) {
      scratch = new ArrayList<>(4);
    }
    scratch.add(buffer);
  }

  /** Gives a buffer of {@link #allocate} to a new tensor of that shape. */
  Tensor result(Shape shape, Buffer buffer) {
    if (pending == buffer) {
      pending = null;
    } else {
      scratch.removeIf(candidate -> candidate == buffer);
    }
    return new Tensor(shape, Storage.around(backend, buffer));
  }

  @Override
  public void close() {
    release(first);
    release(second);
    release(third);
    // By index: an iterator would be one more object on the shortest of calls.
    for (int i = 0; i < others.size(); i++) {
      others.get(i).release();
    }
    for (int i = 0; i < scratch.size(); i++) {
      spi().release(scratch.get(i));
    }
    if (pending != null) {
      spi().release(pending);
    }
  }

  private static void release(Resident held) {
    if (held != null) {
      held.release();
    }
  }
}
