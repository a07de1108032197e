package io.ember4j.nn;

import io.ember4j.DType;
import io.ember4j.Shape;
import io.ember4j.Tensor;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;

/**
 * The header of a .safetensors file: for each name the dtype, the shape, and where its bytes lie.
 *
 * <p>A file is the header's length in 8 bytes, little-endian; the header, a JSON object that may
 * end in spaces; and the elements, little-endian, row-major, one tensor after another without a
 * gap.
 *
 * @param entries the tensors in the order of their bytes
 * @see <a href="https://huggingface.co/docs/safetensors">The format</a>
 */
record SafetensorsHeader(List<Entry> entries) {
  /** The name under which a header may hold text of its author. */
  private static final String METADATA = "__metadata__";

  /**
   * Where a tensor is.
   *
   * @param name its name
   * @param dtype its element type
   * @param shape its extents
   * @param start the first of its bytes, counted from the end of the header
   * @param end the byte after the last
   */
  record Entry(String name, DType dtype, List<Long> shape, long start, long end) {
    Shape toShape() {
      return Shape.of(shape.stream().mapToLong(Long::longValue).toArray());
    }
  }

  SafetensorsHeader {
    entries = List.copyOf(entries);
  }

  /** Lays tensors out one after another: the wider dtype first, so that all are aligned. */
  static SafetensorsHeader layOut(Map<String, Parameter> parameters) {
    List<String> names = new ArrayList<>(parameters.keySet());
    names.sort(
        Comparator.comparing((String name) -> parameters.get(name).value().dtype()).reversed());
    List<Entry> entries = new ArrayList<>();
    long start = 0;
    for (String name : names) {
      if (name.equals(METADATA)) {
        throw new WeightsException(
            "a parameter is named " + METADATA + ", which the format reserves; rename it");
      }
      Tensor value = parameters.get(name).value();
      long end = start + value.size() * value.dtype().bytes();
      List<Long> shape = Arrays.stream(value.shape().toArray()).boxed().toList();
      entries.add(new Entry(name, value.dtype(), shape, start, end));
      start = end;
    }
    return new SafetensorsHeader(entries);
  }

  /** Returns the length and the header as bytes, padded so that the elements are aligned. */
  byte[] toBytes() {
    StringJoiner json = new StringJoiner(",", "{", "}");
    for (Entry entry : entries) {
      json.add(
          String.format(
              Locale.ROOT,
              "%s:{\"dtype\":\"F%d\",\"shape\":%s,\"data_offsets\":[%d,%d]}",
              Json.quote(entry.name()),
              8 * entry.dtype().bytes(),
              entry.shape().toString().replace(" ", ""),
              entry.start(),
              entry.end()));
    }
    byte[] text = json.toString().getBytes(StandardCharsets.UTF_8);
    int padded = (text.length + Long.BYTES - 1) / Long.BYTES * Long.BYTES;
    byte[] bytes = new byte[Long.BYTES + padded];
    Arrays.fill(bytes, (byte) ' ');
    ByteBuffer.wrap(bytes).order(java.nio.ByteOrder.LITTLE_ENDIAN).putLong(padded).put(text);
    return bytes;
  }

  /**
   * Reads a header and checks that its entries cover the elements exactly.
   *
   * @param dataSize the number of bytes after the header
   * @throws WeightsException if anything is not as the format has it
   */
  static SafetensorsHeader parse(Path file, byte[] bytes, long dataSize) {
    List<Entry> entries = new ArrayList<>();
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      if (!text.startsWith("{")) {
        throw WeightsException.damaged(file, "its header does not start with {");
      }
      Map<String, Object> header = new LinkedHashMap<>(object(Json.read(text)));
      checkMetadata(file, header.remove(METADATA));
      header.forEach((name, value) -> entries.add(entry(file, name, value)));
    } catch (CharacterCodingException e) {
      throw WeightsException.damaged(file, "its header is not UTF-8");
    } catch (Json.SyntaxException e) {
      throw WeightsException.damaged(file, "its header is not valid JSON: " + e.getMessage());
    }
    entries.sort(Comparator.comparingLong(Entry::start).thenComparingLong(Entry::end));
    long covered = 0;
    for (Entry entry : entries) {
      if (entry.start() != covered) {
        String what = entry.start() < covered ? "overlap" : "leave a gap before";
        throw damaged(
            file,
            entry.name(),
            "its bytes start at " + entry.start() + " and " + what + " " + covered);
      }
      covered = entry.end();
    }
    if (covered != dataSize) {
      throw WeightsException.damaged(
          file, "its entries take " + covered + " bytes, but " + dataSize + " follow the header");
    }
    return new SafetensorsHeader(entries);
  }

  @SuppressWarnings("unchecked") // the reader makes maps of strings only
  private static Map<String, Object> object(Object value) {
    return value instanceof Map ? (Map<String, Object>) value : Map.of();
  }

  private static void checkMetadata(Path file, Object metadata) {
    boolean text = object(metadata).values().stream().allMatch(String.class::isInstance);
    if (metadata != null && !(metadata instanceof Map && text)) {
      throw damaged(file, METADATA, "it is not a map of strings");
    }
  }

  private static Entry entry(Path file, String name, Object value) {
    Map<String, Object> fields = object(value);
    if (!fields.keySet().equals(Set.of("dtype", "shape", "data_offsets"))) {
      throw damaged(
          file, name, "it must have dtype, shape and data_offsets, and has " + fields.keySet());
    }
    DType dtype = dtype(file, name, fields.get("dtype"));
    List<Long> shape = numbers(file, name, "shape", fields.get("shape"));
    List<Long> offsets = numbers(file, name, "data_offsets", fields.get("data_offsets"));
    if (offsets.size() != 2 || offsets.get(0) > offsets.get(1)) {
      throw damaged(file, name, "its data_offsets are " + Json.shortened(offsets.toString()));
    }
    long bytes = dtype.bytes();
    try {
      for (long extent : shape) {
        bytes = Math.multiplyExact(bytes, extent);
      }
    } catch (ArithmeticException e) {
      throw damaged(
          file,
          name,
          "its shape " + Json.shortened(shape.toString()) + " has more bytes than any file");
    }
    long start = offsets.get(0);
    long end = offsets.get(1);
    if (end - start != bytes) {
      throw damaged(
          file,
          name,
          "its shape "
              + Json.shortened(shape.toString())
              + " takes "
              + bytes
              + " bytes, its data_offsets "
              + (end - start));
    }
    return new Entry(name, dtype, shape, start, end);
  }

  private static DType dtype(Path file, String name, Object value) {
    if ("F32".equals(value)) {
      return DType.FLOAT32;
    }
    if ("F64".equals(value)) {
      return DType.FLOAT64;
    }
    throw new WeightsException(
        file
            + ": the entry \""
            + Json.shortened(name)
            + "\" has dtype "
            + Json.shortened(String.valueOf(value))
            + "; only F32 and F64 are read, convert it");
  }

  private static List<Long> numbers(Path file, String name, String field, Object value) {
    List<Long> numbers = new ArrayList<>();
    if (value instanceof List<?> list) {
      for (Object element : list) {
        if (!(element instanceof Long number) || number < 0) {
          throw damaged(file, name, "its " + field + " holds " + Json.shortened("" + element));
        }
        numbers.add(number);
      }
      return numbers;
    }
    throw damaged(file, name, "its " + field + " is no list");
  }

  private static WeightsException damaged(Path file, String name, String what) {
    return WeightsException.damaged(file, "entry \"" + Json.shortened(name) + "\": " + what);
  }
}
