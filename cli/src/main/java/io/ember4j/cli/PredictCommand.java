package io.ember4j.cli;

import io.ember4j.BackendScope;
import io.ember4j.Backends;
import io.ember4j.Ops;
import io.ember4j.Tensor;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ember4j predict}: the classes of the images of a file, by a trained network. */
@Command(
    name = "predict",
    description = "Tell the digits in images with a network that 'ember4j train' wrote.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footer = {
      "",
      "IN has an image of 8 x 8 counts from 0 to 16 in each row, shape [n, 64]. OUT gets the",
      "probability of each digit, shape [n, 10], in the dtype of the model. It does not matter on",
      "which backend the model was trained.",
      "",
      "Examples:",
      "  ember4j train --out model",
      "  ember4j predict --model model images.npy probabilities.npy",
      "  ember4j predict --model model --classes --backend nd4j images.csv digits.csv"
    })
final class PredictCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "IN", description = "The file to read, .npy or .csv.")
  private Path in;

  @Parameters(index = "1", paramLabel = "OUT", description = "The file to write, of the same kind.")
  private Path out;

  @Option(
      names = "--model",
      paramLabel = "DIR",
      required = true,
      description = "The folder that 'ember4j train --out' wrote.")
  private Path model;

  @Option(
      names = "--backend",
      paramLabel = "B",
      description = "Who computes; default: the current one (see 'ember4j backends').")
  private String backend;

  @Option(
      names = "--classes",
      description = "Write the digit of each row instead of probabilities, shape [n, 1].")
  private boolean classes;

  @Override
  public Integer call() {
    ArrayFiles.requireOutput(in, out);
    try (BackendScope scope = backend == null ? Backends.pin() : Backends.use(backend)) {
      ModelFolder loaded = ModelFolder.read(model);
      NumericArray counts = ArrayFiles.read(in);
      check(counts, loaded.columns());
      ArrayFiles.write(out, predict(loaded, counts));
    }
    return ExitCode.FINE;
  }

  private void check(NumericArray counts, int columns) {
    long[] shape = counts.shape();
    if (shape.length != 2 || shape[1] != columns) {
      throw new InputException(
          in,
          "shape " + NumericArray.describe(shape) + " has not " + columns + " columns",
          "give an image of " + columns + " counts in each row, shape (n, " + columns + ")");
    }
    double[] values = Tensors.doubles(counts);
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(values[i])) {
        throw new InputException(
            in,
            "row " + (i / columns + 1) + ", column " + (i % columns + 1) + " is " + values[i],
            "the counts must be finite numbers");
      }
    }
  }

  private NumericArray predict(ModelFolder loaded, NumericArray counts) {
    try (Tensor raw = Tensors.of(counts);
        Tensor x = Samples.scaled(raw, loaded.dtype(), loaded.divisor());
        Tensor logits = loaded.network().forward(x);
        Tensor probabilities = Ops.softmax(logits, 1)) {
      if (!classes) {
        return Tensors.download(probabilities);
      }
      long[] found = Ops.argmax(logits, 1);
      double[] digits = Arrays.stream(found).asDoubleStream().toArray();
      try (Tensor column = Tensor.of(digits, digits.length, 1);
          Tensor cast = Ops.cast(column, loaded.dtype())) {
        return Tensors.download(cast);
      }
    }
  }
}
