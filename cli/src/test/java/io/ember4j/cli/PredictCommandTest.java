package io.ember4j.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PredictCommandTest {
  private static final int ROWS = 100;

  @TempDir static Path models;
  @TempDir Path folder;
  private Path in;
  private Path out;

  @BeforeAll
  static void train() {
    CommandRun.of(
            "train",
            "--quiet",
            "--epochs",
            "3",
            "--backend",
            "pure",
            "--activation",
            "prelu",
            "--out",
            models.resolve("model"))
        .assertFine();
  }

  @BeforeEach
  void writeImages() {
    in = folder.resolve("in.npy");
    out = folder.resolve("out.npy");
    write(in, ROWS, 64);
  }

  private static void write(Path file, int rows, int columns) {
    float[] values = Arrays.copyOf(Digits.load().features(), rows * columns);
    ArrayFiles.write(file, new NumericArray.Floats(new long[] {rows, columns}, values));
  }

  private Path model() {
    return models.resolve("model");
  }

  private NumericArray.Floats predict(Object... more) {
    Object[] args = new Object[more.length + 5];
    System.arraycopy(new Object[] {"predict", "--model", model(), in, out}, 0, args, 0, 5);
    System.arraycopy(more, 0, args, 5, more.length);
    CommandRun.of(args).assertFine();
    return assertInstanceOf(NumericArray.Floats.class, ArrayFiles.read(out));
  }

  @ParameterizedTest
  @ValueSource(strings = {"nd4j", "jblas"})
  void aModelOfOneBackendPredictsTheSameOnAnother(String backend) {
    float[] expected = predict("--backend", "pure").values();
    NumericArray.Floats probabilities = predict("--backend", backend);
    assertArrayEquals(new long[] {ROWS, 10}, probabilities.shape());
    assertArrayEquals(expected, probabilities.values(), 1e-5f);
  }

  @Test
  void theRowsSumToOneAndClassesAreTheLikeliest() {
    float[] probabilities = predict().values();
    NumericArray.Floats classes = predict("--classes");
    assertArrayEquals(new long[] {ROWS, 1}, classes.shape());
    int right = 0;
    for (int row = 0; row < ROWS; row++) {
      double sum = 0;
      int best = 0;
      for (int digit = 0; digit < 10; digit++) {
        float value = probabilities[row * 10 + digit];
        sum += value;
        best = value > probabilities[row * 10 + best] ? digit : best;
      }
      assertEquals(1, sum, 1e-5);
      assertEquals(best, classes.values()[row]);
      right += best == Digits.load().labels()[row] ? 1 : 0;
    }
    assertTrue(right > 80, "it has seen these: " + right);
  }

  @Test
  void csvInCsvOut() throws IOException {
    float[] expected = predict("--classes").values();
    in = folder.resolve("in.csv");
    write(in, ROWS, 64);
    out = folder.resolve("out.csv");
    assertArrayEquals(expected, predict("--classes").values());
    assertTrue(Files.readString(out).startsWith("0.0\n1.0\n2.0\n"));
  }

  @Test
  void float64InputsAndModelsWork() {
    Path model = folder.resolve("wide");
    CommandRun.of(
            "train",
            "--quiet",
            "--epochs",
            "1",
            "--dtype",
            "float64",
            "--backend",
            "pure",
            "--out",
            model)
        .assertFine();
    ArrayFiles.write(in, new NumericArray.Doubles(new long[] {1, 64}, new double[64]));
    CommandRun.of("predict", "--model", model, in, out).assertFine();
    assertInstanceOf(NumericArray.Doubles.class, ArrayFiles.read(out));
    assertEquals(10, predict().size());
  }

  // ---- bad input

  private void refuses(Path model, String... fragments) throws IOException {
    CommandRun.of("predict", "--model", model, in, out).assertRefused(fragments);
    assertTrue(Files.notExists(out));
  }

  @Test
  void refusesWrongColumnsAndNumbersThatAreNone() throws IOException {
    write(in, 3, 63);
    refuses(model(), "in.npy", "(3, 63)", "64");
    ArrayFiles.write(in, new NumericArray.Floats(new long[] {64}, new float[64]));
    refuses(model(), "(64,)", "(n, 64)");
    float[] values = new float[128];
    values[65] = Float.NaN;
    ArrayFiles.write(in, new NumericArray.Floats(new long[] {2, 64}, values));
    refuses(model(), "row 2, column 2", "NaN");
  }

  @Test
  void refusesAMissingModel() throws IOException {
    refuses(folder.resolve("none"), "none", "no such folder", "ember4j train");
    refuses(in, "not a folder");
    refuses(folder, "config.json", "ember4j train");
    CommandRun.of("predict", in, out).assertRefused("--model");
    CommandRun.of("predict", "--model", model(), "--backend", "cuda", in, out)
        .assertRefused("cuda");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "`\"PReLU\"`, `\"Prelu\"`, unknown layer type",
        "`\"in_features\": 64`, `\"in_features\": 63`, 0.weight",
        "`\"in_features\": 64`, `\"in_features\": -1`, in_features",
        "`\"input_columns\": 64`, `\"input_columns\": 0`, input_columns",
        "`\"input_divided_by\": 16`, `\"input_divided_by\": \"x\"`, input_divided_by",
        "`\"notes\"`, `\"note\"`, notes",
        "`{`, `[`, damaged"
      })
  void refusesADamagedConfig(String old, String changed, String fragment) throws IOException {
    Path damaged = copy();
    Path config = damaged.resolve("config.json");
    String text = Files.readString(config);
    assertTrue(text.contains(old), text);
    Files.writeString(config, text.replaceFirst(Pattern.quote(old), changed));
    refuses(damaged, fragment);
  }

  @Test
  void refusesDamagedWeights() throws IOException {
    Path damaged = copy();
    Path weights = damaged.resolve("model.safetensors");
    Files.write(weights, Arrays.copyOf(Files.readAllBytes(weights), 1000));
    refuses(damaged, "model.safetensors", "damaged");
    Files.delete(weights);
    refuses(damaged, "model.safetensors");
  }

  private Path copy() throws IOException {
    Path copy = Files.createDirectory(folder.resolve("copy"));
    for (String name : new String[] {"config.json", "model.safetensors"}) {
      Files.copy(model().resolve(name), copy.resolve(name));
    }
    return copy;
  }
}
