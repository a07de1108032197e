package io.ember4j.backend.nd4j;

import io.ember4j.DType;
import io.ember4j.expr.NamedFunction;
import io.ember4j.expr.Primitive;
import io.ember4j.spi.Backend;
import io.ember4j.spi.Buffer;
import io.ember4j.spi.MatmulSpec;
import io.ember4j.spi.Operand;
import io.ember4j.spi.Reduction;
import java.lang.ref.Reference;
import java.util.List;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.memory.MemoryManager;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Computes with ND4J; each method hands its buffers to the class that does the work.
 *
 * <p>There is no softmax: ND4J's gives NaN for a slice of -1000s, 1 for a slice of one NaN, and
 * takes the logarithm of a softmax that has underflowed.
 */
final class Nd4jBackend implements Backend {
  private final NativeMemory memory = new NativeMemory();

  @Override
  public Nd4jBuffer allocate(DType dtype, long size) {
    memory.reserve(size * Nd4jBuffer.type(dtype).width());
    Nd4jBuffer buffer = new Nd4jBuffer(dtype, size);
    memory.add(buffer);
    return buffer;
  }

  @Override
  public void release(Buffer buffer) {
    memory.remove((Nd4jBuffer) buffer);
    ((Nd4jBuffer) buffer).free();
  }

  @Override
  public void upload(float[] source, Buffer target) {
    if (source.length > 0) {
      run(() -> ((FloatPointer) pointer(target)).put(source), target);
    }
  }

  @Override
  public void upload(double[] source, Buffer target) {
    if (source.length > 0) {
      run(() -> ((DoublePointer) pointer(target)).put(source), target);
    }
  }

  @Override
  public void download(Buffer source, float[] target) {
    if (target.length > 0) {
      run(() -> ((FloatPointer) pointer(source)).get(target), source);
    }
  }

  @Override
  public void download(Buffer source, double[] target) {
    if (target.length > 0) {
      run(() -> ((DoublePointer) pointer(source)).get(target), source);
    }
  }

  @Override
  public void apply(Primitive primitive, List<Operand> operands, Buffer result) {
    Elementwise.Kernel kernel = PrimitiveKernels.of(primitive);
    run(() -> Elementwise.apply(kernel, operands, nd4j(result)), operands, result);
  }

  @Override
  public boolean supports(NamedFunction function, DType dtype) {
    return NativeFunctions.supports(function, dtype);
  }

  @Override
  public void apply(NamedFunction function, List<Operand> operands, Buffer result) {
    Elementwise.Kernel kernel = NativeFunctions.of(function);
    run(() -> Elementwise.apply(kernel, operands, nd4j(result)), operands, result);
  }

  @Override
  public void reduce(
      Reduction reduction, Buffer source, long outer, long n, long inner, Buffer result) {
    run(
        () -> Reductions.reduce(reduction, nd4j(source), outer, n, inner, nd4j(result)),
        source,
        result);
  }

  @Override
  public void matmul(MatmulSpec spec, Buffer a, Buffer b, Buffer result) {
    run(() -> MatrixProducts.multiply(spec, nd4j(a), nd4j(b), nd4j(result)), a, b, result);
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
    StridedCopy copy = new StridedCopy(extents, sourceStrides, targetStrides);
    run(() -> copy.copy(nd4j(source), sourceOffset, nd4j(target), targetOffset), source, target);
  }

  @Override
  public void convert(Buffer source, Buffer target) {
    run(() -> nd4j(target).array().assign(nd4j(source).array()), source, target);
  }

  @Override
  public List<String> notes() {
    return Notes.collect();
  }

  private static Nd4jBuffer nd4j(Buffer buffer) {
    return (Nd4jBuffer) buffer;
  }

  private static Pointer pointer(Buffer buffer) {
    return nd4j(buffer).array().data().pointer();
  }

  /**
   * Runs the action outside the workspaces that the caller's thread may have open, as an array made
   * in one dies with it; and keeps the buffers reachable until the action is over, as ND4J frees
   * the memory of an unreachable array even while native code reads it.
   */
  private static void run(Runnable action, Object... buffers) {
    MemoryManager manager = Nd4j.getMemoryManager();
    try {
      if (manager.getCurrentWorkspace() == null) {
        action.run();
      } else {
        try (MemoryWorkspace none = manager.scopeOutOfWorkspaces()) {
          action.run();
        }
      }
    } finally {
      Reference.reachabilityFence(buffers);
    }
  }
}
