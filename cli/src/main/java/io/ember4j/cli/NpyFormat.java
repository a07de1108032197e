package io.ember4j.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * NumPy's .npy files: little-endian float32 and float64, C order, any rank. Reads format versions
 * 1.0, 2.0 and 3.0 and writes 1.0.
 */
final class NpyFormat {
  /** The bytes with which every .npy begins; the version follows. */
  static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

  /** The longest header, in bytes: what version 1.0 can express. */
  static final int MAX_HEADER = 65_535;

  private static final int ALIGNMENT = 64;
  private static final int CHUNK = 1 << 16;

  private NpyFormat() {}

  /**
   * Reads a file.
   *
   * @throws InputException if it is not such a file, whole and with nothing behind the data
   * @throws IOException if the system cannot read it
   */
  static NumericArray read(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      return new NpyReader(file, channel).read();
    }
  }

  /**
   * Writes an array.
   *
   * @param name the file being written, for messages
   * @throws InputException if the shape does not fit the header
   */
  static void write(Object name, OutputStream out, NumericArray array) throws IOException {
    String literal = NpyHeader.of(array).toLiteral();
    int start = MAGIC.length + 2 + Short.BYTES;
    int unpadded = start + literal.length() + 1;
    int length = (unpadded + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT - start;
    if (length > MAX_HEADER) {
      throw new InputException(
          name,
          "rank " + array.shape().length + " does not fit a .npy header",
          "reshape the array");
    }
    out.write(MAGIC);
    out.write(new byte[] {1, 0, (byte) length, (byte) (length >> 8)});
    String padded = literal + " ".repeat(length - literal.length() - 1) + "\n";
    out.write(padded.getBytes(StandardCharsets.ISO_8859_1));
    writeData(out, array);
  }

  private static void writeData(OutputStream out, NumericArray array) throws IOException {
    int itemSize = NpyHeader.of(array).itemSize();
    byte[] bytes = new byte[CHUNK];
    var buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (int done = 0, n; done < array.size(); done += n) {
      n = Math.min(CHUNK / itemSize, array.size() - done);
      if (array instanceof NumericArray.Floats floats) {
        buffer.asFloatBuffer().put(floats.values(), done, n);
      } else if (array instanceof NumericArray.Doubles doubles) {
        buffer.asDoubleBuffer().put(doubles.values(), done, n);
      }
      out.write(bytes, 0, n * itemSize);
    }
  }
}
