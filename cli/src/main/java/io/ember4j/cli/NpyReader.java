package io.ember4j.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Reads one .npy file; see {@link NpyFormat}.
 *
 * <p>Nothing is allocated on the header's word alone: every size it claims is first compared with
 * the size of the file.
 */
final class NpyReader {
  private static final int MAX_ARRAY = Integer.MAX_VALUE - 8;
  private static final int CHUNK = 1 << 16;
  private static final String AGAIN = "write the file again with np.save";

  private final Path file;
  private final FileChannel channel;
  private final long fileSize;

  /**
   * A reader at the start of an open file.
   *
   * @param file its name, for messages
   */
  NpyReader(Path file, FileChannel channel) throws IOException {
    this.file = file;
    this.channel = channel;
    this.fileSize = channel.size();
  }

  /**
   * Reads the array.
   *
   * @throws InputException if the file is not a .npy that this program reads
   */
  NumericArray read() throws IOException {
    int version = version();
    NpyHeader header = header(version);
    header.requireReadable(file);
    long expected = header.dataBytes(file);
    long found = fileSize - channel.position();
    if (found < expected) {
      throw truncated("data of shape " + NumericArray.describe(header.shape()), expected, found);
    }
    if (found > expected) {
      String counts = "expected " + expected + " bytes of data, found " + found;
      throw new InputException(
          file, "trailing bytes: " + counts, "save one array per file with np.save");
    }
    long count = expected / header.itemSize();
    if (count > MAX_ARRAY) {
      throw new InputException(
          file, count + " elements are more than a Java array holds", "split the file");
    }
    return data(header, (int) count);
  }

  private int version() throws IOException {
    byte[] start = bytes((int) Math.min(fileSize, NpyFormat.MAGIC.length + 2));
    int compared = Math.min(start.length, NpyFormat.MAGIC.length);
    if (!Arrays.equals(start, 0, compared, NpyFormat.MAGIC, 0, compared)) {
      boolean zip = start.length > 1 && start[0] == 'P' && start[1] == 'K';
      String found = HexFormat.ofDelimiter(" ").formatHex(start, 0, compared);
      throw new InputException(
          file,
          "not a .npy file, it begins with the bytes " + found,
          zip ? "it looks like a .npz, save one array with np.save" : AGAIN);
    }
    if (start.length < NpyFormat.MAGIC.length + 2) {
      throw truncated("header", NpyFormat.MAGIC.length + 2, fileSize);
    }
    int major = start[compared] & 0xff;
    int minor = start[compared + 1] & 0xff;
    if (major < 1 || major > 3 || minor != 0) {
      throw new InputException(
          file, "format version " + major + "." + minor + " is not 1.0, 2.0 or 3.0", AGAIN);
    }
    return major;
  }

  private NpyHeader header(int version) throws IOException {
    int lengthBytes = version == 1 ? Short.BYTES : Integer.BYTES;
    if (fileSize < channel.position() + lengthBytes) {
      throw truncated("header", channel.position() + lengthBytes, fileSize);
    }
    byte[] lengthField = Arrays.copyOf(bytes(lengthBytes), Long.BYTES);
    long length = ByteBuffer.wrap(lengthField).order(ByteOrder.LITTLE_ENDIAN).getLong();
    if (length > fileSize - channel.position()) {
      throw truncated("header", channel.position() + length, fileSize);
    }
    if (length > NpyFormat.MAX_HEADER) {
      throw new InputException(
          file,
          "the header has " + length + " bytes, at most " + NpyFormat.MAX_HEADER + " are read",
          "save a plain array with .astype('<f4')");
    }
    Charset charset = version == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
    return NpyHeaderParser.parse(file, new String(bytes((int) length), charset));
  }

  private NumericArray data(NpyHeader header, int count) throws IOException {
    var buffer = ByteBuffer.allocateDirect(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
    float[] floats = new float[header.isFloat32() ? count : 0];
    double[] doubles = new double[header.isFloat32() ? 0 : count];
    for (int done = 0, n; done < count; done += n) {
      n = Math.min(CHUNK / header.itemSize(), count - done);
      fill(buffer.clear().limit(n * header.itemSize()));
      if (header.isFloat32()) {
        buffer.asFloatBuffer().get(floats, done, n);
      } else {
        buffer.asDoubleBuffer().get(doubles, done, n);
      }
    }
    return header.isFloat32()
        ? new NumericArray.Floats(header.shape(), floats)
        : new NumericArray.Doubles(header.shape(), doubles);
  }

  private byte[] bytes(int count) throws IOException {
    byte[] bytes = new byte[count];
    fill(ByteBuffer.wrap(bytes));
    return bytes;
  }

  private void fill(ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      if (channel.read(buffer) < 0) {
        throw new InputException(
            file, "the file became shorter than " + fileSize + " bytes while it was read", AGAIN);
      }
    }
    buffer.flip();
  }

  private InputException truncated(String part, long expected, long found) {
    return new InputException(
        file, "truncated " + part + ": expected " + expected + " bytes, found " + found, AGAIN);
  }
}
