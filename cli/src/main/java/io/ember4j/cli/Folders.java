package io.ember4j.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Folders that commands write reports to. */
final class Folders {
  private Folders() {}

  /**
   * Makes the folder, and those it is in, unless it exists.
   *
   * @throws InputException if that is not possible
   */
  static void make(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new InputException(
          folder,
          "the report folder cannot be made (" + e + ")",
          "name a folder that you may write",
          e);
    }
  }
}
