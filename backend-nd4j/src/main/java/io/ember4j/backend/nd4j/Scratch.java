package io.ember4j.backend.nd4j;

import io.ember4j.DType;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Temporary native arrays, freed together when the operation is over. */
final class Scratch implements AutoCloseable {
  private final List<Nd4jBuffer> buffers = new ArrayList<>(4);
  private final List<INDArray> arrays = new ArrayList<>(4);

  Nd4jBuffer buffer(DType dtype, long size) {
    Nd4jBuffer buffer = new Nd4jBuffer(dtype, size);
    buffers.add(buffer);
    return buffer;
  }

  /** Returns a buffer of one element. */
  Nd4jBuffer scalar(DType dtype, double value) {
    Nd4jBuffer buffer = buffer(dtype, 1);
    buffer.array().putScalar(0, value);
    return buffer;
  }

  INDArray array(DataType type, long size) {
    INDArray array = Nd4jBuffer.uninitialized(type, size);
    arrays.add(array);
    return array;
  }

  @Override
  public void close() {
    buffers.forEach(Nd4jBuffer::free);
    arrays.forEach(INDArray::close);
  }
}
