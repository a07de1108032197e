package io.ember4j.nn;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Puts files in the place of others: all of them, or after a failure the old ones are back.
 *
 * <p>Only a program that is killed in between leaves something else: old files under the name of
 * their successor with {@value #OLD} after it.
 */
final class FileSwap {
  private static final String OLD = ".old";

  private final Deque<Move> done = new ArrayDeque<>();

  private record Move(Path from, Path to) {}

  private FileSwap() {}

  /** A file that is to take the place of another one, in the same folder. */
  record Replacement(Path temporary, Path target) {}

  /**
   * Moves the files. The old ones are out of the way, in order, before the first new one appears,
   * and the new ones come in reverse order: the first of them makes what appears valid.
   */
  static void move(Replacement... replacements) throws IOException {
    for (Replacement replacement : replacements) {
      if (Files.isDirectory(replacement.target())) {
        throw new IOException(replacement.target() + " is a folder");
      }
    }
    FileSwap swap = new FileSwap();
    try {
      for (Replacement replacement : replacements) {
        if (Files.exists(replacement.target())) {
          swap.move(replacement.target(), old(replacement));
        }
      }
      for (int i = replacements.length - 1; i >= 0; i--) {
        swap.move(replacements[i].temporary(), replacements[i].target());
      }
    } catch (IOException | RuntimeException | Error e) {
      swap.undo(e);
      throw e;
    }
    for (Replacement replacement : replacements) {
      try {
        Files.deleteIfExists(old(replacement));
      } catch (IOException e) {
        // The new files are in place; one too many is no failure.
      }
    }
  }

  private static Path old(Replacement replacement) {
    Path temporary = replacement.temporary();
    return temporary.resolveSibling(temporary.getFileName() + OLD);
  }

  private void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    done.push(new Move(from, to));
  }

  private void undo(Throwable reason) {
    for (Move move : done) {
      try {
        Files.move(move.to(), move.from(), StandardCopyOption.ATOMIC_MOVE);
      } catch (IOException | RuntimeException e) {
        reason.addSuppressed(e);
      }
    }
  }
}
