package io.ember4j.nn;

import io.ember4j.ParameterException;
import io.ember4j.UnknownNameException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Saves a layer whole in a folder and loads it again.
 *
 * <pre>{@code
 * Models.save(model, Path.of("digits"));
 * Layer same = Models.load(Path.of("digits"));
 * }</pre>
 *
 * <p>The folder has {@value #CONFIG_FILE}, with the layer's {@link Layer#config()} and notes of
 * one's own, and {@value #WEIGHTS_FILE}, as {@link Weights} writes it. A layer that was saved while
 * one backend computed can be loaded for any other.
 */
public final class Models {
  /** The file of the config and the notes, JSON. */
  public static final String CONFIG_FILE = "config.json";

  /** The file of the parameters' values. */
  public static final String WEIGHTS_FILE = "model.safetensors";

  private static final String MODEL = "model";
  private static final String NOTES = "notes";

  /** The longest config that is read, in bytes. */
  private static final long MAX_CONFIG = 10_000_000;

  /** A container in a container takes two levels. */
  private static final int MAX_DEPTH = 100;

  private Models() {}

  // ---- saving

  /** Saves the layer without notes, as {@link #save(Layer, Map, Path)} does. */
  public static void save(Layer layer, Path folder) {
    save(layer, Map.of(), folder);
  }

  /**
   * Saves the layer in the folder, which is made if it does not exist. Both files appear or
   * neither; those of a model that was there are replaced, and after a failure they are as they
   * were. Other files stay. Where the program is killed between the two files, the folder has no
   * {@value #CONFIG_FILE}, so that it is no model.
   *
   * @param notes what a user of the model has to know, such as how inputs are scaled: strings,
   *     finite numbers, booleans, lists and maps by strings of them
   * @throws WeightsException if the folder or a file cannot be written
   * @throws ParameterException if a setting or a note is none of these, or there is more of them
   *     than {@link #load} reads: 10 MB, 100 levels deep
   * @throws UnsupportedOperationException if a layer has no config
   */
  public static void save(Layer layer, Map<String, ?> notes, Path folder) {
    Objects.requireNonNull(layer, "layer is null; pass the one to save");
    Objects.requireNonNull(notes, "notes is null; pass Map.of() for none");
    Objects.requireNonNull(folder, "folder is null; pass where to save");
    Map<String, Object> content = new LinkedHashMap<>();
    content.put(MODEL, layer.config());
    content.put(NOTES, notes);
    byte[] text = JsonText.of(content, MAX_DEPTH).getBytes(StandardCharsets.UTF_8);
    if (text.length > MAX_CONFIG) {
      throw new ParameterException(
          "config and notes have "
              + text.length
              + " bytes as JSON, of "
              + MAX_CONFIG
              + " at most; keep large data in a file of its own");
    }
    try {
      Files.createDirectories(folder);
      write(layer, text, folder);
    } catch (IOException e) {
      throw new WeightsException(
          "the model cannot be saved in "
              + folder
              + " ("
              + e
              + "); check that it is a folder, the free space and the permissions",
          e);
    }
  }

  private static void write(Layer layer, byte[] text, Path folder) throws IOException {
    String number = Long.toHexString(ThreadLocalRandom.current().nextLong());
    Path config = folder.resolve(".ember4j-" + number + ".json.tmp");
    Path weights = folder.resolve(".ember4j-" + number + ".weights.tmp");
    try {
      try (FileChannel channel =
          FileChannel.open(config, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        Elements.writeFully(channel, ByteBuffer.wrap(text));
        channel.force(true);
      }
      Weights.save(layer, weights);
      // A config makes the folder a model. It goes first and comes last, so that no config ever
      // stands beside the weights of another one.
      FileSwap.move(
          new FileSwap.Replacement(config, folder.resolve(CONFIG_FILE)),
          new FileSwap.Replacement(weights, folder.resolve(WEIGHTS_FILE)));
    } finally {
      Files.deleteIfExists(config);
      Files.deleteIfExists(weights);
    }
  }

  // ---- loading

  /**
   * Returns the layer that was saved in the folder, with the values that its parameters had.
   *
   * @throws WeightsException if a file is missing, damaged, or does not fit the other
   */
  public static Layer load(Path folder) {
    Path file = configFile(folder);
    Map<String, Object> config = entry(read(file), MODEL, file);
    Path weights = folder.resolve(WEIGHTS_FILE);
    Layer layer;
    try {
      Weights.checkDeclared(DeclaredShapes.of(config), weights);
      layer = Layers.fromConfig(config);
    } catch (ParameterException | UnknownNameException e) {
      throw new WeightsException(file + ": " + e.getMessage(), e);
    }
    Weights.load(layer, weights);
    return layer;
  }

  /**
   * Returns the notes that were saved with the model: integers as Long, other numbers as Double.
   *
   * @throws WeightsException if the config is missing or damaged
   */
  public static Map<String, Object> notes(Path folder) {
    Path file = configFile(folder);
    return entry(read(file), NOTES, file);
  }

  private static Path configFile(Path folder) {
    return Objects.requireNonNull(folder, "folder is null; pass where the model is")
        .resolve(CONFIG_FILE);
  }

  private static Object read(Path file) {
    try {
      long size = Files.size(file);
      if (size > MAX_CONFIG) {
        throw damaged(file, "it has " + size + " bytes, of " + MAX_CONFIG + " at most", null);
      }
      return Json.read(Files.readString(file, StandardCharsets.UTF_8), MAX_DEPTH);
    } catch (Json.SyntaxException e) {
      throw damaged(file, e.getMessage(), e);
    } catch (java.nio.charset.CharacterCodingException e) {
      throw damaged(file, "it is no UTF-8", e);
    } catch (IOException e) {
      throw new WeightsException(
          file + " cannot be read (" + e + "); name a folder that Models.save has written", e);
    }
  }

  @SuppressWarnings("unchecked") // the names of a JSON object are strings
  private static Map<String, Object> entry(Object content, String name, Path file) {
    if (content instanceof Map<?, ?> map && map.get(name) instanceof Map<?, ?> entry) {
      return (Map<String, Object>) entry;
    }
    throw damaged(file, "it has no entry \"" + name + "\" that is an object", null);
  }

  private static WeightsException damaged(Path file, String what, Throwable cause) {
    return new WeightsException(
        file + ": " + what + "; the file is damaged or no model's config, save it again", cause);
  }
}
