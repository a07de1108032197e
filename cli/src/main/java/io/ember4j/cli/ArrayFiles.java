package io.ember4j.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Reads and writes arrays in the format that the file's extension names: .npy or .csv. */
final class ArrayFiles {
  private enum Kind {
    NPY,
    CSV;

    private static Kind of(Path file) {
      String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
      for (Kind kind : values()) {
        if (name.endsWith(kind.extension())) {
          return kind;
        }
      }
      int dot = name.lastIndexOf('.');
      String found =
          dot < 0 ? "no extension" : "extension " + InputException.quote(name.substring(dot));
      throw new InputException(file, found, "name a .npy or a .csv file");
    }

    private String extension() {
      return "." + name().toLowerCase(Locale.ROOT);
    }
  }

  private ArrayFiles() {}

  /**
   * Reads a file.
   *
   * @return float32 or float64 as the .npy holds it; float32 of rank 2 from a .csv
   * @throws InputException if the file is missing, unreadable or not such a file
   */
  static NumericArray read(Path file) {
    Kind kind = Kind.of(file);
    requireSource(file);
    try {
      return kind == Kind.NPY ? NpyFormat.read(file) : CsvFormat.read(file);
    } catch (IOException e) {
      throw new InputException(
          file, "it cannot be read (" + e + ")", "check the path, its permissions and the disk", e);
    } catch (OutOfMemoryError e) {
      long megabytes = Runtime.getRuntime().maxMemory() >> 20;
      throw new InputException(
          file,
          "it does not fit into the Java heap of " + megabytes + " MB",
          "raise -Xmx, or split the file",
          e);
    }
  }

  /**
   * Checks both ends of a conversion before any work is done.
   *
   * @throws InputException if the kinds differ, or the output cannot be put at its path
   */
  static void requireOutput(Path in, Path out) {
    Kind wanted = Kind.of(in);
    if (Kind.of(out) != wanted) {
      throw new InputException(
          out,
          "the input '" + in + "' is a " + wanted.extension(),
          "the output must be the same kind, name it " + wanted.extension());
    }
    WholeFile.requireTarget(out);
  }

  /**
   * Writes an array; the file appears whole or not at all.
   *
   * @throws InputException if the path cannot be written, or the format cannot hold the array
   */
  static void write(Path file, NumericArray array) {
    Kind kind = Kind.of(file);
    WholeFile.write(file, out -> encode(kind, file, out, array));
  }

  private static void encode(Kind kind, Path file, OutputStream out, NumericArray array)
      throws IOException {
    if (kind == Kind.NPY) {
      NpyFormat.write(file, out, array);
    } else {
      CsvFormat.write(file, out, array);
    }
  }

  private static void requireSource(Path file) {
    if (!Files.exists(file)) {
      throw new InputException(file, "no such file", "check the path");
    }
    if (Files.isDirectory(file)) {
      throw new InputException(file, "the input is a folder", "name a .npy or .csv file in it");
    }
    if (!Files.isRegularFile(file)) {
      throw new InputException(
          file, "the input is not a regular file", "copy it into a file first");
    }
    if (!Files.isReadable(file)) {
      throw new InputException(file, "no permission to read it", "change its permissions");
    }
  }
}
