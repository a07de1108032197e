package io.ember4j.cli;

import io.ember4j.DType;
import io.ember4j.nn.Layer;
import io.ember4j.nn.Models;
import io.ember4j.nn.WeightsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A trained network in a folder, with what is needed to feed it.
 *
 * @param network the layers, from scaled counts to a score for each class
 * @param columns how many counts a row has
 * @param divisor what the counts are divided by
 */
record ModelFolder(Layer network, int columns, double divisor) {
  private static final String COLUMNS = "input_columns";
  private static final String DIVISOR = "input_divided_by";
  private static final List<String> FILES = List.of(Models.CONFIG_FILE, Models.WEIGHTS_FILE);

  /**
   * Checks, before any work is done, that a model can be written to the folder.
   *
   * @throws InputException if it is no folder, is not writable, or has other files
   */
  static void requireTarget(Path folder) {
    if (Files.isDirectory(folder)) {
      requireNothingElse(folder);
    } else {
      WholeFile.requireTarget(folder); // a file in its place, or no folder to be in
      if (Files.exists(folder)) {
        throw new InputException(folder, "it is a file", "name a folder to put the model in");
      }
    }
  }

  private static void requireNothingElse(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      for (Path entry : entries.sorted().toList()) {
        String name = entry.getFileName().toString();
        if (!FILES.contains(name)) {
          throw new InputException(
              folder,
              "the folder has other files than a model, such as " + InputException.quote(name),
              "name a new folder, an empty one, or one with a model to replace");
        }
      }
    } catch (IOException e) {
      throw new InputException(
          folder, "the folder cannot be read (" + e + ")", "check its permissions", e);
    }
    if (!Files.isWritable(folder)) {
      throw new InputException(
          folder, "no permission to write to the folder", "change its permissions or name another");
    }
  }

  /**
   * Writes a network and how the plan scales its inputs.
   *
   * @throws WeightsException if it cannot be written
   */
  static void write(Path folder, Layer network, TrainingPlan plan) {
    Map<String, Object> notes = new LinkedHashMap<>();
    notes.put("activation", plan.activation());
    notes.put("seed", plan.seed());
    notes.put("epochs", plan.epochs());
    notes.put(COLUMNS, Samples.COLUMNS);
    notes.put(DIVISOR, Samples.LARGEST_COUNT);
    Models.save(network, notes, folder);
  }

  /**
   * Reads a model.
   *
   * @throws InputException if there is none
   * @throws WeightsException if it is damaged
   */
  static ModelFolder read(Path folder) {
    String remedy = "write a model with 'ember4j train --out DIR'";
    if (!Files.isDirectory(folder)) {
      String what = Files.exists(folder) ? "it is not a folder" : "no such folder";
      throw new InputException(folder, what, remedy);
    }
    for (String name : FILES) {
      if (!Files.isRegularFile(folder.resolve(name))) {
        throw new InputException(folder, "there is no " + name + " in the folder", remedy);
      }
    }
    Map<String, Object> notes = Models.notes(folder);
    double columns = positive(folder, notes, COLUMNS);
    if (columns != (int) columns) {
      throw damaged(folder, COLUMNS, columns);
    }
    double divisor = positive(folder, notes, DIVISOR);
    return new ModelFolder(Models.load(folder), (int) columns, divisor);
  }

  /** The dtype in which the network computes. */
  DType dtype() {
    return network.parameters().values().stream()
        .map(parameter -> parameter.value().dtype())
        .reduce(DType.FLOAT32, DType::promote);
  }

  private static double positive(Path folder, Map<String, Object> notes, String name) {
    if (notes.get(name) instanceof Number number && number.doubleValue() > 0) {
      return number.doubleValue();
    }
    throw damaged(folder, name, notes.get(name));
  }

  private static InputException damaged(Path folder, String name, Object value) {
    return new InputException(
        folder.resolve(Models.CONFIG_FILE),
        "the note \"" + name + "\" is " + value + ", not a positive number of the right kind",
        "write the model again with 'ember4j train --out DIR'");
  }
}
