package io.ember4j.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ember4j.ParameterException;
import io.ember4j.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelsTest {
  @TempDir Path folder;

  private static Sequential model(long seed) {
    return new Sequential(
        new Dense(3, 4, Initializer.HE_NORMAL, seed),
        new PReLU(4, 0.5),
        new Dropout(0.25, false, 7),
        new Dense(4, 2, Initializer.HE_NORMAL, seed + 1));
  }

  private List<String> names(Path where) throws IOException {
    try (Stream<Path> files = Files.list(where)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void whatIsSavedComesBackWhole() throws IOException {
    Path where = folder.resolve("new").resolve("model");
    Sequential saved = model(1);
    Models.save(saved, where);
    assertEquals(List.of("config.json", "model.safetensors"), names(where));
    Layer loaded = Models.load(where);
    assertEquals(saved.config(), loaded.config());
    assertEquals(saved.parameters().keySet(), loaded.parameters().keySet());
    Tensor x = Tensor.of(new float[] {1, -2, 3}, 1, 3);
    assertArrayEquals(saved.forward(x).toFloatArray(), loaded.forward(x).toFloatArray());
    assertEquals(Map.of(), Models.notes(where));
  }

  @Test
  void anotherModelIsReplacedAndOtherFilesStay() throws IOException {
    Files.writeString(folder.resolve("readme.txt"), "mine");
    Models.save(model(1), folder);
    Sequential second = model(2);
    Models.save(second, Map.of("round", 2), folder);
    assertEquals(List.of("config.json", "model.safetensors", "readme.txt"), names(folder));
    assertArrayEquals(
        second.parameters().get("0.weight").value().toFloatArray(),
        Models.load(folder).parameters().get("0.weight").value().toFloatArray());
    assertEquals(Map.of("round", 2L), Models.notes(folder));
  }

  @Test
  void notesComeBack() throws IOException {
    Map<String, Object> notes = new LinkedHashMap<>();
    notes.put("a \"name\"\n", "\u00e4 text");
    notes.put("numbers", List.of(1L, -2.5, 1e-300, Double.MAX_VALUE));
    notes.put("empty", List.of());
    notes.put("nested", Map.of("flag", true, "nothing", Map.of()));
    Models.save(model(1), notes, folder);
    assertEquals(notes, Models.notes(folder));
  }

  @Test
  void theConfigIsReadable() throws IOException {
    Models.save(new Sequential(new ReLU()), Map.of("scale", 0.5), folder);
    assertEquals(
        """
        {
          "model": {
            "layer": "Sequential",
            "layers": [
              {
                "layer": "ReLU",
                "inplace": false
              }
            ]
          },
          "notes": {
            "scale": 0.5
          }
        }
        """,
        Files.readString(folder.resolve("config.json")));
  }

  @Test
  void deepContainersComeBack() {
    Sequential model = new Sequential(new ReLU());
    for (int i = 0; i < 20; i++) {
      model = new Sequential(model);
    }
    Models.save(model, folder);
    assertEquals(model.config(), Models.load(folder).config());
  }

  // ---- what goes wrong

  @Test
  void aNoteThatJsonHasNoFormForIsRefusedAndNothingAppears() throws IOException {
    for (Object note : new Object[] {Double.NaN, Double.POSITIVE_INFINITY, new Object()}) {
      ParameterException e =
          assertThrows(
              ParameterException.class, () -> Models.save(model(1), Map.of("n", note), folder));
      assertTrue(e.getMessage().contains(note.toString()), e.getMessage());
    }
    assertEquals(List.of(), names(folder));
  }

  @Test
  void aFailureKeepsTheModelThatWasThere() throws IOException {
    Models.save(model(1), folder);
    Sequential closed = model(2);
    closed.parameters().get("3.bias").value().close();
    assertThrows(RuntimeException.class, () -> Models.save(closed, folder));
    assertEquals(List.of("config.json", "model.safetensors"), names(folder));
    assertArrayEquals(
        model(1).parameters().get("0.weight").value().toFloatArray(),
        Models.load(folder).parameters().get("0.weight").value().toFloatArray());
  }

  @Test
  void aFailureOfTheFilesKeepsTheConfigThatWasThere() throws IOException {
    Models.save(model(1), folder);
    Path weights = folder.resolve("model.safetensors");
    Files.delete(weights);
    Files.createDirectories(weights.resolve("in the way"));
    assertMessage(() -> Models.save(model(2), Map.of("round", 2), folder), "is a folder");
    assertEquals(List.of("config.json", "model.safetensors"), names(folder));
    assertEquals(Map.of(), Models.notes(folder));
  }

  @Test
  void whatLoadWouldRefuseIsNotSaved() throws IOException {
    Models.save(model(1), folder);
    List<Object> itself = new ArrayList<>();
    itself.add(itself);
    for (Object note : new Object[] {nested(99), itself}) {
      assertParameter(Map.of("n", note), "100 levels");
    }
    assertParameter(Map.of("n", "x".repeat(10_000_000)), "10000000 at most");
    assertParameter(Map.of("n", "\u20ac".repeat(4_000_000)), "10000000 at most");
    assertParameter(Map.of("n", Map.of(1, "a")), "key 1");
    assertEquals(List.of("config.json", "model.safetensors"), names(folder));
    assertEquals(Map.of(), Models.notes(folder), "the model that was there");
  }

  @Test
  void theMostThatIsSavedIsLoaded() {
    Map<String, Object> notes = Map.of("n", nested(98), "long", "x".repeat(9_900_000));
    Models.save(model(1), notes, folder);
    assertEquals(notes, Models.notes(folder));
    Models.load(folder);
  }

  private static Object nested(int depth) {
    return depth == 0 ? 1L : List.of(nested(depth - 1));
  }

  private void assertParameter(Map<String, ?> notes, String fragment) {
    String message =
        assertThrows(ParameterException.class, () -> Models.save(model(1), notes, folder))
            .getMessage();
    assertTrue(message.contains(fragment), message);
  }

  @Test
  void aFloatComesBackAsTheNumberItIs() {
    Models.save(model(1), Map.of("n", 0.1f, "large", Float.MAX_VALUE), folder);
    assertEquals(
        Map.of("n", (double) 0.1f, "large", (double) Float.MAX_VALUE), Models.notes(folder));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"layer\": \"PReLU\", \"num_parameters\": 1000000000000}",
        "{\"layer\": \"PReLU\", \"num_parameters\": 2000000000}",
        "{\"layer\": \"Dense\", \"in_features\": 100000, \"out_features\": 20000}",
        "{\"layer\": \"Dense\", \"in_features\": 20000, \"out_features\": 9223372036854775807}",
      })
  void sizesThatTheWeightsDoNotHaveTakeNoMemory(String layer) throws IOException {
    Models.save(new Sequential(new Dense(1, 1), new Sequential(new PReLU())), folder);
    for (String whole :
        List.of(
            layer,
            "{\"layer\": \"Sequential\", \"layers\": [" + layer + "]}",
            "{\"layer\": \"Sequential\", \"layers\": [{\"layer\": \"ReLU\"},"
                + " {\"layer\": \"Sequential\", \"layers\": ["
                + layer
                + "]}]}")) {
      Files.writeString(folder.resolve("config.json"), "{\"model\": " + whole + ", \"notes\": {}}");
      assertMessage(() -> Models.load(folder), "model.safetensors", "weight", "config declares");
    }
  }

  @Test
  void aPlaceThatIsNoFolderIsRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    assertMessage(() -> Models.save(model(1), file), "file", "folder");
    assertMessage(() -> Models.load(folder), "config.json", "Models.save");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "`Sequential`, `Sequence`, unknown layer type",
        "`\"bias\": true`, `\"bias\": 3`, bias",
        "`\"out_features\": 4`, `\"out_features\": 5`, 0.weight",
        "`\"model\"`, `\"modell\"`, no entry \"model\"",
        "`\"notes\": {}`, `\"notes\": {`, too early"
      })
  void aDamagedConfigIsRefused(String old, String changed, String fragment) throws IOException {
    Models.save(model(1), folder);
    Path config = folder.resolve("config.json");
    String text = Files.readString(config);
    assertTrue(text.contains(old), text);
    int at = text.indexOf(old);
    Files.writeString(config, text.substring(0, at) + changed + text.substring(at + old.length()));
    assertMessage(() -> Models.load(folder), fragment);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "null", "{\"model\": 1}", "{} x"})
  void whatIsNoConfigIsRefused(String text) throws IOException {
    Files.writeString(folder.resolve("config.json"), text);
    assertMessage(() -> Models.load(folder), "config.json", "damaged");
    assertMessage(() -> Models.notes(folder), "config.json", "damaged");
  }

  @Test
  void bytesThatAreNoTextAreRefused() throws IOException {
    Files.write(folder.resolve("config.json"), new byte[] {'{', (byte) 0xff});
    assertMessage(() -> Models.load(folder), "UTF-8");
  }

  private static void assertMessage(Runnable action, String... fragments) {
    String message = assertThrows(WeightsException.class, action::run).getMessage();
    for (String fragment : fragments) {
      assertTrue(message.contains(fragment), message);
    }
  }
}
