package io.ember4j.backend.nd4j;

import io.ember4j.DType;
import io.ember4j.spi.Buffer;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A contiguous INDArray of rank 1; none for size 0, which ND4J does not allocate.
 *
 * <p>The native memory dies with the INDArray: by {@link #free}, or when ND4J's deallocator sees
 * that it is unreachable. Whoever hands one of the arrays to native code keeps this buffer
 * reachable until the call is over.
 */
final class Nd4jBuffer implements Buffer {
  private final DType dtype;
  private final long size;
  private final INDArray array;
  private INDArray bits;
  private NativeMemory.Claim claim;

  Nd4jBuffer(DType dtype, long size) {
    this.dtype = dtype;
    this.size = size;
    this.array = size == 0 ? null : uninitialized(type(dtype), size);
  }

  /** Returns a new array of arbitrary content that belongs to no workspace. */
  static INDArray uninitialized(DataType type, long size) {
    return Nd4j.createUninitializedDetached(type, 'c', size);
  }

  static DataType type(DType dtype) {
    return dtype == DType.FLOAT32 ? DataType.FLOAT : DataType.DOUBLE;
  }

  /** Returns ND4J's unsigned integer type of the same width. */
  static DataType bitsType(DType dtype) {
    return dtype == DType.FLOAT32 ? DataType.UINT32 : DataType.UINT64;
  }

  @Override
  public DType dtype() {
    return dtype;
  }

  @Override
  public long size() {
    return size;
  }

  long bytes() {
    return size * type(dtype).width();
  }

  INDArray array() {
    return array;
  }

  /** Returns the same memory as unsigned integers, to move and merge values bit by bit. */
  synchronized INDArray bits() {
    if (bits == null) {
      DataType type = bitsType(dtype);
      DataBuffer data = Nd4j.createBuffer(array.data().addressPointer(), size, type);
      bits = Nd4j.create(data, new long[] {size}, new long[] {1}, 0, 'c', type);
    }
    return bits;
  }

  /** Returns part of the same memory in another shape; strides are in elements. */
  INDArray view(long offset, long[] extents, long[] strides, char order) {
    return Nd4j.create(array.data(), extents, strides, offset, order, type(dtype));
  }

  /** Returns the elements from {@code offset} on as an array of rank 1. */
  INDArray range(long offset, long length) {
    return offset == 0 && length == size
        ? array
        : view(offset, new long[] {length}, new long[] {1}, 'c');
  }

  void track(NativeMemory.Claim newClaim) {
    claim = newClaim;
  }

  NativeMemory.Claim claim() {
    return claim;
  }

  /** Frees the native memory now. Nothing may use this buffer any more. */
  void free() {
    if (array != null && array.closeable()) {
      array.close();
    }
  }
}
