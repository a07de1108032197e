package io.ember4j.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrainCommandTest {
  @TempDir Path folder;

  @Test
  void tellsEachEpochAndWhatCameOfIt() {
    CommandRun run = CommandRun.of("train", "--backend", "pure", "--epochs", "2").assertFine();
    List<String> lines = run.out().lines().toList();
    assertEquals(5, lines.size(), run.out());
    assertEquals("training on pure: relu, float32, seed 1, 2 epochs", lines.get(0));
    for (int i = 1; i <= 2; i++) {
      String epoch = "epoch +" + i + "  loss \\d\\.\\d{4}  accuracy +\\d+\\.\\d%  \\d+\\.\\d\\d s";
      assertTrue(lines.get(i).matches(epoch), lines.get(i));
    }
    assertTrue(lines.get(3).matches("final training loss \\d\\.\\d{4}"), lines.get(3));
    assertTrue(lines.get(2).contains(lines.get(3).substring(15)), run.out());
    assertTrue(lines.get(4).matches("held-out accuracy \\d\\d\\.\\d%"), lines.get(4));
  }

  @Test
  void quietShowsNoEpochs() {
    CommandRun run = train("--quiet", "--dtype", "float64", "--seed", "-3");
    assertEquals(3, run.out().lines().count(), run.out());
    run.assertPrinted("relu, float64, seed -3, 1 epochs");
  }

  private static CommandRun train(Object... more) {
    Object[] args = new Object[more.length + 5];
    System.arraycopy(new Object[] {"train", "--backend", "pure", "--epochs", "1"}, 0, args, 0, 5);
    System.arraycopy(more, 0, args, 5, more.length);
    return CommandRun.of(args).assertFine();
  }

  @ParameterizedTest
  @ValueSource(strings = {"prelu", "rrelu", "swish", "softplus", "tanh", "hardsigmoid"})
  void takesElementwiseActivationsAndAliases(String activation) {
    train("--quiet", "--activation", activation).assertPrinted("held-out accuracy");
  }

  @Test
  void theModelReplacesAnEarlierOneWhole() throws IOException {
    Path model = folder.resolve("model");
    train("--quiet", "--out", model).assertPrinted("wrote the model to " + model);
    byte[] weights = Files.readAllBytes(model.resolve("model.safetensors"));
    train("--quiet", "--out", model, "--seed", "2");
    Refusal.assertFiles(model, "config.json", "model.safetensors");
    byte[] others = Files.readAllBytes(model.resolve("model.safetensors"));
    assertEquals(weights.length, others.length);
    assertFalse(Arrays.equals(weights, others));
    String config = Files.readString(model.resolve("config.json"));
    assertTrue(config.contains("\"seed\": 2,\n"), config);
    assertTrue(config.contains("\"input_divided_by\": 16\n"), config);
    String header = new String(others, 8, 400, StandardCharsets.UTF_8);
    assertTrue(header.contains("\"0.weight\":{\"dtype\":\"F32\",\"shape\":[256,64]"), header);
  }

  @ParameterizedTest
  @CsvSource({
    "--activation, rleu, 'relu'",
    "--activation, softmax, 'along an axis'",
    "--activation, glu, 'along an axis'",
    "--activation, softmax2d, 'along an axis'",
    "--activation, threshold, 'without defaults: threshold, value'",
    "--backend, cuda, 'pure'",
    "--epochs, -1, '1 or more'",
    "--epochs, 0, '1 or more'",
    "--epochs, many, 'epochs'",
    "--seed, one, 'seed'",
    "--dtype, float16, 'float32 or float64'"
  })
  void refusesBadSettings(String option, String value, String fragment) {
    CommandRun.of("train", option, value).assertRefused(value, fragment);
  }

  @Test
  void refusesAFolderOfOtherFiles() throws IOException {
    Files.writeString(folder.resolve("thesis.txt"), "mine");
    CommandRun.of("train", "--out", folder).assertRefused("thesis.txt", "new folder");
    Refusal.assertFiles(folder, "thesis.txt");
  }

  @Test
  void refusesAnOutputThatCannotBe() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    CommandRun.of("train", "--out", file).assertRefused("file");
    CommandRun.of("train", "--out", folder.resolve("no").resolve("such"))
        .assertRefused("does not exist", "mkdir");
    CommandRun.of("train", "--report", file).assertRefused("file");
    CommandRun.of("train", "--report", folder, "--backend", "pure")
        .assertRefused("--backend", "--report");
    Refusal.assertFiles(folder, "file");
  }

  @Test
  void theReportShowsEveryBackend() throws IOException {
    Path report = folder.resolve("report");
    CommandRun run =
        CommandRun.of("train", "--quiet", "--epochs", "1", "--report", report).assertFine();
    run.assertPrinted("training on jblas:", "training on nd4j:", "training on pure:");
    run.assertPrinted("largest relative difference between backends", "index.html");
    Refusal.assertFiles(report, "index.html");
    String page = Files.readString(report.resolve("index.html"));
    for (String backend : List.of("jblas", "nd4j", "pure")) {
      assertTrue(page.contains("<tr><th scope=\"row\">" + backend + "</th>"), backend);
    }
    assertEquals(3, page.split("<svg ", -1).length - 1);
    for (int curve = 0; curve < 3; curve++) {
      assertTrue(page.contains("<polyline style=\"fill:none;stroke:var(--curve-" + curve + ")"));
    }
    assertTrue(page.contains("prefers-color-scheme: dark"));
    for (String outside : List.of("<script", "src=", "href=", "url(http", "{rows}", "{loss")) {
      assertFalse(page.contains(outside), outside);
    }
  }

  @Test
  void aReportSavesTheModelOfTheCurrentBackendOnly() {
    Path model = folder.resolve("model");
    CommandRun run =
        CommandRun.of(
                "train",
                "--quiet",
                "--epochs",
                "1",
                "--report",
                folder.resolve("report"),
                "--out",
                model)
            .assertFine();
    run.assertPrinted("training on pure:", "wrote the model");
    assertEquals(2, run.out().split("wrote the model", -1).length);
    assertTrue(run.out().indexOf("wrote the model") > run.out().indexOf("training on pure:"));
  }

  @Test
  void aRunningMeanStartsWithWhatThereIs() {
    assertArrayEquals(
        new double[] {1, 1.5, 2.5}, TrainingReport.runningMean(List.of(1.0, 2.0, 3.0), 2));
  }
}
