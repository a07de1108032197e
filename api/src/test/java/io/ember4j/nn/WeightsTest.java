package io.ember4j.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ember4j.BackendScope;
import io.ember4j.Backends;
import io.ember4j.ClosedTensorException;
import io.ember4j.DType;
import io.ember4j.Tensor;
import io.ember4j.naive.Ledger;
import io.ember4j.naive.NaiveBackend;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WeightsTest {
  @TempDir Path folder;

  private static Sequential network(long seed) {
    return new Sequential(
        new Dense(3, 4, Initializer.HE_NORMAL, seed),
        new PReLU(4, 0.5, DType.FLOAT64),
        new Sequential(new Dense(4, 2, false, Initializer.HE_UNIFORM, seed, DType.FLOAT64)));
  }

  /** A layer with the given tensors as parameters. */
  private record Holder(Map<String, Parameter> parameters) implements Layer {
    static Holder of(String name, Tensor value) {
      return new Holder(new LinkedHashMap<>(Map.of(name, new Parameter(name, value))));
    }

    Holder and(String name, Tensor value) {
      parameters.put(name, new Parameter(name, value));
      return this;
    }

    @Override
    public Tensor forward(Tensor x, boolean training) {
      return x;
    }
  }

  // ---- what goes in comes out

  @Test
  void savedWeightsMakeAnotherLayerTheSame() throws Throwable {
    Path file = folder.resolve("network.safetensors");
    Sequential saved = network(1);
    Sequential loaded = network(2);
    Tensor x = Tensor.of(new float[] {1, -2, 3}, 1, 3);
    Weights.save(saved, file);
    Weights.load(loaded, file);
    assertEquals(saved.parameters().keySet(), loaded.parameters().keySet());
    assertEquals(
        List.of("0.weight", "0.bias", "1.weight", "2.0.weight"),
        List.copyOf(loaded.parameters().keySet()));
    assertArrayEquals(saved.forward(x).toDoubleArray(), loaded.forward(x).toDoubleArray());
    assertEquals(List.of("network.safetensors"), names(), "no temporary file is left");
    Dense other = new Dense(3, 4);
    Ledger.assertBalanced(
        () -> assertThrows(WeightsException.class, () -> Weights.load(other, file)));
  }

  @Test
  void everyBitSurvives() {
    float[] floats = {Float.NaN, -0f, Float.MIN_VALUE, Float.NEGATIVE_INFINITY, 0.1f};
    double[] doubles = {Math.PI, -0.0, Double.MAX_VALUE, Double.NaN, Double.MIN_VALUE, 7};
    float[] large = new float[100_003];
    for (int i = 0; i < large.length; i++) {
      large[i] = i * 0.37f;
    }
    Path file = folder.resolve("w");
    Holder saved =
        Holder.of("floats", Tensor.of(floats))
            .and("d \"o\\ubles\" \n\u00e4\ud83d\ude00", Tensor.of(doubles, 2, 3));
    saved
        .and("scalar", Tensor.scalar(4f))
        .and("empty", Tensor.zeros(2, 0))
        .and("large", Tensor.of(large));
    Weights.save(saved, file);
    Holder loaded = new Holder(new LinkedHashMap<>());
    saved
        .parameters()
        .forEach(
            (name, p) ->
                loaded.and(name, Tensor.full(0, p.value().dtype(), p.value().shape().toArray())));
    Weights.load(loaded, file);
    saved
        .parameters()
        .forEach(
            (name, p) -> {
              Tensor value = loaded.parameters().get(name).value();
              assertEquals(p.value().shape(), value.shape());
              assertEquals(p.value().dtype(), value.dtype());
              assertArrayEquals(p.value().toDoubleArray(), value.toDoubleArray(), name);
            });
  }

  @Test
  void layerWithoutParametersIsAFileToo() {
    Path file = folder.resolve("none");
    Weights.save(new ReLU(), file);
    Weights.load(new ReLU(), file);
    assertTrue(
        assertThrows(WeightsException.class, () -> Weights.load(new Dense(1, 1), file))
            .getMessage()
            .contains("missing are bias, weight, unexpected none"));
  }

  /** The bytes of the format's documentation, written by hand. */
  @Test
  void fileIsTheFormatsBytes() throws IOException {
    Path file = folder.resolve("w");
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      Weights.save(
          Holder.of("b", Tensor.of(new float[] {1, 2}, 2, 1))
              .and("a", Tensor.of(new double[] {-1})),
          file);
    } finally {
      Locale.setDefault(before);
    }
    String header =
        "{\"a\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[0,8]},"
            + "\"b\":{\"dtype\":\"F32\",\"shape\":[2,1],\"data_offsets\":[8,16]}}";
    byte[] bytes = Files.readAllBytes(file);
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int length = (int) buffer.getLong();
    assertEquals(0, length % 8, "the elements are aligned");
    assertEquals(header, new String(bytes, 8, length, StandardCharsets.UTF_8).stripTrailing());
    buffer.position(8 + length);
    assertEquals(-1.0, buffer.getDouble());
    assertEquals(1f, buffer.getFloat());
    assertEquals(2f, buffer.getFloat());
    assertEquals(0, buffer.remaining());
  }

  @Test
  void filesOfOthersAreRead() throws IOException {
    Path file =
        write(
            " \t{ \"__metadata__\" : {\"format\":\"pt\"} ,\n \"\\u0062\": {\"data_offsets\":[4,12],"
                    .substring(2)
                + "\"shape\":[2],\"dtype\":\"F32\"}, \"a\":{\"dtype\":\"F32\",\"shape\":[],"
                + "\"data_offsets\":[0,4]}}   ",
            12);
    Holder holder = Holder.of("a", Tensor.scalar(9f)).and("b", Tensor.ones(2));
    Weights.load(holder, file);
    assertEquals(0, holder.parameters().get("a").value().item());
  }

  // ---- whole or not at all

  @Test
  void failedSaveLeavesTheOldFile() throws IOException {
    Path file = folder.resolve("w");
    Dense dense = new Dense(2, 2);
    Weights.save(dense, file);
    byte[] before = Files.readAllBytes(file);
    Dense closed = new Dense(2, 2);
    closed.parameters().get("bias").value().close();
    assertThrows(ClosedTensorException.class, () -> Weights.save(closed, file));
    assertArrayEquals(before, Files.readAllBytes(file));
    assertEquals(List.of("w"), names());
  }

  @Test
  void saveGoesThroughASymbolicLink() throws IOException {
    Path file = folder.resolve("w");
    Path link = folder.resolve("link");
    Files.createFile(file);
    Files.createSymbolicLink(link, file);
    Weights.save(new Dense(1, 1), link);
    assertTrue(Files.isSymbolicLink(link));
    assertTrue(Files.size(file) > 0);
  }

  @Test
  void pathsThatCannotBeAreNamed() {
    String inFolder = message(() -> Weights.save(new Dense(1, 1), folder));
    assertTrue(inFolder.contains("is a folder"), inFolder);
    Path missing = folder.resolve("no/such/w");
    assertTrue(message(() -> Weights.save(new Dense(1, 1), missing)).contains("cannot be written"));
    assertTrue(message(() -> Weights.load(new Dense(1, 1), missing)).contains("cannot be read"));
    assertTrue(message(() -> Weights.load(new Dense(1, 1), folder)).contains("cannot be read"));
    Holder reserved = Holder.of("__metadata__", Tensor.ones(1));
    assertTrue(message(() -> Weights.save(reserved, folder.resolve("w"))).contains("reserves"));
  }

  @Test
  void failureWhileLoadingLeavesTheLayer() throws Throwable {
    Path file = folder.resolve("w");
    Weights.save(network(1), file);
    try (BackendScope scope = Backends.use("naive")) {
      Sequential layer = network(2);
      Map<String, Tensor> before = new LinkedHashMap<>();
      layer.parameters().forEach((name, p) -> before.put(name, p.value()));
      Ledger ledger = NaiveBackend.NAIVE.ledger();
      for (int n = 0; n < 6; n++) {
        ledger.failAfter(n);
        Ledger.assertBalanced(
            () -> assertThrows(Ledger.InjectedFailure.class, () -> Weights.load(layer, file)));
      }
      layer.parameters().forEach((name, p) -> assertSame(before.get(name), p.value()));
    }
  }

  // ---- damaged and hostile files

  private static final String GOOD = entry("w", "F32", "[2]", 0, 8);

  private static String entry(String name, String dtype, String shape, long start, long end) {
    return String.format(
        Locale.ROOT,
        "\"%s\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[%d,%d]}",
        name,
        dtype,
        shape,
        start,
        end);
  }

  static Stream<Arguments> badHeaders() {
    String huge = "[1152921504606846976]";
    return Stream.of(
        Arguments.of("{" + GOOD, 8, "valid JSON: it ends too early"),
        Arguments.of("{" + GOOD + "}x", 8, "more after the value"),
        Arguments.of("[]", 0, "does not start with {"),
        Arguments.of("  {}", 0, "does not start with {"),
        Arguments.of("", 0, "does not start with {"),
        Arguments.of("{" + GOOD + "," + GOOD + "}", 16, "\"w\" occurs twice"),
        Arguments.of("{\"w\":7}", 0, "must have dtype, shape and data_offsets"),
        Arguments.of("{\"w\":{\"dtype\":\"F32\",\"shape\":[2]}}", 0, "must have dtype, shape"),
        Arguments.of("{" + GOOD.replace("}", ",\"x\":1}") + "}", 8, "must have dtype, shape"),
        Arguments.of("{" + entry("w", "F16", "[2]", 0, 4) + "}", 4, "dtype F16; only F32 and F64"),
        Arguments.of("{" + entry("w", "f32", "[2]", 0, 8) + "}", 8, "dtype f32"),
        Arguments.of("{" + GOOD.replace("\"F32\"", "null") + "}", 8, "dtype null"),
        Arguments.of("{" + entry("w", "F32", "[-2]", 0, 8) + "}", 8, "its shape holds -2"),
        Arguments.of("{" + entry("w", "F32", "[2.0]", 0, 8) + "}", 8, "its shape holds 2.0"),
        Arguments.of("{" + entry("w", "F32", "[true]", 0, 8) + "}", 8, "its shape holds true"),
        Arguments.of("{" + entry("w", "F32", "2", 0, 8) + "}", 8, "its shape is no list"),
        Arguments.of("{" + entry("w", "F32", "[3]", 0, 8) + "}", 8, "[3] takes 12 bytes"),
        Arguments.of("{" + entry("w", "F32", huge, 0, 8) + "}", 8, "takes 4611686018427387904"),
        Arguments.of("{" + entry("w", "F64", huge, 0, 8) + "}", 8, "more bytes than any file"),
        Arguments.of("{" + entry("w", "F32", "[99999999999999999999]", 0, 8) + "}", 8, "64 bits"),
        Arguments.of("{" + entry("w", "F32", "[2]", 8, 0) + "}", 8, "data_offsets are [8, 0]"),
        Arguments.of("{" + GOOD.replace("[0,8]", "[0,4,8]") + "}", 8, "data_offsets are [0, 4, 8]"),
        Arguments.of("{" + GOOD.replace("[0,8]", "[-8,0]") + "}", 8, "data_offsets holds -8"),
        Arguments.of("{" + entry("w", "F32", "[2]", 4, 12) + "}", 12, "leave a gap before 0"),
        Arguments.of("{" + GOOD + "," + entry("v", "F32", "[2]", 4, 12) + "}", 12, "and overlap 8"),
        Arguments.of("{" + GOOD + "," + entry("v", "F32", "[2]", 0, 8) + "}", 8, "and overlap 8"),
        Arguments.of("{" + GOOD + "," + entry("v", "F32", "[1]", 12, 16) + "}", 16, "leave a gap"),
        Arguments.of("{" + GOOD + "}", 9, "take 8 bytes, but 9 follow"),
        Arguments.of("{" + GOOD + "}", 7, "take 8 bytes, but 7 follow"),
        Arguments.of("{\"__metadata__\":{\"a\":1}," + GOOD + "}", 8, "not a map of strings"),
        Arguments.of("{\"__metadata__\":\"a\"," + GOOD + "}", 8, "not a map of strings"),
        Arguments.of("{\"w\":" + "[".repeat(100_000), 0, "nested deeper than 8"),
        Arguments.of("{\"" + "long".repeat(1000) + "\":7}", 0, "longlong"),
        Arguments.of("{" + entry("v", "F32", "[2]", 0, 8) + "}", 8, "missing are w, unexpected v"),
        Arguments.of(
            "{" + GOOD + "," + entry("v", "F32", "[2]", 8, 16) + "}",
            16,
            "missing are none, unexpected v"),
        Arguments.of(
            "{" + entry("w", "F32", "[2,1]", 0, 8) + "}", 8, "\"w\" is float32[2, 1], but"),
        Arguments.of("{" + entry("w", "F64", "[2]", 0, 16) + "}", 16, "\"w\" is float64[2], but"));
  }

  @ParameterizedTest
  @MethodSource("badHeaders")
  void badHeaderIsATypedErrorAndChangesNothing(String header, int data, String expected)
      throws IOException {
    Tensor value = Tensor.ones(2);
    Holder holder = Holder.of("w", value);
    Path file = write(header, data);
    String message = message(() -> Weights.load(holder, file));
    assertTrue(message.contains(expected), message);
    assertTrue(message.startsWith(file.toString()), message);
    assertTrue(message.length() < 700, "long: " + message.length());
    assertSame(value, holder.parameters().get("w").value());
  }

  @ParameterizedTest
  @CsvSource({
    "0, it has 0 bytes", "7, it has 7 bytes",
    "8, its header has 70 bytes", "77, its header has 70 bytes",
  })
  void cutFileIsSeen(int size, String expected) throws IOException {
    Path file = write(("{" + GOOD + "}").concat(" ".repeat(70)).substring(0, 70), 8);
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), size));
    String message = message(() -> Weights.load(Holder.of("w", Tensor.ones(2)), file));
    assertTrue(message.contains(expected), message);
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 40, 100_000_001, 5})
  void headerLengthIsCheckedBeforeAnythingIsAllocated(long length) throws IOException {
    Path file = folder.resolve("w");
    byte[] bytes = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN).putLong(length).array();
    Files.write(file, bytes);
    String message = message(() -> Weights.load(new Dense(1, 1), file));
    assertTrue(message.contains("its header has " + Long.toUnsignedString(length)), message);
  }

  @Test
  void headerOverTheLimitIsRefusedThoughTheFileIsLongEnough() throws IOException {
    Path file = folder.resolve("sparse");
    try (java.io.RandomAccessFile sparse = new java.io.RandomAccessFile(file.toFile(), "rw")) {
      sparse.write(
          ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(100_000_001).array());
      sparse.setLength(200_000_000);
    }
    String message = message(() -> Weights.load(new Dense(1, 1), file));
    assertTrue(message.contains("100000000 at most"), message);
  }

  @Test
  void headerThatIsNotUtf8IsRefused() throws IOException {
    Path file = folder.resolve("w");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(2).array());
    out.write(new byte[] {'{', (byte) 0xff});
    Files.write(file, out.toByteArray());
    assertTrue(message(() -> Weights.load(new Dense(1, 1), file)).contains("not UTF-8"));
  }

  @Test
  void nullsAreNamed() {
    assertTrue(
        assertThrows(NullPointerException.class, () -> Weights.save(null, folder))
            .getMessage()
            .contains("layer is null"));
    assertTrue(
        assertThrows(NullPointerException.class, () -> Weights.load(new ReLU(), null))
            .getMessage()
            .contains("file is null"));
  }

  private Path write(String header, int data) throws IOException {
    Path file = folder.resolve("w");
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(text.length).array());
    out.write(text);
    out.write(new byte[data]);
    Files.write(file, out.toByteArray());
    return file;
  }

  private List<String> names() {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static String message(org.junit.jupiter.api.function.Executable action) {
    return assertThrows(WeightsException.class, action).getMessage();
  }
}
