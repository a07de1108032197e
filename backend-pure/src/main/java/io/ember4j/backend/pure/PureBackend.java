package io.ember4j.backend.pure;

import io.ember4j.DType;
import io.ember4j.expr.Expr;
import io.ember4j.expr.NamedFunction;
import io.ember4j.expr.Operation;
import io.ember4j.expr.Primitive;
import io.ember4j.spi.Backend;
import io.ember4j.spi.Buffer;
import io.ember4j.spi.Epilogue;
import io.ember4j.spi.MatmulSpec;
import io.ember4j.spi.Operand;
import io.ember4j.spi.Reduction;
import java.util.List;

/**
 * Computes on Java arrays without any library, with SIMD and several threads where they pay.
 *
 * <p>Whole expressions are evaluated in one pass. A primitive is rounded to the dtype, and so is
 * every step of a body; a function of the catalogue has a kernel of its own.
 */
final class PureBackend implements Backend {
  private static final FinishedRows NOTHING = (from, to) -> {};

  private final Programs programs = new Programs();
  private final BufferPool buffers = BufferPool.ofHeap();

  @Override
  public List<String> notes() {
    return List.of(Simd.note());
  }

  // ---- storage

  @Override
  public Buffer allocate(DType dtype, long size) {
    return buffers.take(dtype, size);
  }

  @Override
  public void release(Buffer buffer) {
    buffers.release(PureBuffer.of(buffer));
  }

  @Override
  public void upload(float[] source, Buffer target) {
    PureBuffer to = PureBuffer.toWrite(target);
    System.arraycopy(source, 0, to.floats(), 0, source.length);
    to.changed();
  }

  @Override
  public void upload(double[] source, Buffer target) {
    PureBuffer to = PureBuffer.toWrite(target);
    System.arraycopy(source, 0, to.doubles(), 0, source.length);
    to.changed();
  }

  @Override
  public void download(Buffer source, float[] target) {
    System.arraycopy(PureBuffer.of(source).floats(), 0, target, 0, target.length);
  }

  @Override
  public void download(Buffer source, double[] target) {
    System.arraycopy(PureBuffer.of(source).doubles(), 0, target, 0, target.length);
  }

  @Override
  public void copy(
      Buffer source,
      long sourceOffset,
      long[] sourceStrides,
      Buffer target,
      long targetOffset,
      long[] targetStrides,
      long[] extents) {
    PureBuffer to = PureBuffer.toWrite(target);
    new StridedCopy(PureBuffer.of(source), sourceStrides, to, targetStrides, extents)
        .run((int) sourceOffset, (int) targetOffset);
    to.changed();
  }

  @Override
  public void convert(Buffer source, Buffer target) {
    PureBuffer from = PureBuffer.of(source);
    PureBuffer to = PureBuffer.toWrite(target);
    if (from.isFloat()) {
      FloatRows.widen(from.floats(), to.doubles(), from.length());
    } else {
      FloatRows.narrow(from.doubles(), to.floats(), from.length());
    }
    to.changed();
  }

  // ---- elementwise

  @Override
  public void apply(Primitive primitive, List<Operand> operands, Buffer result) {
    applyOperation(primitive, operands, result);
  }

  @Override
  public boolean supports(NamedFunction function, DType dtype) {
    return true;
  }

  @Override
  public void apply(NamedFunction function, List<Operand> operands, Buffer result) {
    applyOperation(function, operands, result);
  }

  private void applyOperation(Operation operation, List<Operand> operands, Buffer result) {
    run(programs.of(operation, result.dtype()), operands, result);
  }

  @Override
  public boolean fuses(Expr expression, DType dtype) {
    return true;
  }

  @Override
  public void evaluate(Expr expression, List<Operand> operands, Buffer result) {
    run(programs.of(expression, result.dtype()), operands, result);
  }

  @Override
  public boolean readsSlices(DType dtype) {
    return true;
  }

  private static void run(Program program, List<Operand> operands, Buffer result) {
    PureBuffer to = PureBuffer.toWrite(result);
    Evaluation.run(program, operands, to);
    to.changed();
  }

  // ---- along an axis

  @Override
  public void reduce(
      Reduction reduction, Buffer source, long outer, long n, long inner, Buffer result) {
    PureBuffer to = PureBuffer.toWrite(result);
    Reducer.reduce(reduction, PureBuffer.of(source), (int) outer, (int) n, (int) inner, to);
    to.changed();
  }

  @Override
  public boolean supportsSoftmax(DType dtype) {
    return true;
  }

  @Override
  public void softmax(
      Buffer source, long outer, long n, long inner, boolean logarithm, Buffer result) {
    PureBuffer from = PureBuffer.of(source);
    PureBuffer to = PureBuffer.toWrite(result);
    if (from.isFloat()) {
      FloatSoftmax.run(from.floats(), (int) outer, (int) n, (int) inner, logarithm, to.floats());
    } else {
      DoubleSoftmax.run(from.doubles(), (int) outer, (int) n, (int) inner, logarithm, to.doubles());
    }
    to.changed();
  }

  // ---- matrix product

  @Override
  public void matmul(MatmulSpec spec, Buffer a, Buffer b, Buffer result) {
    matmul(spec, a, b, result, NOTHING);
  }

  @Override
  public boolean fusesEpilogue(Expr expression, DType dtype) {
    return true;
  }

  @Override
  public void matmul(MatmulSpec spec, Buffer a, Buffer b, Epilogue epilogue, Buffer result) {
    Program program = programs.of(epilogue.expression(), result.dtype());
    matmul(spec, a, b, result, new Evaluation(program, epilogue.operands(), PureBuffer.of(result)));
  }

  private static void matmul(
      MatmulSpec spec, Buffer a, Buffer b, Buffer result, FinishedRows finished) {
    Products products = Products.of(spec);
    PureBuffer left = PureBuffer.of(a);
    PureBuffer right = PureBuffer.of(b);
    PureBuffer product = PureBuffer.toWrite(result);
    if (product.isFloat()) {
      FloatMatmul.run(products, left, right, product, finished);
    } else {
      DoubleMatmul.run(products, left, right, product, finished);
    }
    product.changed();
  }
}
