package io.ember4j.nn;

import io.ember4j.DType;
import io.ember4j.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** Moves the elements of tensors between files and memory, little-endian, in chunks. */
final class Elements {
  private static final int CHUNK = 1 << 16;

  private Elements() {}

  /** Writes the elements of a tensor. */
  static void write(FileChannel channel, Tensor value) throws IOException {
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
    boolean narrow = value.dtype() == DType.FLOAT32;
    float[] floats = narrow ? value.toFloatArray() : new float[0];
    double[] doubles = narrow ? new double[0] : value.toDoubleArray();
    int step = CHUNK / value.dtype().bytes();
    for (int from = 0; from < value.size(); from += step) {
      int count = (int) Math.min(step, value.size() - from);
      chunk.clear().limit(count * value.dtype().bytes());
      if (narrow) {
        chunk.asFloatBuffer().put(floats, from, count);
      } else {
        chunk.asDoubleBuffer().put(doubles, from, count);
      }
      writeFully(channel, chunk);
    }
  }

  static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** Reads the elements of an entry whose size is known to be right. */
  static Tensor read(FileChannel channel, SafetensorsHeader.Entry entry, Path file)
      throws IOException {
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
    boolean narrow = entry.dtype() == DType.FLOAT32;
    int size = Math.toIntExact((entry.end() - entry.start()) / entry.dtype().bytes());
    float[] floats = new float[narrow ? size : 0];
    double[] doubles = new double[narrow ? 0 : size];
    int step = CHUNK / entry.dtype().bytes();
    for (int from = 0; from < size; from += step) {
      int count = Math.min(step, size - from);
      chunk.clear().limit(count * entry.dtype().bytes());
      readFully(channel, chunk, file);
      chunk.flip();
      if (narrow) {
        chunk.asFloatBuffer().get(floats, from, count);
      } else {
        chunk.asDoubleBuffer().get(doubles, from, count);
      }
    }
    Tensor vector = narrow ? Tensor.of(floats) : Tensor.of(doubles);
    try (vector) {
      return vector.reshape(entry.toShape().toArray());
    }
  }

  static void readFully(FileChannel channel, ByteBuffer bytes, Path file) throws IOException {
    while (bytes.hasRemaining()) {
      if (channel.read(bytes) < 0) {
        throw WeightsException.damaged(file, "it became shorter while it was read");
      }
    }
  }
}
