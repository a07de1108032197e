package io.ember4j.spi;

import io.ember4j.DType;
import io.ember4j.expr.Expr;
import io.ember4j.expr.NamedFunction;
import io.ember4j.expr.Primitive;
import java.util.List;

/**
 * Computes on contiguous buffers: what a backend author implements.
 *
 * <p>The <em>required floor</em> is storage, the {@link Primitive primitives} one at a time,
 * reductions, matrix product and strided copy; with that alone a backend has every activation and
 * layer. The <em>optional floor</em> (the methods with a default) makes it faster or more accurate.
 *
 * <p>Arguments arrive checked: sizes and dtypes agree, buffers are this backend's and alive,
 * results are not empty. Methods are called from any thread, several at a time, and return when the
 * result is complete. A result buffer is never one that another thread reads. It may be one of the
 * operands, where that operand is a full view ({@link Operand.View#isFull}).
 */
public interface Backend {
  // ---- required: storage

  /** Returns a new buffer of size 0 or more with arbitrary content. */
  Buffer allocate(DType dtype, long size);

  /** Copies the whole array into a FLOAT32 buffer of the same size. */
  void upload(float[] source, Buffer target);

  /** Copies the whole array into a FLOAT64 buffer of the same size. */
  void upload(double[] source, Buffer target);

  /** Copies a whole FLOAT32 buffer into an array of the same size. */
  void download(Buffer source, float[] target);

  /** Copies a whole FLOAT64 buffer into an array of the same size. */
  void download(Buffer source, double[] target);

  /**
   * Takes back a buffer that nobody holds any more, to recycle or free it.
   *
   * <p>Not every buffer comes back: one that becomes unreachable is left to the garbage collector,
   * so a backend that owns native memory must free it then too.
   */
  default void release(Buffer buffer) {}

  // ---- required: computation

  /**
   * Applies a primitive elementwise; {@code operands} has {@link Primitive#arity()} entries, and
   * the result's dtype is that of every view among them.
   */
  void apply(Primitive primitive, List<Operand> operands, Buffer result);

  /**
   * Reduces {@code source}, seen as {@code [outer, n, inner]}, along the middle axis into {@code
   * result}, seen as {@code [outer, inner]}. For MAX and MIN, n is 1 or more.
   */
  void reduce(Reduction reduction, Buffer source, long outer, long n, long inner, Buffer result);

  /** Computes the matrix products of {@code spec} into {@code result}, which is neither operand. */
  void matmul(MatmulSpec spec, Buffer a, Buffer b, Buffer result);

  /**
   * Copies an array of {@code extents} elements: index {@code (i0, i1, ...)} goes from {@code
   * sourceOffset + i0 * sourceStrides[0] + ...} to {@code targetOffset + i0 * targetStrides[0] +
   * ...}. Strides are in elements, 0 or more; target elements are distinct. Same dtype, different
   * buffers, no extent is 0; rank may be 0 (one element).
   */
  void copy(
      Buffer source,
      long sourceOffset,
      long[] sourceStrides,
      Buffer target,
      long targetOffset,
      long[] targetStrides,
      long[] extents);

  // ---- optional: the default is right, only slower

  /** Copies all elements into a buffer of the other dtype, each rounded to nearest. */
  default void convert(Buffer source, Buffer target) {
    int size = Math.toIntExact(source.size());
    if (source.dtype() == DType.FLOAT32) {
      float[] values = new float[size];
      download(source, values);
      double[] converted = new double[size];
      for (int i = 0; i < size; i++) {
        converted[i] = values[i];
      }
      upload(converted, target);
    } else {
      double[] values = new double[size];
      download(source, values);
      float[] converted = new float[size];
      for (int i = 0; i < size; i++) {
        converted[i] = (float) values[i];
      }
      upload(converted, target);
    }
  }

  /** Returns whether {@link #apply(NamedFunction, List, Buffer)} takes this function and dtype. */
  default boolean supports(NamedFunction function, DType dtype) {
    return false;
  }

  /** Applies a named function elementwise; called only where {@link #supports} said yes. */
  default void apply(NamedFunction function, List<Operand> operands, Buffer result) {
    throw new UnsupportedOperationException(function.name());
  }

  /**
   * Returns whether {@link #evaluate} takes this expression and dtype. Asked once, then remembered.
   */
  default boolean fuses(Expr expression, DType dtype) {
    return false;
  }

  /**
   * Evaluates a whole expression elementwise, input i being {@code operands.get(i)}; called only
   * where {@link #fuses} said yes. Every primitive in it is rounded to the dtype, as if it had been
   * applied alone; a named function may be computed in one piece.
   */
  default void evaluate(Expr expression, List<Operand> operands, Buffer result) {
    throw new UnsupportedOperationException(expression.toString());
  }

  /**
   * Returns whether {@link #evaluate} takes slices of buffers of this dtype as operands. Elsewhere
   * they are copied first.
   */
  default boolean readsSlices(DType dtype) {
    return false;
  }

  /** Returns whether {@link #softmax} takes this dtype. */
  default boolean supportsSoftmax(DType dtype) {
    return false;
  }

  /**
   * Computes softmax, or its logarithm, of {@code source}, seen as {@code [outer, n, inner]}, along
   * the middle axis; called only where {@link #supportsSoftmax} said yes. A slice that holds NaN or
   * +infinity, or nothing but -infinity, gives NaN.
   */
  default void softmax(
      Buffer source, long outer, long n, long inner, boolean logarithm, Buffer result) {
    throw new UnsupportedOperationException("softmax");
  }

  /** Returns whether the matrix product takes this expression as its epilogue. */
  default boolean fusesEpilogue(Expr expression, DType dtype) {
    return false;
  }

  /**
   * Computes the matrix products and passes each element through the epilogue before storing it:
   * what {@link #matmul(MatmulSpec, Buffer, Buffer, Buffer) matmul} and then {@link #evaluate} of
   * the epilogue over the result would leave there.
   */
  default void matmul(MatmulSpec spec, Buffer a, Buffer b, Epilogue epilogue, Buffer result) {
    throw new UnsupportedOperationException("matmul with epilogue");
  }

  /**
   * Returns what a user should know about how this backend runs here, one sentence each, such as a
   * native library that is missing and how to install it; usually none.
   */
  default List<String> notes() {
    return List.of();
  }
}
