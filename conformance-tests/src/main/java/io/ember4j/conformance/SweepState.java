package io.ember4j.conformance;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder that keeps what a sweep has done, a file for each function, subject and stride, so that
 * it goes on where it was stopped. One process at a time may hold it.
 */
public final class SweepState implements AutoCloseable {
  private static final String SUFFIX = ".sweep";
  private static final String LOCK = "lock";

  private final Path folder;
  private final FileChannel channel;

  private SweepState(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  /**
   * Opens the folder, which is made if it is missing.
   *
   * @throws SweepException if it cannot be used, holds other files, or another process has it
   */
  public static SweepState open(Path folder) {
    try {
      Files.createDirectories(folder);
      files(folder);
      FileChannel channel =
          FileChannel.open(
              folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = tryLock(channel);
      if (lock == null) {
        channel.close();
        throw new SweepException(
            folder + ": another sweep is using this folder; wait for it, or name another folder");
      }
      return new SweepState(folder, channel);
    } catch (IOException e) {
      throw new SweepException(
          folder + ": cannot be used (" + e + "); name a folder that you may write", e);
    }
  }

  private static FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // held by this process
    }
  }

  /** Returns the state files of a folder; anything else in it is foreign. */
  static List<Path> files(Path folder) {
    try (Stream<Path> all = Files.list(folder)) {
      List<Path> files =
          all.filter(file -> !isOwn(file.getFileName().toString())).sorted().toList();
      for (Path file : files) {
        if (!file.toString().endsWith(SUFFIX)) {
          throw new SweepException(
              file + ": is no state of a sweep; name a new or empty folder for the state");
        }
      }
      return files;
    } catch (IOException e) {
      throw new SweepException(folder + ": cannot be read (" + e + "); name a folder", e);
    }
  }

  private static boolean isOwn(String name) {
    return name.equals(LOCK) || name.endsWith(SUFFIX + ".tmp");
  }

  /** Returns everything in it, of all subjects and strides. */
  public List<SweepProgress> all() {
    return SweepFile.readAll(folder);
  }

  /**
   * Returns what has been done of this sweep, nothing at first.
   *
   * @throws SweepException if other code than now computed it, or the file is corrupt
   */
  SweepProgress load(SweepProgress fresh) {
    Path file = file(fresh);
    if (!Files.exists(file)) {
      return fresh;
    }
    SweepProgress old = SweepFile.read(file);
    boolean same =
        old.subject().equals(fresh.subject())
            && old.function() == fresh.function()
            && old.inputs().equals(fresh.inputs());
    if (!same) {
      throw new SweepException(file + ": is the state of another sweep; remove the file");
    }
    if (old.probe() != fresh.probe()) {
      throw new SweepException(
          file
              + ": "
              + fresh.subject()
              + " no longer computes what this was measured of; remove the file to begin anew");
    }
    return old;
  }

  void save(SweepProgress progress) {
    SweepFile.write(file(progress), progress);
  }

  private Path file(SweepProgress progress) {
    SweepFunction f = progress.function();
    String direction = f.isGradient() ? "gradient" : "value";
    return folder.resolve(
        String.join(".", progress.subject(), f.name(), direction, "" + progress.inputs().stride())
            + SUFFIX);
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new SweepException(folder + ": cannot be closed (" + e + ")", e);
    }
  }
}
