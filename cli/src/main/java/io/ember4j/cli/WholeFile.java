package io.ember4j.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Writes a file that appears whole or not at all: into a temporary file in the same folder, which
 * is then moved over the target in one step. Until then an existing target keeps its content.
 */
final class WholeFile {
  /** Produces the content. */
  interface Content {
    /** Writes everything to {@code out}, without closing it. */
    void writeTo(OutputStream out) throws IOException;
  }

  private WholeFile() {}

  /**
   * Checks, before any work is done, that a file can be put at this path.
   *
   * @throws InputException if the path is a folder, is not writable, or has no folder to be in
   */
  static void requireTarget(Path target) {
    Path folder = target.toAbsolutePath().getParent();
    if (Files.isDirectory(target)) {
      throw new InputException(
          target, "the output path exists as a folder", "name a file, or remove the folder");
    }
    if (!Files.isDirectory(folder)) {
      String problem = Files.exists(folder) ? "' is not a folder" : "' does not exist";
      throw new InputException(
          target, "the output folder '" + folder + problem, "create it with mkdir -p");
    }
    if (Files.exists(target) && !Files.isRegularFile(target)) {
      throw new InputException(
          target, "the output path exists and is not a regular file", "name another file");
    }
    if (!Files.isWritable(Files.exists(target) ? target : folder)) {
      throw new InputException(
          target, "no permission to write the output", "change its permissions or name another");
    }
  }

  /**
   * Writes the content to the target; on any failure the target is as it was before.
   *
   * @throws InputException if the target cannot be written
   */
  static void write(Path target, Content content) {
    requireTarget(target);
    try {
      // Through a symbolic link to the file it names, as a plain write would do.
      Path real = Files.exists(target) ? target.toRealPath() : target.toAbsolutePath();
      long number = ThreadLocalRandom.current().nextLong();
      Path temporary = real.resolveSibling(".ember4j-" + Long.toHexString(number) + ".tmp");
      temporary.toFile().deleteOnExit(); // for Ctrl-C, which skips the finally block
      try {
        fill(temporary, content);
        Files.move(temporary, real, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(temporary);
      }
    } catch (IOException e) {
      throw new InputException(
          target,
          "the output cannot be written (" + e + ")",
          "check the disk's free space and the folder's permissions",
          e);
    }
  }

  private static void fill(Path temporary, Content content) throws IOException {
    // Not createTempFile: that would give the output the permissions of a secret.
    try (FileChannel channel =
            FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        OutputStream out = Channels.newOutputStream(channel)) {
      content.writeTo(out);
      out.flush();
      channel.force(true);
    }
  }
}
