package io.ember4j.nn;

import io.ember4j.Shape;
import io.ember4j.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Saves and loads the parameters of a layer as a .safetensors file, which other frameworks read and
 * write too.
 *
 * <p>The entries are named as {@link Layer#parameters()} names them, such as {@code 0.weight}. A
 * file has the values only: make the layer first, by its constructor or {@link Layers#fromConfig}.
 */
public final class Weights {
  /** The longest header that is read, in bytes. */
  private static final long MAX_HEADER = 100_000_000;

  private Weights() {}

  /**
   * Writes the layer's parameters to the file, which appears whole or not at all; an existing file
   * is replaced.
   *
   * @throws WeightsException if the file cannot be written
   * @throws io.ember4j.ClosedTensorException if a parameter's tensor was closed
   */
  public static void save(Layer layer, Path file) {
    Map<String, Parameter> parameters = parameters(layer, file);
    SafetensorsHeader header = SafetensorsHeader.layOut(parameters);
    try {
      if (Files.isDirectory(file)) {
        throw new WeightsException(file + " is a folder; name a file");
      }
      // Through a symbolic link to the file it names, as a plain write would do.
      Path real = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
      long number = ThreadLocalRandom.current().nextLong();
      Path temporary = real.resolveSibling(".ember4j-" + Long.toHexString(number) + ".tmp");
      try {
        write(header, parameters, temporary);
        Files.move(temporary, real, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(temporary);
      }
    } catch (IOException e) {
      throw new WeightsException(
          file
              + " cannot be written ("
              + e
              + "); check that its folder exists, the free space and"
              + " the permissions",
          e);
    }
  }

  private static void write(
      SafetensorsHeader header, Map<String, Parameter> parameters, Path temporary)
      throws IOException {
    try (FileChannel channel =
        FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      Elements.writeFully(channel, ByteBuffer.wrap(header.toBytes()));
      for (SafetensorsHeader.Entry entry : header.entries()) {
        Elements.write(channel, parameters.get(entry.name()).value());
      }
      channel.force(true);
    }
  }

  /**
   * Sets the layer's parameters to the values in the file. The whole file is checked and read
   * before the first parameter changes: if anything is wrong, the layer stays as it is.
   *
   * @throws WeightsException if the file cannot be read or is damaged, or its names, shapes or
   *     dtypes are not those of the layer
   */
  public static void load(Layer layer, Path file) {
    Map<String, Parameter> parameters = parameters(layer, file);
    Map<String, Tensor> values = new LinkedHashMap<>();
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      SafetensorsHeader header = readHeader(channel, file);
      checkFits(header, parameters, file);
      for (SafetensorsHeader.Entry entry : header.entries()) {
        values.put(entry.name(), Elements.read(channel, entry, file));
      }
    } catch (IOException e) {
      closeAll(values);
      throw unreadable(file, e);
    } catch (RuntimeException | Error e) {
      closeAll(values);
      throw e;
    }
    values.forEach((name, value) -> parameters.get(name).set(value));
  }

  /**
   * Throws unless the file has these entries in these shapes; reads no more than its header.
   *
   * @throws WeightsException if not, or if the file cannot be read or is damaged
   */
  static void checkDeclared(Map<String, List<Long>> shapes, Path file) {
    SafetensorsHeader header;
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      header = readHeader(channel, file);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
    Map<String, SafetensorsHeader.Entry> entries = byName(header);
    shapes.forEach(
        (name, shape) -> {
          SafetensorsHeader.Entry entry = entries.get(name);
          if (entry == null || !entry.shape().equals(shape)) {
            throw new WeightsException(
                file
                    + ": \""
                    + Json.shortened(name)
                    + "\" is "
                    + (entry == null ? "missing" : entry.dtype() + "" + entry.shape())
                    + ", but the config declares "
                    + shape
                    + "; load it with the config that it was saved with");
          }
        });
  }

  private static WeightsException unreadable(Path file, IOException e) {
    return new WeightsException(
        file + " cannot be read (" + e + "); check that it exists and the permissions", e);
  }

  private static Map<String, SafetensorsHeader.Entry> byName(SafetensorsHeader header) {
    Map<String, SafetensorsHeader.Entry> entries = new HashMap<>();
    header.entries().forEach(entry -> entries.put(entry.name(), entry));
    return entries;
  }

  private static void closeAll(Map<String, Tensor> values) {
    values.values().forEach(Tensor::close);
  }

  private static SafetensorsHeader readHeader(FileChannel channel, Path file) throws IOException {
    long size = channel.size();
    if (size < Long.BYTES) {
      throw WeightsException.damaged(file, "it has " + size + " bytes");
    }
    ByteBuffer length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    Elements.readFully(channel, length, file);
    long header = length.flip().getLong();
    if (header < 0 || header > MAX_HEADER || header > size - Long.BYTES) {
      throw WeightsException.damaged(
          file,
          "its header has "
              + Long.toUnsignedString(header)
              + " bytes, of "
              + size
              + " in the file and "
              + MAX_HEADER
              + " at most");
    }
    ByteBuffer bytes = ByteBuffer.allocate((int) header);
    Elements.readFully(channel, bytes, file);
    return SafetensorsHeader.parse(file, bytes.array(), size - Long.BYTES - header);
  }

  private static void checkFits(
      SafetensorsHeader header, Map<String, Parameter> parameters, Path file) {
    Map<String, SafetensorsHeader.Entry> entries = byName(header);
    Set<String> missing = new TreeSet<>(parameters.keySet());
    missing.removeAll(entries.keySet());
    Set<String> unexpected = new TreeSet<>(entries.keySet());
    unexpected.removeAll(parameters.keySet());
    if (!missing.isEmpty() || !unexpected.isEmpty()) {
      throw new WeightsException(
          file
              + " does not fit the layer: missing are "
              + list(missing)
              + ", unexpected "
              + list(unexpected)
              + "; load it into a layer of the config it was saved from");
    }
    parameters.forEach(
        (name, parameter) -> {
          SafetensorsHeader.Entry entry = entries.get(name);
          Shape shape = entry.toShape();
          Tensor value = parameter.value();
          if (entry.dtype() != value.dtype() || !shape.equals(value.shape())) {
            throw new WeightsException(
                file
                    + ": \""
                    + name
                    + "\" is "
                    + entry.dtype()
                    + shape
                    + ", but the layer's is "
                    + value.dtype()
                    + value.shape()
                    + "; load it into a layer of the config it was saved from");
          }
        });
  }

  private static String list(Set<String> names) {
    List<String> shown = names.stream().limit(20).map(Json::shortened).toList();
    String more = names.size() > shown.size() ? " and " + (names.size() - 20) + " more" : "";
    return shown.isEmpty() ? "none" : String.join(", ", shown) + more;
  }

  private static Map<String, Parameter> parameters(Layer layer, Path file) {
    Objects.requireNonNull(file, "file is null; pass where the weights are");
    return Objects.requireNonNull(layer, "layer is null; pass the one to save or load")
        .parameters();
  }
}
